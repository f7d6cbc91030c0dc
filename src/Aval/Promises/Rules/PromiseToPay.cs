using Aval.Kernel;

namespace Aval.Promises.Rules;

/// <summary>How a payment was told beforehand: promised to a collector who asked, or announced by the payer itself. Both are kept or broken alike.</summary>
public enum PromiseKind { Promise, Announcement }

/// <summary>What became of a promise. Partially kept is one of which some money, and not all, came by its date; broken one of which none did.</summary>
public enum PromiseStatus { Open, Kept, PartiallyKept, Broken }

/// <summary>What of one invoice is promised. Minor units of the invoice's currency.</summary>
/// <param name="Paid">What has come of it in time: cleared money that was ours by the promise's date.</param>
/// <param name="Dropped">What nobody owes any more, since a credit note, a write-off or earlier money took it before the date.</param>
public sealed record PromisedInvoice(string Invoice, long Amount, long Paid = 0, long Dropped = 0)
{
    public long Rest => Amount - Paid - Dropped;
}

/// <summary>A payer's word to pay an amount of some invoices by a day.</summary>
/// <param name="Invoices">Its parts, the invoice due first before others.</param>
/// <param name="Made">The day on which it was given.</param>
/// <param name="Date">The last good day.</param>
/// <param name="Ended">The business date on which its outcome was known; null while it is open.</param>
/// <param name="Contact">Who gave it.</param>
public sealed record PromiseToPay(
    string Number,
    string Customer,
    string Payer,
    PromiseKind Kind,
    Currency Currency,
    IReadOnlyList<PromisedInvoice> Invoices,
    DateOnly Made,
    DateOnly Date,
    PromiseStatus Status,
    DateOnly? Ended,
    string? Contact,
    string? Note)
{
    public long Amount => Invoices.Sum(part => part.Amount);
    public long Paid => Invoices.Sum(part => part.Paid);
    public long Rest => Invoices.Sum(part => part.Rest);

    public PromisedInvoice? Part(string invoice) => Invoices.FirstOrDefault(part => part.Invoice == invoice);

    public PromiseToPay With(PromisedInvoice changed) => this with { Invoices = [.. Invoices.Select(part => part.Invoice == changed.Invoice ? changed : part)] };
}

/// <summary>What has happened to an invoice.</summary>
public enum InvoiceAct
{
    /// <summary>Cleared money has paid a part.</summary>
    Paid,
    /// <summary>A payment went back.</summary>
    TakenBack,
    /// <summary>Less is open of it, for whatever reason; said last, when what has paid it is known.</summary>
    Lowered,
}

/// <param name="Amount">Minor units of the invoice's currency, above zero; not looked at where it is lowered.</param>
/// <param name="Date">The day from which the money was ours.</param>
public readonly record struct InvoiceChange(string Invoice, InvoiceAct Act, long Amount, DateOnly Date);

/// <summary>How promises to pay are kept and broken.</summary>
/// <remarks>There are no days of tolerance: money counts by the day on which it was ours, so that what a bank statement tells late keeps a promise all the same,
/// and a promise whose date the payer may pass by some days can be dated so. An uncleared receipt keeps nothing until it clears.</remarks>
public static class Keeping
{
    /// <summary>The promises on an invoice as they stand after a change of it.</summary>
    /// <param name="promises">All that name the invoice.</param>
    /// <param name="open">Minor units open of the invoice after the change; zero when it is closed.</param>
    public static IReadOnlyList<PromiseToPay> Follow(IEnumerable<PromiseToPay> promises, InvoiceChange change, long open, DateOnly today)
    {
        var inOrder = promises.OrderBy(promise => promise.Date).ThenBy(promise => promise.Number, StringComparer.Ordinal);
        var followed = change.Act switch
        {
            InvoiceAct.Paid => Paid(inOrder, change),
            InvoiceAct.TakenBack => TakenBack(inOrder.Reverse(), change),
            InvoiceAct.Lowered => inOrder.Select(promise => Dropped(promise, change.Invoice, open)),
        };
        return [.. followed.Select(promise => Judged(promise, today))];
    }

    /// <summary>The promise with the status that its parts give it on a day: open until its date has passed or nothing of it is left.</summary>
    public static PromiseToPay Judged(PromiseToPay promise, DateOnly today)
    {
        var status = promise.Rest == 0 ? PromiseStatus.Kept
            : today <= promise.Date ? PromiseStatus.Open
            : promise.Paid > 0 ? PromiseStatus.PartiallyKept
            : PromiseStatus.Broken;
        return promise with { Status = status, Ended = status == PromiseStatus.Open ? null : status == promise.Status ? promise.Ended : today };
    }

    /// <summary>An amount over invoices, the first before others; null where it exceeds them.</summary>
    /// <param name="free">Invoices, the one due first before others, with what may be promised of them.</param>
    public static IReadOnlyList<PromisedInvoice>? Distributed(IEnumerable<(string Invoice, long Free)> free, long amount)
    {
        var parts = new List<PromisedInvoice>();
        foreach (var (invoice, most) in free)
        {
            var part = Math.Min(amount, Math.Max(0, most));
            if (part > 0) parts.Add(new PromisedInvoice(invoice, part));
            amount -= part;
        }

        return amount > 0 ? null : parts;
    }

    /// <summary>Money keeps the promise that ends first, as far as it was ours in time; what was there before the promise keeps nothing.</summary>
    static IEnumerable<PromiseToPay> Paid(IEnumerable<PromiseToPay> promises, InvoiceChange change)
    {
        var left = change.Amount;
        foreach (var promise in promises)
        {
            var part = promise.Part(change.Invoice)!;
            var paid = change.Date < promise.Made || change.Date > promise.Date ? 0 : Math.Min(left, part.Rest);
            left -= paid;
            yield return paid == 0 ? promise : promise.With(part with { Paid = part.Paid + paid });
        }
    }

    static IEnumerable<PromiseToPay> TakenBack(IEnumerable<PromiseToPay> promises, InvoiceChange change)
    {
        var left = change.Amount;
        foreach (var promise in promises)
        {
            var part = promise.Part(change.Invoice)!;
            var back = Math.Min(left, part.Paid);
            left -= back;
            yield return back == 0 ? promise : promise.With(part with { Paid = part.Paid - back });
        }
    }

    /// <summary>While the promise is open, what is no longer owed is no longer promised.</summary>
    static PromiseToPay Dropped(PromiseToPay promise, string invoice, long open)
    {
        var part = promise.Part(invoice)!;
        return promise.Status != PromiseStatus.Open || part.Rest <= open ? promise : promise.With(part with { Dropped = part.Amount - part.Paid - open });
    }
}

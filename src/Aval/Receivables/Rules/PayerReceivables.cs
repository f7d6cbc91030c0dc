using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Receivables.Rules;

/// <summary>What one payer owes and what we hold of it, in minor units of its credit currency. Immutable.</summary>
public sealed record PayerReceivables
{
    public static readonly PayerReceivables None = new();

    /// <summary>Open invoices less what uncleared receipts have taken of them.</summary>
    public long Receivables { get; init; }

    /// <summary>The part of uncleared receipts that is allocated: still owed.</summary>
    public long AtRisk { get; init; }

    /// <summary>Issued credit notes that no invoice has taken.</summary>
    public long OpenCreditNotes { get; init; }

    /// <summary>Cleared receipts, not matched, not earmarked.</summary>
    public long Unapplied { get; init; }

    public long OnAccount { get; init; }

    /// <summary>What of the open invoices is in dispute, by whose fault.</summary>
    public DisputedSums Disputed { get; init; }

    /// <summary>What of the open invoices we have promised to credit.</summary>
    public long PromisedCreditNotes { get; init; }

    /// <summary>Open documents for which no rate is known.</summary>
    public int Unconverted { get; init; }

    /// <summary>How it has paid; null while it has not.</summary>
    public PaymentBehaviour? Behaviour { get; init; }

    /// <summary>Value-weighted average of the whole calendar days beyond terms; below zero for who pays early, 0 while nothing was paid.</summary>
    public int DaysLate => Behaviour?.DaysLate ?? 0;

    /// <summary>Cleared money earmarked to an order, not yet allocated, by order and receipt.</summary>
    public ImmutableSortedSet<OpenDeposit> Deposits { get; init; } = [];

    /// <summary>Open invoices, earliest due first; of one day by number.</summary>
    public OpenItems OpenItems { get; init; } = OpenItems.Empty;

    /// <summary>Open invoices that the customer has sent back, the first rejected first.</summary>
    public ImmutableSortedSet<RejectedInvoice> Rejected { get; init; } = [];

    /// <summary>Open invoices that are followed and not sent yet, by the day of their issue.</summary>
    public ImmutableSortedSet<Dated> NotSent { get; init; } = [];

    /// <summary>Open invoices that billed more than their order had, by date.</summary>
    public ImmutableSortedSet<Dated> OverInvoiced { get; init; } = [];

    /// <summary>The open items at least <paramref name="minDays"/> past due on a day, less the parts left out. Costs the same however many there are.</summary>
    /// <param name="run">Where given, days are counted from the payment run with which an item could have been paid.</param>
    public Overdue OverdueOn(
        DateOnly today, int minDays, DisputedParts disputed = DisputedParts.Count, PromisedParts promised = PromisedParts.Count, PaymentRun? run = null)
    {
        var amount = OpenItems.DueBy(Latest(today, minDays, run)).Left(disputed, promised);
        return amount == 0 ? default : new Overdue(amount, Overdue.Days(today, OpenItems.First(disputed, promised)!.Value.DueDate, run));
    }

    /// <summary>The last due date of which an item is so many days late.</summary>
    static DateOnly Latest(DateOnly today, int minDays, PaymentRun? run) => today.AddDays(-Math.Max(1, minDays)) is var day && run is { } on ? on.LastBy(day) : day;

    /// <summary>These with many invoices added, none of which is known.</summary>
    public PayerReceivables With(IEnumerable<Invoice> invoices)
    {
        var (all, items) = (this, new List<OpenItem>());
        foreach (var invoice in invoices)
        {
            all = all.Beside(invoice, +1, out var item);
            if (item is { } open) items.Add(open);
        }

        return items.Count == 0 ? all : all with { OpenItems = OpenItems.Add(items) };
    }

    /// <summary>These with the invoice added (<paramref name="sign"/> 1) or taken out (−1).</summary>
    public PayerReceivables Counted(Invoice invoice, int sign)
    {
        var counted = Beside(invoice, sign, out var item);
        return item is not { } open ? counted : counted with { OpenItems = sign > 0 ? OpenItems.Add(open) : OpenItems.Remove(open) };
    }

    /// <summary>The same but for the open items, with the one that is to be put among them or taken out.</summary>
    PayerReceivables Beside(Invoice invoice, int sign, out OpenItem? listed)
    {
        listed = null;
        if (!invoice.IsOpen) return this;
        if (CreditValue.Of(invoice) is not { } value) return this with { Unconverted = Unconverted + sign };
        var secured = invoice.Settled + invoice.AtRisk;
        var open = value.Between(invoice.Settled, invoice.Amount);
        var (disputed, promised, toBeCredited) = InvoiceParts.Counted(invoice, value);
        var parts = new OpenParts(open, disputed.CompanyFault, disputed.Total - disputed.CompanyFault, promised);
        listed = new OpenItem(invoice.Number, invoice.DueDate, parts) { Date = invoice.Date };
        return Followed(invoice, open, sign) with
        {
            Disputed = sign > 0 ? Disputed + disputed : Disputed - disputed,
            PromisedCreditNotes = PromisedCreditNotes + (sign * toBeCredited),
            Receivables = Receivables + (sign * value.Between(secured, invoice.Amount)),
            AtRisk = AtRisk + (sign * value.Between(invoice.Settled, secured)),
        };
    }

    /// <summary>These with what is to be said of the invoice's way and marks; most invoices have nothing of the kind.</summary>
    PayerReceivables Followed(Invoice invoice, long open, int sign)
    {
        var followed = this;
        if (invoice.Life is { Stage: InvoiceStage.Rejected } rejection)
            followed = followed with { Rejected = Set(Rejected, new(rejection.Date, invoice.Number, rejection.Fault ?? RejectionFault.Customer, open), sign) };
        if (invoice.Life is { Stage: InvoiceStage.Issued } issue) followed = followed with { NotSent = Set(NotSent, new(issue.Date, invoice.Number), sign) };
        if (invoice.Marks.Contains(Billing.OverInvoiced)) followed = followed with { OverInvoiced = Set(OverInvoiced, new(invoice.Date, invoice.Number), sign) };
        return followed;
    }

    static ImmutableSortedSet<T> Set<T>(ImmutableSortedSet<T> set, T item, int sign) => sign > 0 ? set.Add(item) : set.Remove(item);

    /// <inheritdoc cref="Counted(Invoice, int)"/>
    public PayerReceivables Counted(CreditNote note, int sign)
    {
        if (note.Open <= 0) return this;
        return CreditValue.Of(note.Currency, note.Rate, note.CreditCurrency) is { } value
            ? this with { OpenCreditNotes = OpenCreditNotes + (sign * value.Between(note.Applied + note.Refunded, note.Amount)) }
            : this with { Unconverted = Unconverted + sign };
    }

    /// <inheritdoc cref="Counted(Invoice, int)"/>
    /// <remarks>An uncleared receipt counts nowhere: it is neither unapplied cash nor a deposit.</remarks>
    public PayerReceivables Counted(Receipt receipt, int sign)
    {
        if (receipt.Status != ReceiptStatus.Cleared || receipt.Open <= 0) return this;
        if (CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency) is not { } value) return this with { Unconverted = Unconverted + sign };
        var open = value.Between(receipt.Allocated + receipt.Withdrawn, receipt.Amount);
        if (receipt.OnAccount) return this with { OnAccount = OnAccount + (sign * open) };
        if (receipt.DepositFor is null) return this with { Unapplied = Unapplied + (sign * open) };
        var deposit = new OpenDeposit(receipt.Number, receipt.DepositFor, open);
        return this with { Deposits = sign > 0 ? Deposits.Add(deposit) : Deposits.Remove(deposit) };
    }
}

/// <summary>An invoice with something open. In order of due date, of one day by number.</summary>
/// <param name="Parts">Minor units of the payer's credit currency, uncleared receipts not deducted.</param>
public readonly record struct OpenItem(string Invoice, DateOnly DueDate, OpenParts Parts) : IComparable<OpenItem>
{
    /// <summary>The invoice's own date, on which it counts as shipped.</summary>
    public DateOnly Date { get; init; }

    public OpenItem(string invoice, DateOnly dueDate, long open) : this(invoice, dueDate, new OpenParts(open, 0, 0, 0)) { }

    public long Open => Parts.Open;

    public int CompareTo(OpenItem other)
    {
        var byDate = DueDate.CompareTo(other.DueDate);
        return byDate != 0 ? byDate : string.CompareOrdinal(Invoice, other.Invoice);
    }

    public static bool operator <(OpenItem left, OpenItem right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenItem left, OpenItem right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenItem left, OpenItem right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenItem left, OpenItem right) => left.CompareTo(right) >= 0;
}

/// <summary>Cleared money that serves one order. In order of the orders' numbers, of one order by receipt.</summary>
public readonly record struct OpenDeposit(string Receipt, string Order, long Open) : IComparable<OpenDeposit>
{
    public int CompareTo(OpenDeposit other)
    {
        var byOrder = string.CompareOrdinal(Order, other.Order);
        return byOrder != 0 ? byOrder : string.CompareOrdinal(Receipt, other.Receipt);
    }

    public static bool operator <(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) >= 0;
}

/// <summary>An overdue sum.</summary>
/// <param name="OldestDays">Calendar days past due of the oldest item with a part in it; 0 when there is none.</param>
public readonly record struct Overdue(long Amount, int OldestDays)
{
    /// <summary>Calendar days that an item is late: past its due date, or past the payment run with which it could have been paid; below 1 when it is not.</summary>
    public static int Days(DateOnly today, DateOnly due, PaymentRun? run) => today.DayNumber - (run?.FirstFrom(due) ?? due).DayNumber;
}

using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>What can have happened with a customer; of one day what stands later here is told as later.</summary>
public enum HappenedKind { Limit, Order, Hold, Decision, Invoice, CreditNote, Promise, Dispute, Receipt }

/// <param name="Number">Of its document.</param>
/// <param name="To">Its page; null where it has none.</param>
/// <param name="State">What has become of it by now.</param>
/// <param name="Tag">The colour of the state.</param>
/// <param name="More">What somebody said about it.</param>
public sealed record Happened(HappenedKind Kind, DateOnly Day, string Number, string What, string? To, Money? Amount, string? State, string? Tag = null, string? More = null);

/// <summary>Puts together what has happened with a customer, the last first: of each kind of document its newest are read, never all.</summary>
static class CustomerHistory
{
    /// <param name="customer">Of one that another pays for, only what names it itself: payments and limits are the payer's.</param>
    /// <param name="kind">Only what is of this kind; null for all.</param>
    /// <param name="earliest">The first first, in place of the last.</param>
    /// <returns>At most <paramref name="most"/>, from the first on.</returns>
    public static async Task<IReadOnlyList<Happened>> LatestAsync(
        Store store, Facts root, Customer customer, HappenedKind? kind, DateOnly today, int most, CancellationToken cancel, bool earliest = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (payer, own) = (customer.PayerNumber, customer.Payer is null ? null : customer.Number);
        var happened = new List<Happened>();
        foreach (var one in kind is { } asked ? [asked] : Enum.GetValues<HappenedKind>())
            happened.AddRange(one switch
            {
                HappenedKind.Limit => own is null ? root.Get<LimitsFacts>().Of(payer).Select(Of) : [],
                HappenedKind.Order => (await reader.LatestAsync(OrdersFacts.Table, "order_date", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Hold => (await reader.LatestAsync(ChecksFacts.BlockTable, "opened_on", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Decision => (await reader.LatestAsync(DecisionsFacts.Table, "decided_on", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Invoice => (await reader.LatestAsync(ReceivablesTables.Invoice, "date", payer, own, most, cancel, earliest)).Select(invoice => Of(invoice, today)),
                HappenedKind.CreditNote => (await reader.LatestAsync(ReceivablesTables.CreditNote, "date", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Promise => (await reader.LatestAsync(PromisesFacts.Table, "made", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Dispute => (await reader.LatestAsync(DisputesFacts.Table, "raised", payer, own, most, cancel, earliest)).Select(Of),
                HappenedKind.Receipt => own is null ? (await reader.LatestAsync(ReceivablesTables.Receipt, "date", payer, null, most, cancel, earliest)).Select(Of) : [],
            });
        var ordered = happened.OrderByDescending(one => one.Day).ThenByDescending(one => one.Kind).ThenByDescending(one => one.Number, StringComparer.Ordinal);
        return [.. (earliest ? ordered.Reverse() : ordered).Take(most)];
    }

    /// <summary>How much has happened in all.</summary>
    public static async Task<int> CountAsync(Store store, Facts root, Customer customer, HappenedKind? kind, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (payer, own, count) = (customer.PayerNumber, customer.Payer is null ? null : customer.Number, 0);
        foreach (var one in kind is { } asked ? [asked] : Enum.GetValues<HappenedKind>())
            count += one switch
            {
                HappenedKind.Limit => own is null ? root.Get<LimitsFacts>().Of(payer).Length : 0,
                HappenedKind.Order => await reader.CountAsync(OrdersFacts.Table, payer, own, cancel),
                HappenedKind.Hold => await reader.CountAsync(ChecksFacts.BlockTable, payer, own, cancel),
                HappenedKind.Decision => await reader.CountAsync(DecisionsFacts.Table, payer, own, cancel),
                HappenedKind.Invoice => await reader.CountAsync(ReceivablesTables.Invoice, payer, own, cancel),
                HappenedKind.CreditNote => await reader.CountAsync(ReceivablesTables.CreditNote, payer, own, cancel),
                HappenedKind.Promise => await reader.CountAsync(PromisesFacts.Table, payer, own, cancel),
                HappenedKind.Dispute => await reader.CountAsync(DisputesFacts.Table, payer, own, cancel),
                HappenedKind.Receipt => own is null ? await reader.CountAsync(ReceivablesTables.Receipt, payer, null, cancel) : 0,
            };
        return count;
    }

    public static string NameOf(HappenedKind kind) => kind switch
    {
        HappenedKind.Limit => T("Limits"),
        HappenedKind.Order => T("Orders"),
        HappenedKind.Hold => T("Holds"),
        HappenedKind.Decision => T("Decisions"),
        HappenedKind.Invoice => T("Invoices"),
        HappenedKind.CreditNote => T("Credit notes"),
        HappenedKind.Promise => T("Promises"),
        HappenedKind.Dispute => T("Disputes"),
        HappenedKind.Receipt => T("Money received"),
    };

    static Happened Of(Limit limit) => new(
        HappenedKind.Limit, limit.ValidFrom, limit.Id, limit.Level == LimitLevel.Group ? T("Limit of the group") : T("Limit"), null,
        limit.Amount is { } amount ? new Money(amount, limit.Currency) : null, limit.Status switch
        {
            LimitStatus.Approved => limit.ValidTo is { } end ? T("until {0}", end) : T(Say.Word(Words.Of(limit.Kind))),
            LimitStatus.PendingApproval => T("Waits for approval"),
            LimitStatus.Refused => T("Refused"),
        }, limit.Status == LimitStatus.Approved ? null : "wait", limit.Reason);

    static Happened Of(Order order) => new(
        HappenedKind.Order, order.OrderDate, order.Number, T("Order {0}", order.Number), Links.Order(order.Number),
        new Money(OrderValue.Of(order).Total, order.Currency), OrderWords.Of(order.Status), order.Status switch
        {
            OrderStatus.Held => "risk",
            OrderStatus.Released => "good",
            OrderStatus.Received => "wait",
            OrderStatus.Delivered or OrderStatus.Closed or OrderStatus.Cancelled => null,
        });

    static Happened Of(Block block) => new(
        HappenedKind.Hold, block.OpenedOn, block.Id, T("Order {0} held", block.Order), Links.Block(block.Id), new Money(block.Amount, block.Currency),
        block.Status switch { BlockStatus.Open => T("open"), BlockStatus.Closed => T("closed") }, block.Status == BlockStatus.Open ? "risk" : null,
        Say.List(block.Findings.Select(finding => CheckWords.OfCode(finding.Code)).Distinct()));

    static Happened Of(Decision decision) => new(
        HappenedKind.Decision, decision.On, decision.Id, T("{0} decided about order {1}: {2}", decision.By, decision.Order, T(Say.Word(Words.Of(decision.Kind)))),
        Links.Block(decision.Block), null, T(Say.Word(Words.Of(decision.Status))), decision.Status == DecisionStatus.Broken ? "risk" : null, decision.Reason);

    static Happened Of(Invoice invoice, DateOnly today) => new(
        HappenedKind.Invoice, invoice.Date, invoice.Number, T("Invoice {0}", invoice.Number), Links.Invoice(invoice.Number), new Money(invoice.Amount, invoice.Currency),
        InvoiceWords.Of(InvoiceWords.StateOf(invoice, today)), InvoiceWords.KindOf(InvoiceWords.StateOf(invoice, today)), T("due on {0}", invoice.DueDate));

    static Happened Of(CreditNote note) => new(
        HappenedKind.CreditNote, note.Date, note.Number, T("Credit note {0}", note.Number), null, new Money(note.Amount, note.Currency),
        note.Open > 0 ? T("open") : T("used up"), note.Open > 0 ? "wait" : null, note.Invoice is { } invoice ? T("of invoice {0}", invoice) : null);

    static Happened Of(PromiseToPay promise) => new(
        HappenedKind.Promise, promise.Made, promise.Number, T("Promise to pay by {0}", promise.Date), null, new Money(promise.Amount, promise.Currency),
        T(Say.Word(Words.Of(promise.Status))), promise.Status switch
        {
            PromiseStatus.Open => "wait",
            PromiseStatus.Kept => "good",
            PromiseStatus.PartiallyKept or PromiseStatus.Broken => "risk",
        }, Say.List(promise.Invoices.Take(3).Select(part => part.Invoice)));

    static Happened Of(Dispute dispute) => new(
        HappenedKind.Dispute, dispute.Raised, dispute.Number, T("Dispute of {0}: {1}", dispute.Invoice, T(Say.Word(Words.Of(dispute.Reason)))), Links.Dispute(dispute.Number),
        new Money(dispute.Amount, dispute.Currency), dispute.Ended is { } ended ? T("ended on {0}", ended) : T(Say.Word(Words.Of(dispute.Legitimacy))),
        dispute.Stands ? "wait" : null, dispute.Note);

    static Happened Of(Receipt receipt) => new(
        HappenedKind.Receipt, receipt.Date, receipt.Number, T("Receipt {0}", receipt.Number), Links.Receipt(receipt.Number), new Money(receipt.Amount, receipt.Currency),
        receipt.Status switch
        {
            ReceiptStatus.Uncleared => T("not cleared yet"),
            ReceiptStatus.Cleared => receipt.Open > 0 ? T("not all applied") : T("applied"),
            ReceiptStatus.Returned => T("returned"),
        }, receipt.Status switch
        {
            ReceiptStatus.Uncleared => "wait",
            ReceiptStatus.Cleared => receipt.Open > 0 ? "wait" : "good",
            ReceiptStatus.Returned => "risk",
        }, receipt.Reference);
}

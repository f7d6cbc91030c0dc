using Aval.Cover;
using Aval.Cover.Rules;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Decisions;

/// <summary>What conditions ask of the facts of a root: whether they hold, and from where they count.</summary>
public static class ConditionFacts
{
    /// <summary>The condition as it is asked from this moment on.</summary>
    /// <param name="level">Whose limits count.</param>
    /// <param name="limit">Which of them.</param>
    public static Condition From(Condition condition, string payer, string level, LimitLevel limit, Facts root, DateOnly today) => condition with
    {
        InForce = condition.Kind == ConditionKind.LimitApproved ? LimitOn(root, level, limit, today) : null,
        Baseline = condition.Kind switch
        {
            ConditionKind.GuaranteeRegistered => Guaranteed(root, payer, today, condition.Guarantee),
            ConditionKind.LimitApproved => ApprovedLimits(root, level),
            ConditionKind.InvoicePaid or ConditionKind.DepositReceived or ConditionKind.PurchaseOrderReceived or ConditionKind.DisputesQualified or ConditionKind.AmountCap
                or ConditionKind.ValidUntil => null,
        },
        Received = condition is { Kind: ConditionKind.DepositReceived } or { Kind: ConditionKind.InvoicePaid, Invoice: null } ? 0 : null,
    };

    /// <summary>Whether it holds for this order now. Once the order has another payer nothing that the payer owed can be told.</summary>
    /// <param name="settled">The invoice that this very change has settled: it leaves the facts, as one does that goes to another root and is not paid.</param>
    public static bool Holds(Condition condition, Decision decision, Order order, Facts root, DateOnly today, string? settled = null) => condition.Kind switch
    {
        ConditionKind.InvoicePaid => order.Payer == decision.Payer && !condition.WrittenOff && (condition.Invoice is { } invoice
            ? root.Find<Invoice>(invoice) is { } known ? !known.IsOpen : condition.MetOn is not null || invoice == settled
            : condition.Received is { } paid ? paid >= condition.Amount : Owed(root, decision.Payer) <= condition.Baseline - condition.Amount),
        ConditionKind.DepositReceived => order.Payer == decision.Payer && (condition.Received ?? DepositsOf(root, decision.Payer, order.Number)) >= condition.Amount,
        ConditionKind.PurchaseOrderReceived => !string.IsNullOrWhiteSpace(order.PurchaseOrder),
        ConditionKind.GuaranteeRegistered => order.Payer == decision.Payer && Guaranteed(root, decision.Payer, today, condition.Guarantee) >= condition.Baseline + condition.Amount,
        ConditionKind.DisputesQualified => order.Payer == decision.Payer && !IsUnqualified(root, decision.Payer, condition.OlderThan, today),
        ConditionKind.LimitApproved => order.Payer == decision.Payer && IsApprovedSince(condition, decision, root)
            && (condition.Suffices || !(LimitOn(root, decision.LimitOf, decision.LimitLevel, today) <= condition.InForce)),
        ConditionKind.AmountCap => order.Rate is not null && OrderValue.Of(order).CreditTotal <= condition.Amount,
        ConditionKind.ValidUntil => today <= condition.Date,
    };

    /// <summary>Whether a limit has been approved since the decision, whatever it is.</summary>
    public static bool IsApprovedSince(Condition condition, Decision decision, Facts root) => ApprovedLimits(root, decision.LimitOf) > condition.Baseline;

    /// <summary>What has left of an order in stages and is paid, in minor units of the payer's credit currency: what was credited or written off is not.</summary>
    public static long Paid(Order order, Decision decision, Facts root)
    {
        if (order.Rate is not { } rate || order.CreditCurrency is not { } credit) return 0;
        var billed = new Money(order.Lines.Sum(line => line.Billed), order.Currency).Convert(rate.Factor, credit).Minor;
        var open = root.Get<ReceivablesFacts>().OpenInvoicesOf(order.Number)
            .Select(invoice => PayerReceivables.None.Counted(invoice, +1)).Sum(owed => owed.Receivables + owed.AtRisk);
        return Math.Max(0, billed - open - (decision.Terms.GivenUp ?? 0));
    }

    /// <summary>Cleared money that waits for this order.</summary>
    static long DepositsOf(Facts root, string payer, string order) =>
        root.Get<ReceivablesFacts>().Of(payer).Deposits.Where(deposit => deposit.Order == order).Sum(deposit => deposit.Open);

    /// <summary>All open invoices of a payer, in minor units of its credit currency.</summary>
    internal static long Owed(Facts root, string payer) => root.Get<ReceivablesFacts>().Of(payer) is var owed ? owed.Receivables + owed.AtRisk : 0;

    /// <summary>What can be called in of guarantors on the day, in minor units of the payer's credit currency.</summary>
    static long Guaranteed(Facts root, string payer, DateOnly today, GuaranteeKind? kind) =>
        root.Get<CoverFacts>().Of(payer)?.Guarantees.Where(guarantee => guarantee.HoldsOn(today) && guarantee.Kind == (kind ?? guarantee.Kind))
            .Sum(guarantee => guarantee.LeftInCredit()) ?? 0;

    /// <summary>Whether a dispute that has stood for more than so many days still waits for somebody to say whose fault it is.</summary>
    static bool IsUnqualified(Facts root, string payer, int? olderThan, DateOnly today) =>
        root.Get<DisputesFacts>().Of(payer).Unqualified.Any(dispute => today.DayNumber - dispute.Raised.DayNumber > (olderThan ?? -1));

    /// <summary>How much the limit lets be owed on the day; nothing where none is in force.</summary>
    static long LimitOn(Facts root, string customer, LimitLevel level, DateOnly today) => LimitInForce.On(root.Get<LimitsFacts>().Of(customer), level, today) is var limit
        ? limit.Kind switch
        {
            LimitKind.None => 0,
            LimitKind.Amount => limit.Amount ?? 0,
            LimitKind.Unlimited or LimitKind.Inherit => long.MaxValue,
        }
        : 0;

    static long ApprovedLimits(Facts root, string level) => root.Get<LimitsFacts>().Of(level).Count(limit => limit.Status == LimitStatus.Approved);
}

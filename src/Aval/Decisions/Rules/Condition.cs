using Aval.Cover.Rules;

namespace Aval.Decisions.Rules;

/// <summary>What a release can depend on. Each is a fact that Aval sees by itself.</summary>
public enum ConditionKind
{
    /// <summary>Nothing is owed on the invoice any more, by money that is ours or by our credit note; without an invoice: so much money has come.</summary>
    InvoicePaid,
    /// <summary>So much cleared money is earmarked to the order.</summary>
    DepositReceived,
    /// <summary>The order carries the customer's purchase order number.</summary>
    PurchaseOrderReceived,
    /// <summary>Guarantees for so much more than on the day of the decision are registered.</summary>
    GuaranteeRegistered,
    /// <summary>No dispute of the payer has waited unqualified for more than so many calendar days.</summary>
    DisputesQualified,
    /// <summary>A limit approved since the decision is in force, the payer's or the one that the decision means: a higher one, or one under which the order passes.</summary>
    LimitApproved,
    /// <summary>The order is worth no more.</summary>
    AmountCap,
    /// <summary>The day has not passed.</summary>
    ValidUntil,
}

/// <summary>One condition of a decision, with what has become of it.</summary>
/// <param name="Amount">Minor units of the payer's credit currency.</param>
/// <param name="OlderThan">Calendar days.</param>
/// <param name="Baseline">What there was on the day of the decision, where the condition asks for more or less of it.</param>
/// <param name="MetOn">The business date since which it holds; null while it does not.</param>
/// <param name="InForce">Of limitApproved: the limit on the day of the decision, in minor units of its own currency, 0 where none was; null on old records.</param>
/// <param name="WrittenOff">Somebody gave the invoice up: it can no longer be paid.</param>
/// <param name="Suffices">Of limitApproved: under a limit approved since, that limit no longer holds the order.</param>
/// <param name="Elsewhere">The invoice is another payer's of the group: who ordered is not told of it.</param>
/// <param name="Received">Of a deposit or a sum to be paid: what has come since the decision; null where it was not counted yet.</param>
/// <param name="Guarantee">Of guaranteeRegistered: the kind that alone counts; null where any does, and on old records.</param>
public sealed record Condition(
    ConditionKind Kind, string? Invoice = null, long? Amount = null, int? OlderThan = null, DateOnly? Date = null, long? Baseline = null, DateOnly? MetOn = null,
    bool WrittenOff = false, long? Received = null, long? InForce = null, bool Suffices = false,
    GuaranteeKind? Guarantee = null, bool Elsewhere = false)
{
    /// <summary>Whether money meets it, which can be taken back.</summary>
    public bool IsMoney => Kind is ConditionKind.InvoicePaid or ConditionKind.DepositReceived;
}

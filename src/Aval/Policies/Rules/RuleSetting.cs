using System.Collections.Immutable;
using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>What a rule is about.</summary>
public enum RuleFamily
{
    /// <summary>Whether the order becomes an invoice that is accepted and paid.</summary>
    OrderQuality,
    /// <summary>Whether the payer may owe it; an order that needs no credit skips these.</summary>
    Credit,
    /// <summary>A stop that somebody has set or earned: it holds whatever the order is worth.</summary>
    Stop,
}

/// <summary>One rule as policy sets it, for everybody or for some: a closed family, one record a rule. Its parameters are told in policy's
/// currency.</summary>
/// <param name="Name">As JSON, findings and the journal name it: <c>limitNotSet</c>.</param>
public abstract record RuleSetting(string Name, RuleFamily Family)
{
    public Severity Severity { get; init; }

    /// <summary>Whether what it finds holds an order that a person has released.</summary>
    public bool OverridesRelease { get; init; }

    public Scope Scope { get; init; } = Scope.All;

    /// <summary>Writes the parameters in the order of the documentation; those left to their default are left out.</summary>
    internal virtual void Write(Utf8JsonWriter json) { }
}

/// <summary>A rule that does not run for its scope: <c>"severity": "off"</c>. It has no parameters.</summary>
public sealed record SwitchedOff(string Rule, RuleFamily Of) : RuleSetting(Rule, Of);

/// <summary>The order fits the limits, or passes them by no more than is tolerated.</summary>
public sealed record LimitRule() : RuleSetting("limit", RuleFamily.Credit)
{
    /// <summary>Null when nothing is tolerated.</summary>
    public LimitTolerance? Tolerance { get; init; }

    /// <summary>In place of <see cref="Tolerance"/> at pick release; null when nothing is different there.</summary>
    public LimitTolerance? ToleranceAtPick { get; init; }

    public LimitTolerance? ToleranceAt(Stage stage) => stage switch
    {
        Stage.Entry => Tolerance,
        Stage.PickRelease => ToleranceAtPick ?? Tolerance,
    };

    internal override void Write(Utf8JsonWriter json)
    {
        Tolerance?.Write(json);
        Stages.Write(json, ToleranceAtPick is { } atPick ? atPick.Write : null);
    }
}

public sealed record LimitNotSetRule() : RuleSetting("limitNotSet", RuleFamily.Credit);
public sealed record LimitExpiredRule() : RuleSetting("limitExpired", RuleFamily.Credit);

/// <summary>At least <paramref name="Count"/> promises to pay broken in the last <paramref name="WindowDays"/> calendar days.</summary>
public sealed record BrokenPromiseRule(int Count, int WindowDays) : RuleSetting("brokenPromise", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("count", Count);
        json.WriteNumber("windowDays", WindowDays);
    }
}

/// <summary>A dispute that nobody has qualified for more than <paramref name="Days"/> calendar days.</summary>
public sealed record DisputeUnqualifiedRule(int Days) : RuleSetting("disputeUnqualified", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>A dispute without an owner for more than <paramref name="Days"/> calendar days.</summary>
public sealed record DisputeUnownedRule(int Days) : RuleSetting("disputeUnowned", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>A dispute that has stood for more than <paramref name="Days"/> calendar days, qualified or not.</summary>
public sealed record DisputeUnresolvedRule(int Days) : RuleSetting("disputeUnresolved", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>A dispute raised after its invoice was due, by a payer of whose earlier disputes more than <paramref name="RejectedPercent"/> were rejected.</summary>
/// <param name="MinDisputes">Earlier disputes that make a habit; enough when reached.</param>
/// <param name="RejectedPercent">Null for that of the policy's part <c>disputes</c>.</param>
public sealed record DisputeTacticalRule(int MinDisputes, decimal? RejectedPercent) : RuleSetting("disputeTactical", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("minDisputes", MinDisputes);
        json.WriteNumberIfGiven("rejectedPercent", RejectedPercent);
    }
}

// What is wrong with earlier invoices and deliveries says how far the payer's figures can be trusted: an order that needs no credit does not ask.

/// <summary>An open invoice that the customer has sent back.</summary>
public sealed record InvoiceRejectedRule() : RuleSetting("invoiceRejected", RuleFamily.Credit);

/// <summary>An open invoice issued more than <paramref name="Days"/> calendar days ago and not sent, to a payer whose invoices are followed.</summary>
public sealed record InvoiceNotSentRule(int Days) : RuleSetting("invoiceNotSent", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>Goods delivered more than <paramref name="Days"/> calendar days ago and not billed.</summary>
public sealed record UnbilledTooOldRule(int Days) : RuleSetting("unbilledTooOld", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>A live order of which more was delivered than was ordered.</summary>
public sealed record OverDeliveredRule() : RuleSetting("overDelivered", RuleFamily.Credit);

/// <summary>An open invoice that billed more than its order had.</summary>
public sealed record OverInvoicedRule() : RuleSetting("overInvoiced", RuleFamily.Credit);

public sealed record RiskClassMissingRule() : RuleSetting("riskClassMissing", RuleFamily.Credit);

/// <summary>Payers of these classes get no credit without a decision.</summary>
public sealed record RiskClassRule(ImmutableArray<string> Classes) : RuleSetting("riskClass", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("classes");
        foreach (var riskClass in Classes) json.WriteStringValue(riskClass);
        json.WriteEndArray();
    }
}

public sealed record ForcedHoldRule() : RuleSetting("forcedHold", RuleFamily.Stop);
public sealed record PrepaymentRequiredRule() : RuleSetting("prepaymentRequired", RuleFamily.Credit);

public sealed record PurchaseOrderMissingRule() : RuleSetting("purchaseOrderMissing", RuleFamily.OrderQuality);
public sealed record PurchaseOrderMalformedRule() : RuleSetting("purchaseOrderMalformed", RuleFamily.OrderQuality);

/// <summary>The same purchase order number on another live order of the customer, of an order date at most so many calendar days apart.</summary>
/// <param name="WindowDays">Null for <see cref="UsualWindowDays"/>.</param>
public sealed record PurchaseOrderDuplicateRule(int? WindowDays) : RuleSetting("purchaseOrderDuplicate", RuleFamily.OrderQuality)
{
    /// <summary>Customers begin their numbers anew with the year at the earliest.</summary>
    public const int UsualWindowDays = 365;

    public int Window => WindowDays ?? UsualWindowDays;

    internal override void Write(Utf8JsonWriter json)
    {
        if (WindowDays is { } days) json.WriteNumber("windowDays", days);
    }
}

public sealed record BuyerReferenceMissingRule() : RuleSetting("buyerReferenceMissing", RuleFamily.OrderQuality);
public sealed record BillingAddressIncompleteRule() : RuleSetting("billingAddressIncomplete", RuleFamily.OrderQuality);
public sealed record TermsDeviateRule() : RuleSetting("termsDeviate", RuleFamily.OrderQuality);

/// <summary>A discount of more than <paramref name="AbovePercent"/> that nobody has allowed.</summary>
public sealed record DiscountUndocumentedRule(decimal AbovePercent) : RuleSetting("discountUndocumented", RuleFamily.OrderQuality)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("abovePercent", AbovePercent);
}

/// <summary>A price more than <paramref name="TolerancePercent"/> off the list price, either way.</summary>
public sealed record PriceDeviatesRule(decimal TolerancePercent) : RuleSetting("priceDeviates", RuleFamily.OrderQuality)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("tolerancePercent", TolerancePercent);
}

public sealed record TaxIdInvalidRule() : RuleSetting("taxIdInvalid", RuleFamily.OrderQuality);

/// <summary>An order far above what the customer usually orders.</summary>
/// <param name="Threshold">Robust z-score that must be exceeded; null for <see cref="UsualThreshold"/>.</param>
public sealed record OrderUnusualRule(decimal? Threshold) : RuleSetting("orderUnusual", RuleFamily.OrderQuality)
{
    /// <summary>Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993).</summary>
    public const decimal UsualThreshold = 3.5m;

    public decimal Score => Threshold ?? UsualThreshold;

    internal override void Write(Utf8JsonWriter json)
    {
        if (Threshold is { } threshold) json.WriteNumber("threshold", threshold);
    }
}

/// <summary>Who orders or pays is no longer active, or the ids on the order are not those of who is billed.</summary>
public sealed record LegalEntityWrongRule() : RuleSetting("legalEntityWrong", RuleFamily.OrderQuality);

/// <summary>The order is to be billed to neither who orders nor who pays.</summary>
public sealed record AccountLinkWrongRule() : RuleSetting("accountLinkWrong", RuleFamily.OrderQuality);

public sealed record PortalRequirementMissingRule() : RuleSetting("portalRequirementMissing", RuleFamily.OrderQuality);
public sealed record DeliveryDetailsMissingRule() : RuleSetting("deliveryDetailsMissing", RuleFamily.OrderQuality);

/// <summary>The payer has not met what a release depended on, until it is met late, decided on, or so many calendar days have passed.</summary>
/// <param name="Days">Null for <see cref="UsualDays"/>.</param>
public sealed record ConditionBrokenRule(int? Days) : RuleSetting("conditionBroken", RuleFamily.Stop)
{
    /// <summary>A quarter: by then the payer's conduct since says more.</summary>
    public const int UsualDays = 90;

    public int Lasts => Days ?? UsualDays;

    internal override void Write(Utf8JsonWriter json)
    {
        if (Days is { } days) json.WriteNumber("days", days);
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Aval.Policies.Rules;

/// <summary>The nine parts of a policy (docs/concepts/policy.md says which field belongs to which).</summary>
public enum PolicyPart
{
    CreditPolicy, BlockingRules, DelegationLevels, ArbitrationThresholds, DecisionDeadlines, DataResponsibility, DisputeHandling, ExceptionConditions,
    CommercialEscalation,
}

/// <summary>Which part each field of a policy's JSON belongs to.</summary>
public static class PolicyParts
{
    static readonly FrozenDictionary<string, PolicyPart> ByField = new Dictionary<string, PolicyPart>(StringComparer.Ordinal)
    {
        ["name"] = PolicyPart.CreditPolicy,
        ["currency"] = PolicyPart.CreditPolicy,
        ["compare"] = PolicyPart.CreditPolicy,
        ["nettingUnapplied"] = PolicyPart.CreditPolicy,
        ["horizonDays"] = PolicyPart.CreditPolicy,
        ["authorizationDays"] = PolicyPart.CreditPolicy,
        ["watchPercent"] = PolicyPart.CreditPolicy,
        ["temporaryLimitStep"] = PolicyPart.CreditPolicy,
        ["cashApplication"] = PolicyPart.CreditPolicy,
        ["provision"] = PolicyPart.CreditPolicy,
        ["rules"] = PolicyPart.BlockingRules,
        ["autoRelease"] = PolicyPart.BlockingRules,
        ["recheck"] = PolicyPart.BlockingRules,
        ["internalDefect"] = PolicyPart.BlockingRules,
        ["delegation"] = PolicyPart.DelegationLevels,
        ["arbitration"] = PolicyPart.ArbitrationThresholds,
        ["decisionDeadlines"] = PolicyPart.DecisionDeadlines,
        ["dataResponsibility"] = PolicyPart.DataResponsibility,
        ["excludeDisputes"] = PolicyPart.DisputeHandling,
        ["disputes"] = PolicyPart.DisputeHandling,
        ["exceptions"] = PolicyPart.ExceptionConditions,
        ["escalation"] = PolicyPart.CommercialEscalation,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The fields there are.</summary>
    public static IReadOnlyCollection<string> Fields => ByField.Keys;

    public static PolicyPart Of(string field) => ByField[field];
}

/// <summary>From where on an order is weighed by Credit and the commercial side together. Any bound that is passed is enough; one that is null is no bound.</summary>
/// <param name="AmountAbove">Order value, tax included, in policy's currency.</param>
/// <param name="OverrunPercentAbove">Of the overrun over the limit.</param>
/// <param name="OverdueDaysAbove">Calendar days of the oldest overdue item.</param>
/// <param name="RiskClasses">Payers of these classes, whatever the order; null for none.</param>
/// <param name="Between">The roles that weigh it.</param>
public sealed record Arbitration(
    decimal? AmountAbove, decimal? OverrunPercentAbove, int? OverdueDaysAbove, ImmutableArray<string>? RiskClasses, ImmutableArray<string> Between)
{
    public static readonly Arbitration Usual = new(250_000, 50, 60, null, ["creditManager", "sales"]);
}

/// <summary>Who answers for one field of a customer's data.</summary>
/// <param name="Enters">The role that enters it.</param>
/// <param name="Verifies">The role that says it is right.</param>
/// <param name="Flags">The role that notices first when it is not.</param>
/// <param name="StaleAfterDays">Calendar days after which it is to be verified again.</param>
public sealed record DataResponsibility(string Field, string Enters, string Verifies, string Flags, int StaleAfterDays)
{
    /// <summary>The fields for which somebody can answer.</summary>
    public static readonly ImmutableArray<string> Fields =
    [
        "name", "country", "registrationId", "vatId", "lei", "currency", "billingAddress", "contacts", "profile", "payer", "group", "paymentTerms", "riskClass", "limit",
        "segment", "largeAccount",
    ];

    public static readonly ImmutableArray<DataResponsibility> Usual =
    [
        new("registrationId", "customerService", "masterData", "creditAnalyst", 365),
        new("vatId", "customerService", "masterData", "billing", 365),
        new("billingAddress", "customerService", "masterData", "billing", 365),
        new("contacts", "customerService", "sales", "collector", 180),
        new("profile", "customerService", "billing", "accountsReceivable", 180),
        new("payer", "creditAnalyst", "masterData", "accountsReceivable", 365),
        new("group", "creditAnalyst", "creditManager", "masterData", 365),
        new("paymentTerms", "creditAnalyst", "creditManager", "sales", 365),
        new("riskClass", "creditAnalyst", "creditManager", "collector", 180),
        new("limit", "creditAnalyst", "creditManager", "customerService", 365),
    ];
}

/// <summary>By when a dispute must have come how far, in calendar days from the day it was raised.</summary>
/// <param name="OwnWithinDays">Somebody owns it.</param>
/// <param name="QualifyWithinDays">Somebody has said whose fault it is.</param>
/// <param name="ResolveWithinDays">It is over.</param>
/// <param name="CreditNoteWithinDays">From the day on which it was qualified, once a credit note was found due.</param>
/// <param name="TacticalRejectedPercent">Share of a payer's past disputes that were rejected beyond which a late one looks tactical, where the rule does not say its own.</param>
/// <param name="EscalateTo">The role that hears of what is late.</param>
public sealed record DisputeHandling(
    int OwnWithinDays, int QualifyWithinDays, int ResolveWithinDays, int CreditNoteWithinDays, decimal TacticalRejectedPercent, string EscalateTo)
{
    public static readonly DisputeHandling Usual = new(5, 10, 60, 10, 50, "creditManager");
}

/// <summary>Whether an exceptional release beyond its conditions is taken, and remembered as such, or refused.</summary>
public enum ExceptionAct { Mark, Refuse }

/// <summary>What an exceptional release must keep to: one that leaves a finding standing, with neither condition nor cover.</summary>
/// <param name="UpTo">Order value, tax included, in policy's currency; null for no bound.</param>
/// <param name="MostPerPayer">How many a payer may have in the window.</param>
/// <param name="WindowDays">Calendar days.</param>
/// <param name="Counterpart">Whether the customer must give something for it.</param>
/// <param name="ReviewWithinDays">Calendar days by which it has been looked at again.</param>
/// <param name="Beyond">What happens to one that does not keep to this; null as if <see cref="ExceptionAct.Mark"/>.</param>
public sealed record ExceptionConditions(decimal? UpTo, int MostPerPayer, int WindowDays, bool Counterpart, int ReviewWithinDays, ExceptionAct? Beyond = null)
{
    public static readonly ExceptionConditions Usual = new(null, 2, 90, true, 7);
}

/// <summary>One step of the path that an undecided case goes up.</summary>
/// <param name="AfterHours">Working hours since the block was opened.</param>
/// <param name="To">The role that has it from then on: one that may decide.</param>
public sealed record EscalationStep(int AfterHours, string To)
{
    public static readonly ImmutableArray<EscalationStep> Usual = [new(8, "creditManager"), new(24, "leadership")];

    /// <summary>The roles that may decide about a block; with whoever else it lay, nobody could.</summary>
    public static readonly ImmutableArray<string> Deciding = ["customerService", "creditAnalyst", "creditManager", "leadership"];
}

/// <summary>The loss to be expected of each bucket of the aging, in percent of what is open in it.</summary>
/// <param name="Over90">Of what is more than 90 days past due.</param>
public sealed record ProvisionMatrix(decimal NotDue, decimal D1to30, decimal D31to60, decimal D61to90, decimal Over90)
{
    /// <remarks>The rates of IFRS 9's own illustrative example 12, until the company enters those of its own history.</remarks>
    public static readonly ProvisionMatrix Usual = new(0.3m, 1.6m, 3.6m, 6.6m, 10.6m);
}

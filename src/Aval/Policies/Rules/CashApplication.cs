using System.Collections.Immutable;

namespace Aval.Policies.Rules;

/// <summary>How a receipt found its invoices, in the order in which it is tried.</summary>
public enum MatchRule
{
    /// <summary>A structured creditor reference (ISO 11649) names the document.</summary>
    CreditorReference,
    /// <summary>What the payer wrote names the documents.</summary>
    RemittanceText,
    /// <summary>Exactly one invoice has this amount.</summary>
    ExactAmount,
    /// <summary>All that is open.</summary>
    Balance,
    /// <summary>All that is past due.</summary>
    PastDueBalance,
    /// <summary>All that is open up to one document day; exactly one such day fits.</summary>
    UpToDay,
    /// <summary>Exactly one set of documents has this sum.</summary>
    SumOfSet,
    /// <summary>What is due first is paid first; only where policy says so.</summary>
    OldestFirst,
    /// <summary>A person said so.</summary>
    ByHand,
}

/// <summary>What an invoice asks for.</summary>
public enum Charge
{
    /// <summary>Goods or services: what most invoices ask for.</summary>
    Principal,
    /// <summary>Interest for late payment.</summary>
    Interest,
    /// <summary>Costs of reminding and collecting.</summary>
    Costs,
}

/// <summary>How money that came in is matched with what is owed.</summary>
/// <param name="Tolerance">A rest up to this is written off with the match; in policy's currency.</param>
/// <param name="TolerancePercent">And up to this percentage of the documents' sum: both bind.</param>
/// <param name="DiscountGraceDays">Calendar days after the end of a cash discount on which it may still be taken.</param>
/// <param name="OldestFirst">Money without a better match pays what is due first.</param>
/// <param name="PostFrom">The least confidence, from 0 to 1, that is posted without a person; by rule, 0.9 for one that is not named.</param>
public sealed record CashApplication(
    decimal Tolerance, decimal TolerancePercent, int DiscountGraceDays, bool OldestFirst, ImmutableArray<PostFrom> PostFrom)
{
    /// <summary>What a person without the right of finance may write off by hand of one invoice, in policy's currency; null for any amount.</summary>
    public decimal? WriteOffUpTo { get; init; }

    /// <summary>What money that does not suffice pays first, within it by due date; what is not named comes last. Empty goes by due dates alone.</summary>
    /// <remarks>Costs, interest, principal is the order of the German Civil Code (BGB), section 367.</remarks>
    public ImmutableArray<Charge> AllocationOrder { get; init; } = [];

    public const decimal PostFromUsual = 0.9m;

    public static readonly CashApplication Usual = new(0, 0, 0, OldestFirst: false, []);
}

/// <param name="Confidence">From 0 to 1.</param>
public sealed record PostFrom(MatchRule Rule, decimal Confidence);

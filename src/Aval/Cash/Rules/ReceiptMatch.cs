using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

public enum MatchStatus
{
    /// <summary>Nothing that is owed explains it.</summary>
    Unexplained,
    /// <summary>A person must choose.</summary>
    Proposed,
    Posted,
    /// <summary>Somebody took it back: the invoices are open again.</summary>
    Undone,
}

/// <summary>What a receipt pays of one document, in minor units of the receipt's currency.</summary>
/// <param name="CreditNote">True where the document is a credit note; its amount is then below zero.</param>
/// <param name="Discount">The cash discount that closes it beside.</param>
/// <param name="WrittenOff">The rest within tolerance that closes it beside.</param>
public sealed record MatchPart(string Document, bool CreditNote, long Amount, long Discount, long WrittenOff);

/// <summary>One way in which a receipt may have been meant, as it is kept.</summary>
/// <param name="Confidence">From 0 to 1.</param>
public sealed record MatchCandidate(MatchRule Rule, decimal Confidence, string Evidence, ImmutableArray<MatchPart> Parts)
{
    public static MatchCandidate Of(Match match) => new(
        match.Rule, match.Confidence, match.Evidence,
        [.. match.Parts.Select(part => new MatchPart(part.Document.Number, part.Document.IsCreditNote, part.Amount, part.Discount, part.WrittenOff))]);
}

/// <summary>How a receipt found its invoices, or why it did not.</summary>
/// <param name="Posted">What was posted; null while nothing is.</param>
/// <param name="Candidates">What a person may choose from, the surest first.</param>
/// <param name="GaveUp">True when sets of documents were left untried because there are too many.</param>
/// <param name="Settlements">What was posted beside the receipt's own allocations: credit notes netted, discounts and rests written off.</param>
/// <param name="By">Who confirmed or undid it; null for what the rules did.</param>
/// <param name="On">The business date.</param>
public sealed record ReceiptMatch(
    string Receipt, string Payer, Currency Currency, MatchStatus Status, MatchCandidate? Posted, ImmutableArray<MatchCandidate> Candidates, bool GaveUp,
    ImmutableArray<string> Settlements, string? By, DateOnly On, string? Reason);

using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

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
/// <param name="Dispute">The dispute about it that is settled so; null where none is named.</param>
public sealed record MatchPart(string Document, bool CreditNote, long Amount, long Discount, long WrittenOff, string? Dispute = null);

/// <summary>One way in which a receipt may have been meant, as it is kept.</summary>
/// <param name="Confidence">From 0 to 1.</param>
public sealed record MatchCandidate(MatchRule Rule, decimal Confidence, string Evidence, ImmutableArray<MatchPart> Parts)
{
    public static MatchCandidate Of(Match match) => new(
        match.Rule, match.Confidence, match.Evidence,
        [.. match.Parts.Select(part => new MatchPart(part.Document.Number, part.Document.IsCreditNote, part.Amount, part.Discount, part.WrittenOff, part.Dispute))]);

    /// <summary>What was posted for the rest of a receipt, together with what was posted before.</summary>
    public MatchCandidate After(MatchCandidate? earlier) => earlier is null ? this : this with
    {
        Confidence = Math.Min(earlier.Confidence, Confidence), Evidence = $"{earlier.Evidence}; {Evidence}", Parts = [.. earlier.Parts, .. Parts],
    };
}

/// <summary>How a receipt found its invoices, or why it did not.</summary>
/// <param name="Posted">What was posted, with each of its matches; null while nothing is. Of one that was taken back, what had been.</param>
/// <param name="Candidates">What a person may choose from, the surest first.</param>
/// <param name="GaveUp">True when sets of documents were left untried because there are too many.</param>
/// <param name="Settlements">What was posted beside the receipt's own allocations: credit notes netted, discounts and rests written off.</param>
/// <param name="By">Who confirmed or undid it; null for what the rules did.</param>
/// <param name="On">The business date.</param>
public sealed record ReceiptMatch(
    string Receipt, string Payer, Currency Currency, MatchStatus Status, MatchCandidate? Posted, ImmutableArray<MatchCandidate> Candidates, bool GaveUp,
    ImmutableArray<string> Settlements, string? By, DateOnly On, string? Reason)
{
    /// <summary>What is posted and was not taken back.</summary>
    public MatchCandidate? Standing => Status == MatchStatus.Undone ? null : Posted;

    /// <summary>Of a receipt that nobody has tried to match.</summary>
    public static ReceiptMatch Nothing(Receipt receipt, DateOnly on) =>
        new(receipt.Number, receipt.Payer, receipt.Currency, MatchStatus.Unexplained, null, [], GaveUp: false, [], null, on, null);

    /// <summary>The same with one more match posted; what was posted before stands.</summary>
    public ReceiptMatch With(MatchCandidate posted, ImmutableArray<string> beside, string? by, DateOnly on) => this with
    {
        Status = MatchStatus.Posted, Posted = posted.After(Standing), Candidates = [], By = by, On = on, Reason = null,
        Settlements = Standing is null ? beside : [.. Settlements, .. beside],
    };

    /// <summary>The same when nothing is sure enough to be posted of what is left.</summary>
    public ReceiptMatch Proposing(ImmutableArray<MatchCandidate> candidates, bool gaveUp, DateOnly on)
    {
        // What the rest may have been meant for is no reason to forget what is paid.
        var status = !candidates.IsEmpty ? MatchStatus.Proposed : Standing is null ? MatchStatus.Unexplained : MatchStatus.Posted;
        return this with
        {
            Status = status, Posted = Standing, Settlements = Standing is null ? [] : Settlements, Candidates = candidates, GaveUp = gaveUp,
            By = status == MatchStatus.Posted ? By : null, On = status == MatchStatus.Posted ? On : on, Reason = null,
        };
    }

    /// <summary>True when the other says the same, on whatever day.</summary>
    public bool Says(ReceiptMatch other) =>
        (Status, GaveUp, By, Reason) == (other.Status, other.GaveUp, other.By, other.Reason)
        && Candidates.SequenceEqual(other.Candidates, (one, another) => one.Evidence == another.Evidence && one.Rule == another.Rule
            && one.Confidence == another.Confidence && one.Parts.SequenceEqual(another.Parts));

    public ReceiptMatch TakenBack(string by, DateOnly on, string reason) => this with
    {
        Status = MatchStatus.Undone, Candidates = [], GaveUp = false, Settlements = [], By = by, On = on, Reason = reason,
    };
}

using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>What a receipt pays of one document. Minor units of the receipt's currency.</summary>
/// <param name="Amount">Below zero for a credit note that is netted.</param>
/// <param name="Discount">The cash discount that closes it beside.</param>
/// <param name="WrittenOff">The rest within tolerance that closes it beside.</param>
/// <param name="Dispute">The dispute about it that is settled so; null where none is named.</param>
public readonly record struct MatchedPart(OpenDocument Document, long Amount, long Discount = 0, long WrittenOff = 0, string? Dispute = null);

/// <summary>One way in which a receipt may have been meant.</summary>
/// <param name="Confidence">From 0 to 1: how sure it is that the payer meant these documents and no others.</param>
/// <param name="Evidence">What was read, or in short what was counted; for people who look at the match.</param>
public sealed record Match(MatchRule Rule, decimal Confidence, ImmutableArray<MatchedPart> Parts, string Evidence)
{
    /// <summary>Minor units of the receipt that the parts take.</summary>
    public long Total => Parts.Sum(part => part.Amount);

    /// <summary>Whether the payer wrote what it pays; else the amount alone speaks for it.</summary>
    public bool IsNamed => Rule is MatchRule.CreditorReference or MatchRule.RemittanceText;

    public bool Pays(OpenDocument document) => Parts.Any(part => part.Document == document);

    /// <summary>Whether both pay the same documents alike.</summary>
    public bool SaysAs(Match other) =>
        Parts.Length == other.Parts.Length && Parts.OrderBy(part => part.Document.Number, StringComparer.Ordinal)
            .SequenceEqual(other.Parts.OrderBy(part => part.Document.Number, StringComparer.Ordinal));
}

/// <summary>What the cascade says of a receipt.</summary>
/// <param name="Post">The one match that is sure enough to be posted; null when there is none.</param>
/// <param name="Candidates">The matches to choose from where none is posted: what the payer named first, then the surest.</param>
/// <param name="GaveUp">True when sets of documents were left untried because there are too many.</param>
public sealed record Matching(Match? Post, ImmutableArray<Match> Candidates, bool GaveUp)
{
    public static readonly Matching None = new(null, [], GaveUp: false);
}

/// <summary>Money that came in, as matching sees it.</summary>
/// <param name="Amount">Minor units, above zero.</param>
/// <param name="Date">The day on which it counts as paid.</param>
/// <param name="StructuredReferences">Creditor references as the bank gave them, valid or not.</param>
/// <param name="Text">All else that the payer wrote.</param>
public sealed record Remittance(long Amount, DateOnly Date, ImmutableArray<string> StructuredReferences, string Text)
{
    /// <summary>Whether the text names a document that is settled already: it may be paid twice, and no other document is meant then.</summary>
    public bool NamesSettled { get; init; }
}

/// <summary>What the house accepts. Amounts in minor units of the receipt's currency.</summary>
/// <param name="Tolerance">A rest up to this is given up.</param>
/// <param name="TolerancePercent">And up to this share of the documents' sum, in percent; both bind.</param>
/// <param name="OldestFirst">Money without a better match pays what is due first.</param>
/// <param name="PostFrom">The least confidence that is posted without a person, by rule; <see cref="CashApplication.PostFromUsual"/> for one that is not named.</param>
public sealed record MatchSettings(long Tolerance, decimal TolerancePercent, bool OldestFirst, ImmutableArray<PostFrom> PostFrom)
{
    public static readonly MatchSettings Strict = new(0, 0, OldestFirst: false, []);

    /// <inheritdoc cref="CashApplication.AllocationOrder"/>
    public ImmutableArray<Charge> AllocationOrder { get; init; } = [];

    /// <summary>Which place a document has in that order, from 0.</summary>
    public int PlaceOf(Charge charge) => AllocationOrder.IndexOf(charge) is >= 0 and var place ? place : AllocationOrder.Length;

    public decimal LeastOf(MatchRule rule)
    {
        foreach (var named in PostFrom)
            if (named.Rule == rule) return named.Confidence;
        return CashApplication.PostFromUsual;
    }

    /// <summary>The rest that may be given up of documents of this sum.</summary>
    public long TolerableOf(long sum) => Math.Min(Tolerance, (long)(sum * TolerancePercent / 100));
}

using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>A standing dispute of a payer, as matching sees it.</summary>
/// <param name="Invoice">What it is about, with what is open of that.</param>
/// <param name="Amount">What is disputed of it, at most what is open; minor units of the receipt's currency.</param>
public sealed record DisputedPart(string Number, OpenDocument Invoice, long Amount);

/// <summary>Matches of a payer who names a dispute: it pays what it had disputed, or says why it left that off.</summary>
public static class NamedDisputes
{
    const decimal Sure = 0.97m;

    /// <summary>Too little to settle what is named: a person looks whether it was meant for that at all.</summary>
    const decimal InPart = 0.8m;

    const decimal Doubt = 0.5m;
    const int MostMentions = 64;

    /// <summary>Null where no dispute is named, or no way of reading it explains the amount.</summary>
    /// <param name="open">All open documents of the payer.</param>
    public static Matching? Of(Remittance paid, IReadOnlyList<DisputedPart> disputes, Func<OpenDocuments> open, MatchSettings settings)
    {
        var documents = new Lazy<OpenDocuments>(open);
        var named = In(paid.Text, disputes, documents);
        if (named.Count == 0) return null;
        var invoices = named.GroupBy(dispute => dispute.Invoice).ToList();
        var beside = new Lazy<OpenDocuments>(() => OpenDocuments.Of(documents.Value.All.Where(document => invoices.TrueForAll(group => group.Key.Number != document.Number))));
        var matches = new List<Match>();
        foreach (var parts in new ImmutableArray<MatchedPart>[]
        {
            [.. named.Select(Settled)],
            [.. invoices.Select(group => new MatchedPart(group.Key, group.Key.Open - group.Sum(dispute => dispute.Amount))).Where(part => part.Amount > 0)],
            [.. invoices.SelectMany(Whole)],
            [],
        })
            if (Explained(paid, parts, beside, settings) is { } found && !matches.Exists(other => other.Parts.SequenceEqual(found)))
                matches.Add(new Match(MatchRule.RemittanceText, Sure, found, Evidence(named)));
        if (matches is [var only])
            return only.Confidence >= settings.LeastOf(only.Rule) ? new Matching(only, [], GaveUp: false) : new Matching(null, [only], GaveUp: false);
        if (matches.Count > 1) return new Matching(null, [.. matches.Select(match => match with { Confidence = match.Confidence * Doubt })], GaveUp: false);
        return named is [var short_] && paid.Amount < short_.Amount
            ? new Matching(null, [new Match(MatchRule.RemittanceText, InPart, [Settled(short_) with { Amount = paid.Amount }], Evidence(named))], GaveUp: false)
            : null;
    }

    /// <summary>The disputes whose number stands in the text written out; one that is called as a document is not told apart from it.</summary>
    static List<DisputedPart> In(string text, IReadOnlyList<DisputedPart> disputes, Lazy<OpenDocuments> documents)
    {
        if (disputes.Count == 0 || text.Length == 0) return [];
        Span<Mention> found = stackalloc Mention[MostMentions];
        var count = ReferenceIndex.Of([.. disputes.Select(dispute => new Referable(dispute.Number, null))]).Find(text, found);
        var named = new List<DisputedPart>();
        foreach (var mention in found[..count])
        {
            var dispute = disputes[mention.Document];
            var written = mention.Spelling == Spelling.Number && (mention.IsCertain || dispute.Number.Any(char.IsAsciiLetter));
            if (written && !named.Contains(dispute) && documents.Value.References.WithNumber(dispute.Number).Count == 0) named.Add(dispute);
        }

        return named;
    }

    static MatchedPart Settled(DisputedPart dispute) => new(dispute.Invoice, dispute.Amount, Dispute: dispute.Number);

    /// <summary>The invoice with all that is disputed of it.</summary>
    static IEnumerable<MatchedPart> Whole(IGrouping<OpenDocument, DisputedPart> disputed)
    {
        foreach (var dispute in disputed) yield return Settled(dispute);
        if (disputed.Key.Open - disputed.Sum(dispute => dispute.Amount) is > 0 and var rest) yield return new MatchedPart(disputed.Key, rest);
    }

    /// <summary>These parts, with what else the payer names where they leave something; null when the amount is another.</summary>
    static ImmutableArray<MatchedPart>? Explained(Remittance paid, ImmutableArray<MatchedPart> parts, Lazy<OpenDocuments> beside, MatchSettings settings)
    {
        var rest = paid.Amount - parts.Sum(part => part.Amount);
        if (rest == 0) return parts;
        if (rest < 0 || Cascade.Closed(paid with { Amount = rest }, beside.Value, settings) is not { Post: { } others }) return null;
        return parts.AddRange(others.Parts);
    }

    static string Evidence(IEnumerable<DisputedPart> named) => "dispute " + string.Join(", ", named.Select(dispute => dispute.Number));
}

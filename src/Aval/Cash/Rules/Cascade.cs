using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>Which invoices of its payer a receipt is meant for. What is ambiguous is proposed, never posted.</summary>
public static class Cascade
{
    const decimal ByDueDate = 0.9m;

    /// <summary>What a second reading takes from the surer one's confidence: it is proposed, not posted.</summary>
    const decimal Doubt = 0.5m;

    const decimal ByNearNumber = 0.96m;

    /// <summary>Of an amount that more documents have, nobody can choose.</summary>
    const int MostPerhaps = 10;

    /// <param name="paid">The receipt's open part.</param>
    /// <param name="documents">Of its payer, in its currency.</param>
    public static Matching Match(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        if (documents.All.IsEmpty) return Matching.None;
        var said = Said.Of(paid, documents, settings);
        if (said.Closed(settings) is { } closed) return closed;
        // A reference with right check digits was not mistyped: where it names nothing that is open, it was meant for something else.
        var elsewhere = paid.NamesSettled || said.GaveUp || (said.Referred is null && paid.StructuredReferences.Any(PaymentReferences.IsUnmistakable));
        var byAmount = AmountMatches.Of(paid, documents, settings);
        if (!elsewhere && said.Referred is null && Near(paid, byAmount, documents) is { } near) return One(near, settings);
        byAmount = AmountMatches.BeforeTwins(byAmount, paid, documents, settings);
        if (said.Open is { } named)
        {
            if (!said.GaveUp && NamedDocuments.Netted(paid, documents) is { Count: > 0 } netted)
                return netted is [var less] && byAmount.All(less.SaysAs) ? One(less, settings) : Doubted([.. netted, named, .. byAmount]);
            return !said.GaveUp && (byAmount.Count == 0 || (byAmount is [var only] && only.SaysAs(named)))
                ? One(named, settings)
                : Doubted([named, .. byAmount]) with { GaveUp = said.GaveUp };
        }

        elsewhere = elsewhere || (byAmount is [var lone] && NamedPlaces.In(paid.Text, documents).Any(place => place.IsDistinct && !place.MayBe(lone)));
        if (byAmount.Count > 0) return elsewhere ? Doubted(byAmount) : Decided(byAmount, settings);
        var (sets, gaveUp) = SetMatches.Of(paid, documents);
        if (sets.Count > 0) return (elsewhere ? Doubted(sets) : Decided(sets, settings)) with { GaveUp = gaveUp };
        if (settings.OldestFirst && Oldest(paid, documents, settings) is { } oldest) return One(oldest, settings) with { GaveUp = gaveUp };
        return Matching.None with { GaveUp = gaveUp };
    }

    /// <summary>The first steps of <see cref="Match"/>, which look at no documents but those that the payer names; null where the amount does not close them.</summary>
    public static Matching? Closed(Remittance paid, OpenDocuments documents, MatchSettings settings) => Said.Of(paid, documents, settings).Closed(settings);

    /// <summary>The documents that the payer names, and no others: for those that the amount alone must not speak for.</summary>
    public static Matching Named(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var said = Said.Of(paid, documents, settings);
        if (said.Closed(settings) is { } closed) return closed;
        return said.Open is not { } named ? Matching.None : said.GaveUp ? Doubted([named]) with { GaveUp = true } : One(named, settings);
    }

    /// <summary>What the amount alone may mean among documents that nobody named: never enough to be posted.</summary>
    public static Matching Perhaps(Remittance paid, OpenDocuments documents, MatchSettings settings) =>
        Doubted([.. AmountMatches.Of(paid, documents, settings).Where(match => match.Rule == MatchRule.ExactAmount).Take(MostPerhaps)]);

    /// <summary>What the payer named, by structured references and in the text.</summary>
    /// <param name="Closing">The readings of the text that the amount closes.</param>
    /// <param name="Text">What the text surely names, where the amount closes nothing of it.</param>
    /// <param name="GaveUp">True when readings of the text were left untried.</param>
    readonly record struct Said((Match Match, bool Closes)? Referred, IReadOnlyList<Match> Closing, Match? Text, bool GaveUp)
    {
        public static Said Of(Remittance paid, OpenDocuments documents, MatchSettings settings)
        {
            var referred = NamedDocuments.OfReferences(paid, documents, settings);
            if (referred is { Closes: true }) return new Said(referred, [], null, GaveUp: false);
            var (closing, text, gaveUp) = NamedDocuments.OfText(paid, documents, settings);
            return new Said(referred, closing, text, gaveUp);
        }

        /// <summary>What is named, though the amount does not close it.</summary>
        public Match? Open => Referred?.Match ?? Text;

        public Matching? Closed(MatchSettings settings)
        {
            if (Referred is { Closes: true } sure) return One(sure.Match, settings);
            if (Closing.Count == 0) return null;
            // A reference that says one document and a text that says others contradict each other.
            if (Referred is { Match: var referred } && Closing.Any(match => !referred.Parts.All(part => match.Pays(part.Document)))) return Doubted([referred, .. Closing]);
            return GaveUp ? Doubted(Closing) with { GaveUp = true } : Decided(Closing, settings);
        }
    }

    static Matching One(Match match, MatchSettings settings) =>
        match.Confidence >= settings.LeastOf(match.Rule) ? new Matching(match, [], GaveUp: false) : new Matching(null, [match], GaveUp: false);

    static Matching Decided(IReadOnlyList<Match> matches, MatchSettings settings) => matches is [var only] ? One(only, settings) : Doubted(matches);

    /// <summary>What the payer has named stands before what has no more than the amount, however sure that would be by itself.</summary>
    static Matching Doubted(IReadOnlyList<Match> matches)
    {
        var ranked = matches.OrderByDescending(match => match.IsNamed).ThenByDescending(match => match.Confidence);
        return new Matching(null, [.. ranked.Select(match => match with { Confidence = match.Confidence * Doubt })], GaveUp: false);
    }

    /// <summary>Of the matches that the amount allows, the only one whose every number stands in the text but for a slip.</summary>
    /// <remarks>None where the text names another document without a slip.</remarks>
    static Match? Near(Remittance paid, IReadOnlyList<Match> byAmount, OpenDocuments documents)
    {
        if (byAmount.Count == 0 || paid.Text.Length == 0) return null;
        var written = NamedPlaces.In(paid.Text, documents);
        byAmount = [.. byAmount.Where(match => written.All(place => place.MayBe(match)))];
        var near = byAmount.Where(match => match.Parts.All(part => NearNumbers.IsIn(paid.Text, part.Document.Number))).ToList();
        return near is [var only] ? only with { Confidence = ByNearNumber, Evidence = only.Evidence + " ≈" } : null;
    }

    static Match? Oldest(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var parts = Closing.InOrder(paid.Amount, documents.All, settings);
        return parts.IsEmpty ? null : new Match(MatchRule.OldestFirst, ByDueDate, parts, parts[0].Document.Number);
    }
}

using System.Collections.Immutable;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>Which invoices of its payer a receipt is meant for. What is ambiguous is proposed, never posted.</summary>
public static class Cascade
{
    const decimal ByDueDate = 0.9m;

    /// <summary>What a second reading takes from the surer one's confidence: it is proposed, not posted.</summary>
    const decimal Doubt = 0.5m;

    const decimal ByNearNumber = 0.96m;

    /// <param name="paid">The receipt's open part.</param>
    /// <param name="documents">Of its payer, in its currency.</param>
    public static Matching Match(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        if (documents.All.IsEmpty) return Matching.None;
        var referred = NamedDocuments.OfReferences(paid, documents, settings);
        if (referred is { Closes: true } sure) return One(sure.Match, settings);
        var (closing, named, tooMuch) = NamedDocuments.OfText(paid, documents, settings);
        if (closing.Count > 0) return Read(referred?.Match, closing, tooMuch, settings);
        named = referred?.Match ?? named;
        // A reference with right check digits was not mistyped: where it names nothing that is open, it was meant for something else.
        var elsewhere = paid.NamesSettled || (referred is null && paid.StructuredReferences.Any(reference => CreditorReference.Own(reference) is not null));
        var byAmount = AmountMatches.Of(paid, documents, settings);
        if (!elsewhere && referred is null && Near(paid, byAmount, documents) is { } near) return One(near, settings);
        if (named is not null && NamedDocuments.Netted(paid, documents) is { Count: > 0 } netted)
            return netted is [var less] && byAmount.All(less.SaysAs) ? One(less, settings) : Doubted([.. netted, named, .. byAmount]);
        if (named is not null)
            return byAmount.Count == 0 || (byAmount is [var only] && only.SaysAs(named)) ? One(named, settings) : Doubted([named, .. byAmount]);
        if (byAmount.Count > 0) return elsewhere ? Doubted(byAmount) : Decided(byAmount, settings);
        var (sets, gaveUp) = SetMatches.Of(paid, documents);
        if (sets.Count > 0) return (elsewhere ? Doubted(sets) : Decided(sets, settings)) with { GaveUp = gaveUp };
        if (settings.OldestFirst && Oldest(paid, documents, settings) is { } oldest) return One(oldest, settings) with { GaveUp = gaveUp };
        return Matching.None with { GaveUp = gaveUp };
    }

    /// <summary>The first steps of <see cref="Match"/>, which look at no documents but those that the payer names; null where the amount does not close them.</summary>
    public static Matching? Closed(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        if (NamedDocuments.OfReferences(paid, documents, settings) is { Closes: true } sure) return One(sure.Match, settings);
        var (closing, _, tooMuch) = NamedDocuments.OfText(paid, documents, settings);
        return closing.Count > 0 ? Read(NamedDocuments.OfReferences(paid, documents, settings)?.Match, closing, tooMuch, settings) : null;
    }

    /// <summary>The documents that the payer names, and no others: for those that the amount alone must not speak for.</summary>
    public static Matching Named(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        if (NamedDocuments.OfReferences(paid, documents, settings) is { } referred) return One(referred.Match, settings);
        var (closing, named, tooMuch) = NamedDocuments.OfText(paid, documents, settings);
        return closing.Count > 0 ? Read(null, closing, tooMuch, settings) : named is null ? Matching.None : One(named, settings);
    }

    static Matching One(Match match, MatchSettings settings) =>
        match.Confidence >= settings.LeastOf(match.Rule) ? new Matching(match, [], GaveUp: false) : new Matching(null, [match], GaveUp: false);

    /// <summary>Where the reference names what the text leaves out, both are proposed; where not all readings were tried, nobody knows that there is but one.</summary>
    static Matching Read(Match? referred, IReadOnlyList<Match> closing, bool gaveUp, MatchSettings settings)
    {
        if (referred is not null && !closing.All(match => referred.Parts.All(part => match.Pays(part.Document)))) return Doubted([referred, .. closing]) with { GaveUp = gaveUp };
        return gaveUp ? Doubted(closing) with { GaveUp = true } : Decided(closing, settings);
    }

    static Matching Decided(IReadOnlyList<Match> matches, MatchSettings settings) => matches is [var only] ? One(only, settings) : Doubted(matches);

    static Matching Doubted(IReadOnlyList<Match> matches) =>
        new(null, [.. matches.OrderByDescending(match => match.Confidence).Select(match => match with { Confidence = match.Confidence * Doubt })], GaveUp: false);

    /// <summary>Of the matches that the amount allows, the only one whose every number stands in the text but for a slip.</summary>
    /// <remarks>None where the text names another document without a slip.</remarks>
    static Match? Near(Remittance paid, IReadOnlyList<Match> byAmount, OpenDocuments documents)
    {
        if (byAmount.Count == 0 || paid.Text.Length == 0) return null;
        var written = NamedPlaces.In(paid.Text, documents);
        byAmount = [.. byAmount.Where(match => written.All(place => place.Meanings.Any(meaning => meaning.All(match.Pays))))];
        var near = byAmount.Where(match => match.Parts.All(part => NearNumbers.IsIn(paid.Text, part.Document.Number))).ToList();
        return near is [var only] ? only with { Confidence = ByNearNumber, Evidence = only.Evidence + " ≈" } : null;
    }

    static Match? Oldest(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var parts = Closing.InOrder(paid.Amount, documents.All, settings);
        return parts.IsEmpty ? null : new Match(MatchRule.OldestFirst, ByDueDate, parts, parts[0].Document.Number);
    }
}

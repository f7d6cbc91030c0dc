using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>Matches by what the payer said: a structured reference, or numbers in the text.</summary>
static class NamedDocuments
{
    const decimal ByReference = 1m;
    const decimal ByReferenceInPart = 0.97m;
    const decimal ByText = 0.99m;
    const decimal ByTextInPart = 0.93m;

    /// <summary>What is lacking is a credit note to the cent.</summary>
    const decimal ByTextNetted = 0.95m;

    /// <summary>Several named invoices and too little money: nobody knows which of them is short.</summary>
    const decimal Unshared = 0.5m;

    const decimal MuchMore = 1.25m;

    /// <summary>How many combinations of uncertain places are tried.</summary>
    const int MostTried = 4000;

    /// <summary>So many readings that fit alike are told to whoever must choose.</summary>
    const int MostFound = 10;

    /// <summary>The match of the structured references, whatever the amount; null when they name none of these documents.</summary>
    public static (Match Match, bool Closes)? OfReferences(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var named = new List<OpenDocument>();
        foreach (var reference in paid.StructuredReferences)
        {
            if (PaymentReferences.DocumentsOf(reference, documents.References) is not [var only] || documents.At(only) is not { } document) continue;
            if (!named.Contains(document)) named.Add(document);
        }

        return named.Count == 0 ? null : Of(MatchRule.CreditorReference, paid, named, (ByReference, ByReferenceInPart), settings);
    }

    /// <summary>The matches of the text that close what they name: none, the one, or several that fit equally well; and whether some were left untried.</summary>
    public static (IReadOnlyList<Match> Closing, Match? Open, bool GaveUp) OfText(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var places = NamedPlaces.In(paid.Text, documents);
        if (places.Count == 0) return ([], null, false);
        var search = new Combinations(paid.Amount, places, settings);
        search.Try(0, [], 0, 0);
        if (search.Found.Count > 0)
        {
            var closing = search.Found.Values.Select(set => new Match(MatchRule.RemittanceText, ByText, Closing.Parts(search.Best, paid.Amount, set), Evidence(set)));
            return ([.. closing], null, search.GaveUp);
        }

        var certain = places.Where(place => place.IsCertain).SelectMany(place => place.Meanings[0]).Distinct().ToList();
        if (certain.Count == 0) return ([], null, search.GaveUp);
        var match = Of(MatchRule.RemittanceText, paid, certain, (ByText, ByTextInPart), settings).Match;
        // More money than what is certainly named, and a place that may name the rest: nobody knows what that is.
        var isUnclear = paid.Amount > match.Total && places.Any(place => !place.IsCertain);
        return ([], isUnclear ? match with { Confidence = Unshared } : match, search.GaveUp);
    }

    /// <summary>The named documents less a credit note that nobody names and that is just what they lack; one for each such credit note.</summary>
    public static IReadOnlyList<Match> Netted(Remittance paid, OpenDocuments documents)
    {
        var named = NamedPlaces.In(paid.Text, documents).Where(place => place.IsCertain).SelectMany(place => place.Meanings[0]).Distinct().ToList();
        var lacks = named.Sum(document => document.Open) - paid.Amount;
        if (lacks <= 0) return [];
        return
        [
            .. documents.All.Where(document => document.Open == -lacks && !named.Contains(document)).Select(note => new Match(
                MatchRule.RemittanceText, ByTextNetted, Closing.Parts(Fit.Exact, paid.Amount, [.. named, note]), Evidence(named.Append(note)))),
        ];
    }

    static (Match Match, bool Closes) Of(
        MatchRule rule, Remittance paid, List<OpenDocument> named, (decimal Closing, decimal InPart) confidence, MatchSettings settings)
    {
        var fit = Closing.Of(paid.Amount, named, settings);
        if (fit != Fit.None) return (new Match(rule, confidence.Closing, Closing.Parts(fit, paid.Amount, named), Evidence(named)), true);
        var owed = named.Sum(document => document.Open);
        // Much more money than several numbers come to was meant for others beside: those between them, or one that was not read.
        var sure = named.Count > 1 && (paid.Amount < owed || paid.Amount > owed * MuchMore) ? Unshared : confidence.InPart;
        return (new Match(rule, sure, Closing.InOrder(paid.Amount, named, settings), Evidence(named)), false);
    }

    static string Evidence(IEnumerable<OpenDocument> named) => string.Join(", ", named.Select(document => document.Number));

    /// <summary>Tries which of the places, in which of their meanings, the amount closes.</summary>
    sealed class Combinations(long amount, IReadOnlyList<NamedPlace> places, MatchSettings settings)
    {
        readonly long[] most = Ahead(places, document => Math.Max(0, document.Open));
        readonly long[] least = Ahead(places, document => Math.Min(0, document.Open));
        int tried;

        /// <summary>Not all combinations were tried: another may fit as well.</summary>
        public bool GaveUp => tried > MostTried;

        public Fit Best { get; private set; } = Fit.None;

        /// <summary>The sets that fit as well as the best does, by their documents' numbers.</summary>
        public Dictionary<string, ImmutableArray<OpenDocument>> Found { get; } = new(StringComparer.Ordinal);

        public void Try(int at, ImmutableArray<OpenDocument> chosen, long open, long payable)
        {
            // What can reach the amount no more is not gone through: who leaves one of many out is found at once.
            if (open + most[at] < amount || (payable + least[at] > amount && open + least[at] - settings.Tolerance > amount)) return;
            if (GaveUp || ++tried > MostTried) return;
            if (at == places.Count)
            {
                Weigh(chosen, open, payable);
                return;
            }

            foreach (var meaning in places[at].Meanings)
            {
                var added = meaning.RemoveAll(chosen.Contains);
                Try(at + 1, chosen.AddRange(added), open + added.Sum(document => document.Open), payable + added.Sum(document => document.Payable));
            }

            if (!places[at].IsCertain) Try(at + 1, chosen, open, payable);
        }

        /// <summary>What the places from each on can add at most.</summary>
        static long[] Ahead(IReadOnlyList<NamedPlace> places, Func<OpenDocument, long> of)
        {
            var ahead = new long[places.Count + 1];
            for (var at = places.Count - 1; at >= 0; at--)
                ahead[at] = ahead[at + 1] + places[at].Meanings.SelectMany(meaning => meaning).Distinct().Sum(of);
            return ahead;
        }

        void Weigh(ImmutableArray<OpenDocument> chosen, long open, long payable)
        {
            var fit = chosen.IsEmpty ? Fit.None : Closing.Of(amount, open, payable, settings);
            if (fit == Fit.None || fit > Best) return;
            if (fit < Best) Found.Clear();
            Best = fit;
            if (Found.Count < MostFound) Found.TryAdd(string.Join('\n', chosen.Select(document => document.Number).Order(StringComparer.Ordinal)), chosen);
        }
    }
}

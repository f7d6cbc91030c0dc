using System.Collections.Immutable;
using System.Globalization;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>Matches by the amount alone, where the payer is known.</summary>
static class AmountMatches
{
    const decimal One = 0.95m;
    const decimal All = 0.97m;
    const decimal PastDue = 0.95m;
    const decimal UpToDay = 0.95m;

    /// <summary>One invoice short of it by a tolerable rest: nearly as sure as one that fits.</summary>
    const decimal Short = 0.92m;

    /// <summary>The different ways in which the amount can be explained, in the cascade's order. More than one is an ambiguity.</summary>
    public static IReadOnlyList<Match> Of(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var matches = Ones(paid.Amount, documents, settings).Select(document => OfOne(paid.Amount, document, settings)).ToList();
        matches.AddRange(Sums(paid, documents, settings).Where(match => !matches.Any(match.SaysAs)));
        return matches;
    }

    /// <summary>Of several invoices with this amount nobody knows which is paid. The one that is due before all else is where the house says so, or where a payer who
    /// writes no number cannot have meant the others: they were written on the day of the money.</summary>
    public static IReadOnlyList<Match> BeforeTwins(IReadOnlyList<Match> matches, Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        if (matches.Count < 2 || Sums(paid, documents, settings) is not [var first] || !matches.Any(first.SaysAs)) return matches;
        var unknown = !paid.Text.Any(char.IsDigit) && matches.All(match => first.SaysAs(match) || (match.Parts is [var only] && only.Document.Date >= paid.Date));
        return settings.OldestFirst || unknown ? [first] : matches;
    }

    /// <summary>All that is open, all that is past due, all up to a day.</summary>
    static List<Match> Sums(Remittance paid, OpenDocuments documents, MatchSettings settings)
    {
        var found = new List<Match>();
        Add(found, paid, MatchRule.Balance, All, documents.All, settings);
        Add(found, paid, MatchRule.PastDueBalance, PastDue, documents.All.RemoveAll(document => document.DueDate >= paid.Date), settings);
        foreach (var prefix in UpToOneDay(paid.Amount, documents)) Add(found, paid, MatchRule.UpToDay, UpToDay, prefix, settings);
        return found;
    }

    static List<OpenDocument> Ones(long amount, OpenDocuments documents, MatchSettings settings)
    {
        var best = Fit.None;
        var ones = new List<OpenDocument>();
        foreach (var document in documents.All)
        {
            var fit = Closing.Of(amount, document.Open, document.Payable, settings);
            if (fit == Fit.None || fit > best) continue;
            if (fit < best) ones.Clear();
            best = fit;
            ones.Add(document);
        }

        return ones;
    }

    static Match OfOne(long amount, OpenDocument document, MatchSettings settings)
    {
        var fit = Closing.Of(amount, document.Open, document.Payable, settings);
        return new Match(MatchRule.ExactAmount, fit == Fit.WithinTolerance ? Short : One, Closing.Parts(fit, amount, [document]), document.Number);
    }

    static void Add(List<Match> found, Remittance paid, MatchRule rule, decimal confidence, ImmutableArray<OpenDocument> documents, MatchSettings settings)
    {
        var fit = Closing.Of(paid.Amount, documents, settings);
        // A tolerance on many documents would explain nearly anything.
        if (fit is Fit.None or Fit.WithinTolerance) return;
        var evidence = string.Create(CultureInfo.InvariantCulture, $"{documents.Length} × ≤ {documents.Max(document => document.Date):yyyy-MM-dd}");
        var match = new Match(rule, confidence, Closing.Parts(fit, paid.Amount, documents), evidence);
        if (!found.Any(match.SaysAs)) found.Add(match);
    }

    /// <summary>The beginnings of the list by document day whose sum is the amount.</summary>
    static IEnumerable<ImmutableArray<OpenDocument>> UpToOneDay(long amount, OpenDocuments documents)
    {
        var byDay = documents.All.Sort((left, right) => left.Date.CompareTo(right.Date));
        var (open, payable) = (0L, 0L);
        for (var at = 0; at < byDay.Length; at++)
        {
            (open, payable) = (open + byDay[at].Open, payable + byDay[at].Payable);
            var endsDay = at + 1 == byDay.Length || byDay[at + 1].Date > byDay[at].Date;
            if (endsDay && (amount == open || amount == payable)) yield return byDay[..(at + 1)];
        }
    }
}

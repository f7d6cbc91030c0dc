using System.Collections.Immutable;

namespace Aval.Cash.Rules;

/// <summary>What money brought with it that tells of its payer, once somebody has said who that is.</summary>
/// <param name="Origin">The receipt that the money came as, which is also its bank line's number.</param>
/// <param name="Account">The other side's, in capitals, letters and digits; null when it is not told.</param>
/// <param name="Name">The other side's; null when it is not told.</param>
/// <param name="Text">All that the payer wrote.</param>
/// <param name="Documents">Invoices that the text names just as we write them.</param>
public sealed record Teaching(string Origin, string? Account, string? Name, string Text, IReadOnlyList<string> Documents)
{
    /// <summary>What is learned when a person has said whose the money is.</summary>
    /// <param name="known">The payer's own names: they need no lesson.</param>
    /// <param name="matched">Numbers of documents that the money has paid.</param>
    public ImmutableArray<Taught> OfPayer(IEnumerable<string> known, IEnumerable<string> matched)
    {
        var learned = ImmutableArray.CreateBuilder<Taught>();
        if (Account is { } account) learned.Add(new(LessonKind.Account, account));
        if (Name is not null && PayerFinder.Bare(Name) is { Length: > 0 } bare && !known.Any(name => PayerFinder.Bare(name) == bare)) learned.Add(new(LessonKind.Name, bare));
        foreach (var word in WrittenWords.Telling(Text, [.. Documents, .. matched]))
        {
            learned.Add(new(LessonKind.Word, word));
            if (WrittenWords.StyleOf(word) is { } style && !learned.Contains(new(LessonKind.Style, style))) learned.Add(new(LessonKind.Style, style));
        }

        return learned.ToImmutable();
    }

    /// <summary>What is learned when a person has said which invoices were meant: how the payer writes their numbers.</summary>
    public static ImmutableArray<Taught> OfInvoices(string text, IEnumerable<string> invoices) =>
        [.. invoices.Select(invoice => NumberForm.Of(text, invoice)).OfType<string>().Distinct(StringComparer.Ordinal).Select(form => new Taught(LessonKind.NumberForm, form))];
}

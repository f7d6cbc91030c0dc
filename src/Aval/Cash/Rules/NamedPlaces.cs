using System.Collections.Immutable;
using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>A place in what the payer wrote, and the sets of documents that it may stand for.</summary>
/// <param name="IsCertain">Whether it stands for one of them without an amount that says so.</param>
/// <param name="IsDistinct">Whether a number stands there that is long enough to be no accident.</param>
sealed record NamedPlace(ImmutableArray<ImmutableArray<OpenDocument>> Meanings, bool IsCertain, bool IsDistinct)
{
    public bool MayBe(Match match) => Meanings.Any(meaning => meaning.All(match.Pays));
}

/// <summary>Reads the places of a text that name open documents of a payer.</summary>
static class NamedPlaces
{
    const int MostMentions = 256;
    const int LongestRange = 200;

    public static IReadOnlyList<NamedPlace> In(string text, OpenDocuments documents)
    {
        Span<Mention> found = stackalloc Mention[MostMentions];
        var count = documents.References.Find(text, found);
        var places = new List<NamedPlace>();
        for (var from = 0; from < count;)
        {
            var until = from + 1;
            while (until < count && found[until].Place == found[from].Place) until++;
            var before = from > 0 ? found[from - 1] : default;
            if (Of(found[from..until], from > 0 ? before : null, documents) is { Meanings.IsEmpty: false } place) places.Add(place);
            from = until;
        }

        return places;
    }

    static NamedPlace Of(ReadOnlySpan<Mention> mentions, Mention? before, OpenDocuments documents)
    {
        var meanings = ImmutableArray.CreateBuilder<ImmutableArray<OpenDocument>>();
        var ofOrder = ImmutableArray.CreateBuilder<OpenDocument>();
        var (certain, distinct) = (false, false);
        // A number written in full leaves no room for one that only ends alike.
        var fullest = Spelling.Order;
        foreach (var mention in mentions)
            if (mention.Spelling < fullest && documents.At(mention.Document) is not null) fullest = mention.Spelling;
        foreach (var mention in mentions)
        {
            if (documents.At(mention.Document) is not { } document) continue;
            if (mention.IsCertain) certain = true;
            if (mention.IsDistinct) distinct = true;
            if (mention.Spelling == Spelling.Order) ofOrder.Add(document);
            else if (mention.Spelling == fullest || mention.Spelling == Spelling.Shortened) meanings.Add([document]);
        }

        if (before is { } from && mentions[0].EndsRange && documents.At(from.Document) is { } first && documents.At(mentions[0].Document) is { } last
            && Range(first, last, documents) is { } range)
            meanings.Add(range);
        if (ofOrder.Count > 0) meanings.Add(ofOrder.ToImmutable());
        if (ofOrder.Count > 1) meanings.AddRange(ofOrder.Select(document => ImmutableArray.Create(document)));
        return new NamedPlace(meanings.ToImmutable(), certain && meanings.Count == 1, distinct);
    }

    /// <summary>The documents after the first, up to the last, whose numbers begin alike; null when that is no range.</summary>
    static ImmutableArray<OpenDocument>? Range(OpenDocument first, OpenDocument last, OpenDocuments documents)
    {
        if (Counted(first.Number) is not { } from || Counted(last.Number) is not { } to || from.Head != to.Head) return null;
        if (to.Count <= from.Count + 1 || to.Count - from.Count > LongestRange) return null;
        return [.. documents.All.Where(document => Counted(document.Number) is { } own && own.Head == from.Head && own.Count > from.Count && own.Count <= to.Count)];
    }

    static (string Head, long Count)? Counted(string number)
    {
        var digits = number.Length;
        while (digits > 0 && char.IsAsciiDigit(number[digits - 1])) digits--;
        return long.TryParse(number.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (number[..digits], count) : null;
    }
}

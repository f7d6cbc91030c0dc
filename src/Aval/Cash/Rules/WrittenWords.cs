using System.Collections.Immutable;
using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>The words of what a payer wrote that tell who it is: numbers that it gives itself or us, and no document of ours.</summary>
/// <remarks>A day, an amount, a short number or a creditor reference tells nobody: each may stand in anybody's text.</remarks>
public static class WrittenWords
{
    const int Most = 8;

    /// <summary>A run of so many digits is nobody else's by accident.</summary>
    const int ShortestRun = 5;
    const int LongestWord = 35;
    const int ShortestPrefix = 2;
    static readonly char[] Between = [' ', '\t', '\r', '\n', ',', ';', '|', '·', '(', ')', '"', '='];
    static readonly string[] Days = ["yyyyMMdd", "ddMMyyyy", "ddMMyy", "yyMMdd"];

    /// <summary>All words, without the signs around them.</summary>
    public static IEnumerable<string> In(string text) =>
        text.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ':', '-', '/', '#', '*', '\'').ToUpperInvariant()).Where(word => word.Length > 0);

    /// <summary>Those that may be learned, at most eight.</summary>
    /// <param name="documents">Numbers of documents that the text names.</param>
    public static ImmutableArray<string> Telling(string text, IReadOnlyList<string> documents)
    {
        var numbers = documents.Select(DigitsOf).Where(digits => digits.Length > 0).ToList();
        return [.. In(text).Where(word => Tells(word) && !numbers.Exists(number => IsPartOf(DigitsOf(word), number))).Distinct(StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>How a word looks that begins with letters of its own: each digit is a <c>#</c>; null for one that does not.</summary>
    public static string? StyleOf(string word)
    {
        var prefix = word.TakeWhile(char.IsLetter).Count();
        return prefix < ShortestPrefix || AnnouncingWords.AnnounceNumber(word.AsSpan(0, prefix))
            ? null
            : new string([.. word.Select(sign => char.IsAsciiDigit(sign) ? '#' : sign)]);
    }

    static bool Tells(string word)
    {
        if (word.Length > LongestWord || word.StartsWith("RF", StringComparison.Ordinal) || IsAmount(word)) return false;
        var (run, longest, at) = (0, 0, 0);
        for (var i = 0; i < word.Length; i++)
        {
            run = char.IsAsciiDigit(word[i]) ? run + 1 : 0;
            if (run > longest) (longest, at) = (run, i + 1 - run);
        }

        return longest >= ShortestRun && !IsDay(word.Substring(at, longest));
    }

    static bool IsDay(string digits) => DateOnly.TryParseExact(digits, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary><c>1.234,50</c>, <c>1234.50EUR</c>.</summary>
    static bool IsAmount(string word)
    {
        var mark = word.LastIndexOfAny(['.', ',']);
        return mark > 0 && word.Length - mark > 2 && char.IsAsciiDigit(word[mark + 1]) && char.IsAsciiDigit(word[mark + 2])
            && word[(mark + 3)..].All(char.IsLetter) && word[..mark].All(sign => char.IsAsciiDigit(sign) || sign is '.' or ',' or '\'');
    }

    static bool IsPartOf(string one, string other) => one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal);

    static string DigitsOf(string text) => new([.. text.Where(char.IsAsciiDigit)]);
}

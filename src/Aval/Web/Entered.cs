using System.Globalization;

namespace Aval.Web;

/// <summary>What people type into fields, read as they write it.</summary>
public static class Entered
{
    /// <summary>An amount or a rate, with the thousands and the decimal point of the visitor's language or any other that can be told apart; null when it is none.</summary>
    /// <remarks><c>1.234</c> is a thousand for who writes German and little more than one for who writes English; <c>1.234,5</c> and <c>1,234.5</c> are the same to all.</remarks>
    public static decimal? Number(string? text)
    {
        if (text is null) return null;
        var bare = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign is not ('\'' or '’'))).Replace('\u2212', '-');
        var point = PointIn(bare);
        var whole = point < 0 ? bare : bare[..point];
        if (!IsGrouped(whole.TrimStart('-', '+'))) return null;
        var plain = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + (point < 0 ? "" : "." + bare[(point + 1)..]);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Where the decimals begin; -1 when there are none.</summary>
    static int PointIn(string text)
    {
        var (first, last) = (text.IndexOfAny(['.', ',']), text.LastIndexOfAny(['.', ',']));
        if (last < 0) return -1;
        if (text.Contains('.', StringComparison.Ordinal) && text.Contains(',', StringComparison.Ordinal)) return last;
        if (first != last) return -1;
        var isGroup = Tongue.Current.Numbers.NumberGroupSeparator[0] == text[last] && text.Length - last == 4 && text[..last].TrimStart('-', '+').Length is > 0 and < 4;
        return isGroup ? -1 : last;
    }

    /// <summary>Digits alone, or thousands that are set apart with one sign throughout.</summary>
    static bool IsGrouped(string whole)
    {
        if (whole.IndexOfAny(['.', ',']) is var at && at < 0) return whole.All(char.IsAsciiDigit);
        var groups = whole.Split(whole[at]);
        return groups[0].Length is > 0 and < 4 && groups.All(group => group.All(char.IsAsciiDigit)) && groups.Skip(1).All(group => group.Length == 3);
    }
}

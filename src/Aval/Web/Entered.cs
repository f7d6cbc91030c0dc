using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Aval.Web;

/// <summary>What people type into fields, read as they write it.</summary>
public static class Entered
{
    /// <summary>An amount or a rate, with the thousands and the decimal point of the visitor's language or any other that can be told apart; null when it is none.</summary>
    /// <remarks><c>1.234</c> is a thousand for who writes German and little more than one for who writes English; <c>1.234,5</c> and <c>1,234.5</c> are the same to all.</remarks>
    public static decimal? Number(string? text) => Read(text, Tongue.Current.Numbers.NumberGroupSeparator[0]);

    /// <summary>The same of what may have been written in any language, as in a spreadsheet; null also where it may be read in two ways, and below zero.</summary>
    /// <remarks>One sign alone before three figures says nothing, and an order a thousand times too large is no slip that anybody wants.</remarks>
    public static decimal? Certain(string? text) => Read(text, ',') is >= 0 and var one && Read(text, '.') == one ? one : null;

    /// <summary>A day as fields of dates send it; null when it is none.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A field of a form, trimmed; null when it is absent or empty.</summary>
    public static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <param name="group">What sets thousands apart where nothing else tells it.</param>
    static decimal? Read(string? text, char group)
    {
        if (text is null) return null;
        var bare = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign is not ('\'' or '’' or '%'))).Replace('\u2212', '-');
        var point = PointIn(bare, group);
        var whole = point < 0 ? bare : bare[..point];
        if (!IsGrouped(whole.TrimStart('-', '+'))) return null;
        var plain = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + (point < 0 ? "" : "." + bare[(point + 1)..]);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Where the decimals begin; -1 when there are none.</summary>
    static int PointIn(string text, char group)
    {
        var (first, last) = (text.IndexOfAny(['.', ',']), text.LastIndexOfAny(['.', ',']));
        if (last < 0) return -1;
        if (text.Contains('.', StringComparison.Ordinal) && text.Contains(',', StringComparison.Ordinal)) return last;
        if (first != last) return -1;
        var isGroup = group == text[last] && text.Length - last == 4 && text[..last].TrimStart('-', '+') is { Length: > 0 and < 4 } and not "0";
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

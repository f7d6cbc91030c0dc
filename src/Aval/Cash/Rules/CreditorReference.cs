namespace Aval.Cash.Rules;

/// <summary>The structured creditor reference of ISO 11649: <c>RF</c>, two check digits, and up to 21 letters and digits that the creditor chose.</summary>
public static class CreditorReference
{
    const int Longest = 25;
    const int Head = 4;

    /// <summary>What the creditor chose, upper case, when the text is a reference with right check digits; else null. Blanks between groups are allowed.</summary>
    public static string? Read(string text)
    {
        Span<char> said = stackalloc char[Longest];
        var length = 0;
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter)) continue;
            if (length == Longest || !char.IsAsciiLetterOrDigit(letter)) return null;
            said[length++] = char.ToUpperInvariant(letter);
        }

        said = said[..length];
        if (length <= Head || !said.StartsWith("RF") || !char.IsAsciiDigit(said[2]) || !char.IsAsciiDigit(said[3])) return null;
        return Remainder(said[Head..], said[..Head]) == 1 ? new string(said[Head..]) : null;
    }

    /// <summary>The reference under which a creditor asks to be paid; null when the number has no letter or digit, or more than 21.</summary>
    public static string? Of(string number)
    {
        var chosen = new string([.. number.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        if (chosen.Length is 0 or > Longest - Head) return null;
        return $"RF{98 - Remainder(chosen, "RF00"):00}{chosen}";
    }

    /// <summary>ISO 7064, MOD 97-10: letters count as 10 to 35.</summary>
    static int Remainder(ReadOnlySpan<char> chosen, ReadOnlySpan<char> head)
    {
        var rest = 0;
        foreach (var letter in chosen) rest = Next(rest, letter);
        foreach (var letter in head) rest = Next(rest, letter);
        return rest;
    }

    static int Next(int rest, char letter) =>
        char.IsAsciiDigit(letter) ? ((rest * 10) + (letter - '0')) % 97 : ((rest * 100) + (letter - 'A' + 10)) % 97;
}

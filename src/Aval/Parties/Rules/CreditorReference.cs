namespace Aval.Parties.Rules;

/// <summary>Structured creditor references (ISO 11649): <c>RF</c>, two check digits, and up to 21 letters and digits of the seller's own.</summary>
public static class CreditorReference
{
    const int Longest = 21;
    const string Scheme = "RF";

    /// <summary>The reference, in its electronic form, under which an invoice of this number is paid: 2348231 gives RF712348231.</summary>
    /// <remarks>Whatever is no letter or digit is left out of the number, which is written in capitals.</remarks>
    /// <exception cref="ArgumentException">The number has no letter or digit, or more than 21 of them.</exception>
    public static string Create(string number)
    {
        var own = string.Concat(number.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        if (own.Length is 0 or > Longest) throw new ArgumentException($"'{number}' does not fit a creditor reference", nameof(number));
        var check = 98 - CheckDigits.Mod97("RF00", CheckDigits.Mod97(own));
        return $"{Scheme}{check:00}{own}";
    }

    /// <summary>Whether the text, printed in groups or not, is a reference whose check digits agree.</summary>
    public static bool Verify(string? text) => Own(text) is not null;

    /// <summary>What the seller chose, in capitals, of a text that is such a reference; else null.</summary>
    public static string? Own(string? text)
    {
        var reference = text?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() ?? "";
        return reference.Length is > 4 and <= 4 + Longest
            && reference.StartsWith(Scheme, StringComparison.Ordinal)
            && char.IsAsciiDigit(reference[2]) && char.IsAsciiDigit(reference[3])
            && reference.All(char.IsAsciiLetterOrDigit)
            && CheckDigits.Mod97(reference.AsSpan(0, 4), CheckDigits.Mod97(reference.AsSpan(4))) == 1
                ? reference[4..]
                : null;
    }
}

namespace Aval.Parties.Rules;

/// <summary>Legal entity identifiers (ISO 17442): 18 letters and digits and two check digits.</summary>
public static class Lei
{
    const int Length = 20;

    /// <summary>Whether the text, in any case and without blanks around it, is an identifier whose check digits agree.</summary>
    /// <remarks>Says nothing about registration. Check digits: ISO/IEC 7064 MOD 97-10 over the whole.</remarks>
    public static bool IsValid(string? text)
    {
        var lei = text?.Trim().ToUpperInvariant() ?? "";
        return lei.Length == Length
            && lei.All(char.IsAsciiLetterOrDigit)
            && lei.AsSpan(Length - 2).IndexOfAnyExceptInRange('0', '9') < 0
            && CheckDigits.Mod97(lei) == 1;
    }
}

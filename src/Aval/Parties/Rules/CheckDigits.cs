namespace Aval.Parties.Rules;

/// <summary>The arithmetic that check digits are made of; callers have made sure that the text is digits, or capitals and digits.</summary>
static class CheckDigits
{
    /// <summary>Each digit times its weight, added up; digits beyond the weights do not count.</summary>
    public static int WeightedSum(ReadOnlySpan<char> digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var at = 0; at < weights.Length; at++) sum += Digit(digits[at]) * weights[at];
        return sum;
    }

    /// <summary>ISO/IEC 7812-1, annex B: every second digit from the right but one is doubled, its digits are added.</summary>
    public static int LuhnSum(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = Digit(digits[^(at + 1)]);
            sum += at % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }

        return sum;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10 over digits of which the last is the check digit.</summary>
    public static bool IsMod11And10(ReadOnlySpan<char> digits)
    {
        var check = 5;
        foreach (var digit in digits) check = ((check == 0 ? 10 : check) * 2 % 11 + Digit(digit)) % 10;
        return check == 1;
    }

    /// <summary>ISO/IEC 7064 MOD 97-10: the remainder of the text read as a number, letters being 10 (A) to 35 (Z).</summary>
    public static int Mod97(ReadOnlySpan<char> text, int before = 0)
    {
        var remainder = before;
        foreach (var letter in text)
        {
            remainder = char.IsAsciiDigit(letter) ? (remainder * 10 + Digit(letter)) % 97 : (remainder * 100 + letter - 'A' + 10) % 97;
        }

        return remainder;
    }

    public static int Digit(char digit) => digit - '0';
}

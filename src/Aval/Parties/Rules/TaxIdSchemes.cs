using System.Globalization;
using static Aval.Parties.Rules.CheckDigits;

namespace Aval.Parties.Rules;

/// <summary>The check-digit schemes that take more than a line, one a kind of number; each is given a number of the right form.</summary>
static class TaxIdSchemes
{
    public static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    public static bool BulgarianFirm(string n)
    {
        var check = WeightedSum(n, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        if (check == 10) check = WeightedSum(n, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10;
        return check == Digit(n[8]);
    }

    /// <summary>A citizen, a foreign resident or another person.</summary>
    /// <remarks>A citizen's third and fourth digits are the month of birth, to which 20 or 40 is added for its century.</remarks>
    public static bool BulgarianPerson(string n) =>
        (Number(n[2..4]) % 20 is >= 1 and <= 12 && WeightedSum(n, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == Digit(n[9]))
        || WeightedSum(n, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10 == Digit(n[9])
        || (11 - WeightedSum(n, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == Digit(n[9]);

    public static bool Cypriot(string n)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        var sum = WeightedSum(n, 0, 1, 0, 1, 0, 1, 0, 1);
        for (var at = 0; at < 8; at += 2) sum += odd[Digit(n[at])];
        return 'A' + sum % 26 == n[8];
    }

    public static bool CzechFirm(string n) => (11 - WeightedSum(n, 8, 7, 6, 5, 4, 3, 2) % 11) % 10 == Digit(n[7]);

    /// <summary>A person who has no birth number.</summary>
    public static bool CzechSpecial(string n) => (18 - (21 - WeightedSum(n, 0, 8, 7, 6, 5, 4, 3, 2) % 11) % 11) % 10 == Digit(n[8]);

    /// <summary>Birth numbers of nine digits carry no check digit.</summary>
    public static bool CzechBornBefore1954(string n) => Number(n[2..4]) % 50 is >= 1 and <= 12;

    /// <summary>Until 1985 a remainder of 10 was written as 0.</summary>
    public static bool CzechPerson(string n)
    {
        var check = Number(n[..9]) % 11;
        return check == Digit(n[9]) || (check == 10 && n[9] == '0' && Number(n[..2]) is >= 54 and < 85);
    }

    /// <summary>Some kinds of entity close with a digit, some with a letter, the others with either.</summary>
    public static bool SpanishFirm(string n)
    {
        var check = (10 - LuhnSum($"{n[1..8]}0") % 10) % 10;
        var digit = '0' + check == n[8];
        var letter = "JABCDEFGHI"[check] == n[8];
        return n[0] switch
        {
            'A' or 'B' or 'E' or 'H' => digit,
            'N' or 'P' or 'Q' or 'R' or 'S' or 'W' => letter,
            _ => digit || letter,
        };
    }

    /// <summary>A citizen (eight digits), a foreigner (X, Y, Z for 0, 1, 2) or a person without an identity card (K, L, M).</summary>
    public static bool SpanishPerson(string n)
    {
        var number = n[0] switch { 'X' or 'K' or 'L' or 'M' => 0, 'Y' => 1, 'Z' => 2, var digit => Digit(digit) } * 10_000_000 + Number(n[1..8]);
        return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == n[8];
    }

    /// <summary>The nine digits of the firm follow Luhn; Monaco's begin with 000 and do not.</summary>
    public static bool FrenchNumericKey(string n) => FrenchFirm(n) && Mod97("12", Mod97(n.AsSpan(2))) == Number(n[..2]);

    public static bool FrenchLetterKey(string n)
    {
        const string letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        var (first, second) = (letters.IndexOf(n[0], StringComparison.Ordinal), letters.IndexOf(n[1], StringComparison.Ordinal));
        var key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
        return FrenchFirm(n) && (Number(n[2..]) + 1 + key / 11) % 11 == key % 11;
    }

    static bool FrenchFirm(string n) => n.AsSpan(2).StartsWith("000") || LuhnSum(n.AsSpan(2)) % 10 == 0;

    /// <summary>Older numbers are written without their leading zero.</summary>
    public static bool Greek(string n)
    {
        var full = n.PadLeft(9, '0');
        return WeightedSum(full, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == Digit(full[8]);
    }

    public static bool Irish(string n) => IrishLetter(n[..7], n.Length == 9 ? n[8] : 'W') == n[7];

    /// <summary>A letter or sign stood second until 2013; its place counts nothing and the first digit moves to the end.</summary>
    public static bool IrishOld(string n) => IrishLetter($"0{n[2..7]}{n[0]}", 'W') == n[7];

    static char IrishLetter(string digits, char last)
    {
        const string letters = "WABCDEFGHIJKLMNOPQRSTUV";
        return letters[(WeightedSum(digits, 8, 7, 6, 5, 4, 3, 2) + 9 * letters.IndexOf(last, StringComparison.Ordinal)) % 23];
    }

    /// <summary>Nine digits for a firm, twelve for one registered for a time.</summary>
    public static bool Lithuanian(string n)
    {
        ReadOnlySpan<int> first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], second = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4];
        var check = WeightedSum(n, first[..(n.Length - 1)]) % 11;
        if (check == 10) check = WeightedSum(n, second[..(n.Length - 1)]) % 11 % 10;
        return check == Digit(n[^1]);
    }

    public static bool LatvianFirm(string n) => WeightedSum(n, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3;

    public static bool LatvianPerson(string n) => (1 + WeightedSum(n, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10 == Digit(n[10]);

    /// <summary>Weights for a firm; ISO/IEC 7064 over the whole, prefix included, for sole traders since 2020. Leading zeros may be lost.</summary>
    public static bool Dutch(string n)
    {
        var full = n.PadLeft(12, '0');
        return WeightedSum(full, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 || Mod97(full, Mod97("NL")) == 1;
    }

    public static bool RomanianFirm(string n) => WeightedSum(n.PadLeft(10, '0'), 7, 5, 3, 2, 1, 7, 5, 3, 2) * 10 % 11 % 10 == Digit(n[^1]);

    public static bool RomanianPerson(string n)
    {
        var check = WeightedSum(n, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return (check == 10 ? 1 : check) == Digit(n[12]);
    }

    /// <summary>A remainder that would need the check digit 11 is never given out.</summary>
    public static bool Slovenian(string n)
    {
        var check = 11 - WeightedSum(n, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 10 ? 0 : check) == Digit(n[7]);
    }

    /// <summary>Numbers from 100 on may also follow the newer scheme, which is 55 further.</summary>
    public static bool BritishTrader(string n)
    {
        var rest = WeightedSum(n, 8, 7, 6, 5, 4, 3, 2, 10, 1) % 97;
        return rest == 0 || (rest is 42 or 55 && Number(n[..3]) >= 100);
    }

    public static bool Swiss(string n) => WeightedSum(n, 0, 5, 4, 3, 2, 7, 6, 5, 4, 1) % 11 == 0;
}

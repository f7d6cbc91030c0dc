using System.Globalization;

namespace Aval.Simulation;

/// <summary>Invented VAT ids whose check digits are right, by each country's published algorithm.</summary>
static class VatIds
{
    /// <summary>The VAT id built from eight digits of chance (0 to 99999999); null where the country has none (US).</summary>
    public static string? Of(string country, int digits) => country switch
    {
        "FR" => French(Text(digits, 8)),
        "DE" => "DE" + WithModulo11Of10(Text(digits, 8)),
        "BE" => Belgian("0" + Text(digits % 10_000_000, 7)),
        "ES" => "ESB" + WithLuhn(Text(digits % 10_000_000, 7), doubleFirst: true),
        "IT" => "IT" + WithLuhn(Text(digits % 10_000_000, 7) + "015", doubleFirst: false),
        "NL" => Dutch(digits),
        "GB" => British(Text(digits % 10_000_000, 7)),
        _ => null,
    };

    // The last digit belongs to the checked part everywhere but in NL, where a suffix follows the ninth digit; its neighbour is as good there.
    public static string Spoilt(string vatId)
    {
        var at = vatId.StartsWith("NL", StringComparison.Ordinal) ? 10 : vatId.Length - 1;
        return vatId[..at] + (char)('0' + (vatId[at] - '0' + 1) % 10) + vatId[(at + 1)..];
    }

    // SIREN (Luhn), preceded by the key (12 + 3 × SIREN) mod 97.
    static string French(string eight)
    {
        var siren = WithLuhn(eight, doubleFirst: false);
        return "FR" + Text((12 + 3 * (Number(siren) % 97)) % 97, 2) + siren;
    }

    // 97 minus the first eight digits mod 97.
    static string Belgian(string eight) => "BE" + eight + Text(97 - Number(eight) % 97, 2);

    // Weights 9 to 2, mod 11; a rest of 10 has no digit, so the next number is taken.
    static string Dutch(int digits)
    {
        var eight = Text(digits, 8);
        var rest = Weighted(eight, 9) % 11;
        return rest == 10 ? Dutch((digits + 1) % 100_000_000) : "NL" + eight + Text(rest, 1) + "B01";
    }

    // Weights 8 to 2; what is missing to a multiple of 97.
    static string British(string seven) => "GB" + seven + Text(97 - Weighted(seven, 8) % 97, 2);

    // ISO 7064 MOD 11,10.
    static string WithModulo11Of10(string digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return digits + Text((11 - product) % 10, 1);
    }

    static string WithLuhn(string digits, bool doubleFirst)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] - '0';
            var weighed = i % 2 == (doubleFirst ? 0 : 1) ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return digits + Text((10 - sum % 10) % 10, 1);
    }

    static int Weighted(string digits, int firstWeight) => digits.Select((digit, i) => (digit - '0') * (firstWeight - i)).Sum();
    static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
    static string Text(long value, int width) => value.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using System.Collections.Frozen;
using System.Globalization;

namespace Aval.Parties.Rules;

/// <summary>International bank account numbers (ISO 13616): country, two check digits, and the country's own account number.</summary>
public static class Iban
{
    // The registry of ISO 13616 in its own notation: 8n is eight digits, 4a four capitals, 12c twelve letters or digits. Countries whose
    // banks print numbers of this look without being registered are left out; so are the territories that use the numbers of France.
    const string Registry =
        "AD 8n12c; AE 19n; AL 8n16c; AT 16n; AZ 4a20c; BA 16n; BE 12n; BG 4a6n8c; BH 4a14c; BI 23n; BR 23n1a1c; BY 4c4n16c; CH 5n12c; " +
        "CR 18n; CY 8n16c; CZ 20n; DE 18n; DJ 23n; DK 14n; DO 4c20n; EE 16n; EG 25n; ES 20n; FI 14n; FK 2a12n; FO 14n; FR 10n11c2n; " +
        "GB 4a14n; GE 2a16n; GI 4a15c; GL 14n; GR 7n16c; GT 24c; HN 4a20n; HR 17n; HU 24n; IE 4a14n; IL 19n; IQ 4a3n12c; IS 22n; " +
        "IT 1a10n12c; JO 4a4n18c; KW 4a22c; KZ 3n13c; LB 4n20c; LC 4a24c; LI 5n12c; LT 16n; LU 3n13c; LV 4a13c; LY 21n; MC 10n11c2n; " +
        "MD 20c; ME 18n; MK 3n10c2n; MN 16n; MR 23n; MT 4a5n18c; MU 4a19n3a; NI 4a20n; NL 4a10n; NO 11n; OM 3n16c; PK 4a16c; PL 24n; " +
        "PS 4a21c; PT 21n; QA 4a21c; RO 4a16c; RS 18n; RU 14n15c; SA 2n18c; SC 4a20n3a; SD 14n; SE 20n; SI 15n; SK 20n; SM 1a10n12c; " +
        "SO 19n; ST 21n; SV 4a20n; TL 19n; TN 20n; TR 6n16c; UA 6n19c; VA 18n; VG 4a16n; XK 16n; YE 4a4n18c";

    // One letter of the notation for each character of the country's own number.
    static readonly FrozenDictionary<string, string> Structures = Registry.Split("; ")
        .ToFrozenDictionary(entry => entry[..2], entry => Spread(entry.AsSpan(3)), StringComparer.Ordinal);

    // How people group the digits of a printed number.
    const string Separators = " \u00A0-.";

    /// <summary>The countries that have such numbers.</summary>
    public static IEnumerable<string> Countries => Structures.Keys;

    /// <summary>The electronic form (capitals, nothing between) of a number whose country, length, structure and check digits agree.</summary>
    /// <remarks>Check digits: ISO/IEC 7064 MOD 97-10. The check digits inside a country's own number are not looked at.</remarks>
    public static bool TryParse(string? text, out string iban)
    {
        iban = "";
        var compact = string.Concat((text ?? "").ToUpperInvariant().Where(letter => !Separators.Contains(letter, StringComparison.Ordinal)));
        if (compact.Length < 5 || !Structures.TryGetValue(compact[..2], out var structure)) return false;
        var own = compact.AsSpan(4);
        if (!char.IsAsciiDigit(compact[2]) || !char.IsAsciiDigit(compact[3]) || !Fits(own, structure)) return false;
        if (CheckDigits.Mod97(compact.AsSpan(0, 4), CheckDigits.Mod97(own)) != 1) return false;
        iban = compact;
        return true;
    }

    public static bool IsValid(string? text) => TryParse(text, out _);

    static bool Fits(ReadOnlySpan<char> own, string structure)
    {
        if (own.Length != structure.Length) return false;
        for (var at = 0; at < own.Length; at++)
        {
            var fits = structure[at] switch
            {
                'n' => char.IsAsciiDigit(own[at]),
                'a' => char.IsAsciiLetterUpper(own[at]),
                _ => char.IsAsciiLetterOrDigit(own[at]),
            };
            if (!fits) return false;
        }

        return true;
    }

    static string Spread(ReadOnlySpan<char> notation)
    {
        var spread = "";
        while (!notation.IsEmpty)
        {
            var digits = notation.IndexOfAnyExceptInRange('0', '9');
            spread += new string(notation[digits], int.Parse(notation[..digits], CultureInfo.InvariantCulture));
            notation = notation[(digits + 1)..];
        }

        return spread;
    }
}

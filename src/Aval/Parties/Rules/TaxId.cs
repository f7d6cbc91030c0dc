using System.Buffers;

namespace Aval.Parties.Rules;

/// <summary>What the form and the check digits of a VAT identification number say.</summary>
public enum TaxIdVerdict
{
    Valid,
    Malformed,
    WrongCheckDigit,

    /// <summary>No rule is known for the country, so nothing can be said; never a finding.</summary>
    UnknownCountry,
}

/// <summary>VAT identification numbers of the European Union, Great Britain and Northern Ireland, Switzerland and Norway.</summary>
public static class TaxId
{
    // What people put between the parts of a number. A comma is none: it stands between two numbers.
    const string Separators = " \u00A0.-\u2013/:()";

    // A number of nothing else is judged as it is stated: most are.
    static readonly SearchValues<char> Compacted = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Whether the number has the form and the check digits of its country.</summary>
    /// <param name="country">The customer's country, ISO 3166-1 alpha-2; <c>XI</c> for Northern Ireland is taken as well.</param>
    /// <param name="vatId">With or without its prefix (<c>EL</c> for Greece), in any case; blanks and the usual separators do not count.</param>
    /// <remarks>
    /// A firm may be registered abroad, so a number that carries another country's prefix is read as that country's when it is not one of
    /// its own. Says nothing about registration.
    /// </remarks>
    public static TaxIdVerdict Check(string country, string vatId)
    {
        var id = Compact(vatId);
        var home = TaxIdRules.OfCountry(country);
        var verdict = home is null ? TaxIdVerdict.UnknownCountry : Judge(home, id);
        return verdict != TaxIdVerdict.Valid && IsForeign(id) ? TaxIdVerdict.Valid : verdict;
    }

    static TaxIdVerdict Judge(TaxIdRule rule, string id)
    {
        var number = IsPrefixed(rule, id) ? id[2..] : id;
        var verdict = TaxIdVerdict.Malformed;
        foreach (var (form, agrees) in rule.Forms)
        {
            if (!form.IsMatch(number)) continue;
            if (agrees(number)) return TaxIdVerdict.Valid;
            verdict = TaxIdVerdict.WrongCheckDigit;
        }

        return verdict;
    }

    static bool IsPrefixed(TaxIdRule rule, string id)
    {
        foreach (var prefix in rule.Prefixes)
            if (id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return false;
    }

    static bool IsForeign(string id) =>
        id.Length > 2 && TaxIdRules.OfPrefix(id[..2]) is { } rule && Judge(rule, id) == TaxIdVerdict.Valid;

    static string Compact(string vatId) => !vatId.AsSpan().ContainsAnyExcept(Compacted)
        ? vatId
        : string.Concat(vatId.ToUpperInvariant().Where(letter => !Separators.Contains(letter, StringComparison.Ordinal)));
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;
using static Aval.Parties.Rules.CheckDigits;
using static Aval.Parties.Rules.TaxIdSchemes;

namespace Aval.Parties.Rules;

/// <summary>One form a country's numbers take, without the prefix, and whether the check digits of a number of that form agree.</summary>
readonly record struct TaxIdForm(Regex Form, Func<string, bool> Agrees);

/// <param name="Prefixes">The two letters the number is written with across borders; some countries have two such pairs.</param>
/// <param name="Forms">A number is valid when it is valid in one of them.</param>
sealed record TaxIdRule(string[] Prefixes, TaxIdForm[] Forms);

/// <summary>Country by country: prefix, forms, check digits.</summary>
/// <remarks>
/// Sources: the number structures the European Commission publishes with VIES, and the check-digit rules the tax authorities publish.
/// Where an authority has issued numbers outside its rule, the wider reading is taken: a false alarm holds an order.
/// </remarks>
static class TaxIdRules
{
    static readonly FrozenDictionary<string, TaxIdRule> ByCountry = new Dictionary<string, TaxIdRule>
    {
        ["AT"] = Rule("AT", (@"U\d{8}", n => (LuhnSum(n.AsSpan(1, 7)) + Digit(n[8])) % 10 == 6)),
        ["BE"] = Rule("BE", (@"[01]?\d{9}", n => Mod97(n.AsSpan(0, n.Length - 2)) == 97 - Number(n[^2..]))),
        ["BG"] = Rule("BG", (@"\d{9}", BulgarianFirm), (@"\d{10}", BulgarianPerson)),
        ["CY"] = Rule("CY", (@"(?!12)\d{8}[A-Z]", Cypriot)),
        ["CZ"] = Rule(
            "CZ", (@"[0-8]\d{7}", CzechFirm), (@"6\d{8}", CzechSpecial),
            (@"[0-5]\d[0156]\d[0-3]\d{4}", CzechBornBefore1954), (@"\d{10}", CzechPerson)),
        ["DE"] = Rule("DE", (@"[1-9]\d{8}", n => IsMod11And10(n))),
        ["DK"] = Rule("DK", (@"[1-9]\d{7}", n => WeightedSum(n, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0)),
        ["EE"] = Rule("EE", (@"\d{9}", n => WeightedSum(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0)),
        ["ES"] = Rule("ES", (@"[A-HJNP-SUVW]\d{7}[0-9A-J]", SpanishFirm), (@"[0-9KLMXYZ]\d{7}[A-Z]", SpanishPerson)),
        ["FI"] = Rule("FI", (@"\d{8}", n => WeightedSum(n, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0)),
        ["FR"] = French,
        // Invoices may write Greek numbers with EL or, by the letter of ISO 3166, with GR.
        ["GR"] = Rule("EL GR", (@"\d{8,9}", Greek)),
        ["HR"] = Rule("HR", (@"\d{11}", n => IsMod11And10(n))),
        ["HU"] = Rule("HU", (@"\d{8}", n => WeightedSum(n, 9, 7, 3, 1, 9, 7, 3, 1) % 10 == 0)),
        ["IE"] = Rule("IE", (@"\d{7}[A-W][A-IW]?", Irish), (@"\d[A-Z+*]\d{5}[A-W]", IrishOld)),
        ["IT"] = Rule("IT", (@"(?!0{7})\d{7}(?:0(?!00)\d\d|100|120|121|888|999)\d", n => LuhnSum(n) % 10 == 0)),
        ["LT"] = Rule("LT", (@"\d{7}1\d", Lithuanian), (@"\d{10}1\d", Lithuanian)),
        ["LU"] = Rule("LU", (@"\d{8}", n => Number(n) / 100 % 89 == Number(n) % 100)),
        // Personal codes that begin with 32 are drawn by lot since 2017; no check digit is published for them.
        ["LV"] = Rule("LV", (@"[4-9]\d{10}", LatvianFirm), (@"32\d{9}", _ => true), (@"[0-3]\d[01]\d{8}", LatvianPerson)),
        ["MT"] = Rule("MT", (@"[1-9]\d{7}", n => WeightedSum(n, 3, 4, 6, 7, 8, 9, 10, 1) % 37 == 0)),
        ["NL"] = Rule("NL", (@"\d{7,9}B(?!00)\d\d", Dutch)),
        ["PL"] = Rule("PL", (@"\d{10}", n => WeightedSum(n, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1) % 11 == 0)),
        ["PT"] = Rule("PT", (@"[1-9]\d{8}", n => (11 - WeightedSum(n, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11 % 10 == Digit(n[8]))),
        ["RO"] = Rule("RO", (@"[1-9]\d{1,9}", RomanianFirm), (@"[1-9]\d\d[01]\d[0-3]\d{7}", RomanianPerson)),
        ["SE"] = Rule("SE", (@"\d{10}(?!00|9[5-9])\d\d", n => LuhnSum(n.AsSpan(0, 10)) % 10 == 0)),
        ["SI"] = Rule("SI", (@"[1-9]\d{7}", Slovenian)),
        ["SK"] = Rule("SK", (@"[1-9]\d[2-47-9]\d{7}", n => WeightedSum(n, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1) % 11 == 0)),

        ["GB"] = British,
        ["XI"] = British,
        ["CH"] = Rule("CH", (@"E\d{9}(?:MWST|TVA|IVA|TPV)?", Swiss)),
        ["NO"] = Rule("NO", (@"\d{9}(?:MVA)?", n => WeightedSum(n, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0)),

        // Monaco is inside the French, the Isle of Man inside the British VAT territory.
        ["MC"] = French,
        ["IM"] = British,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, TaxIdRule> ByPrefix =
        ByCountry.Values.SelectMany(rule => rule.Prefixes, (rule, prefix) => (prefix, rule)).DistinctBy(known => known.prefix)
            .ToFrozenDictionary(known => known.prefix, known => known.rule, StringComparer.Ordinal);

    /// <summary>The countries, and <c>XI</c>, whose numbers can be judged.</summary>
    public static IEnumerable<string> Countries => ByCountry.Keys;

    public static TaxIdRule? OfCountry(string country) => ByCountry.GetValueOrDefault(country);

    public static TaxIdRule? OfPrefix(string prefix) => ByPrefix.GetValueOrDefault(prefix);

    static TaxIdRule French => Rule("FR", (@"\d{11}", FrenchNumericKey), (@"(?!\d\d)[0-9A-HJ-NP-Z]{2}\d{9}", FrenchLetterKey));

    static TaxIdRule British => Rule(
        "GB XI",
        (@"\d{9}(?:\d{3})?", BritishTrader),
        (@"GD[0-4]\d\d|HA[5-9]\d\d", _ => true),
        (@"(?:GD8888[0-4]|HA8888[5-9])\d{4}", n => Number(n[6..9]) % 97 == Number(n[9..])));

    // ECMAScript: \d is 0 to 9 and nothing else.
    static TaxIdRule Rule(string prefixes, params (string Form, Func<string, bool> Agrees)[] forms) =>
        new(prefixes.Split(' '), [.. forms.Select(form => new TaxIdForm(new Regex($@"^(?:{form.Form})\z", RegexOptions.ECMAScript), form.Agrees))]);
}

using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>How the sentences about a policy tell its numbers and words.</summary>
/// <param name="Currency">Of its amounts, as its code.</param>
readonly record struct Figures(string Currency, Language Language)
{
    static readonly NumberFormatInfo French = new() { NumberGroupSeparator = "\u202f", NumberDecimalSeparator = "," };
    static readonly NumberFormatInfo German = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>The one of the three that is spoken here.</summary>
    public string In(string english, string french, string german) => Language switch
    {
        Language.English => english,
        Language.French => french,
        Language.German => german,
    };

    /// <summary><c>25,000 EUR</c>; decimals as far as they were given.</summary>
    public string Amount(decimal amount) => $"{Number(amount)}\u00a0{Currency}";

    public string Percent(decimal percent) => $"{Number(percent)}\u00a0%";

    public string Days(decimal days) => Count(days, ("day", "days"), ("jour", "jours"), ("Tag", "Tage"));

    /// <summary>As they stand behind German words that ask for the dative: <c>seit 3 Tagen</c>.</summary>
    public string OfDays(decimal days) => Count(days, ("day", "days"), ("jour", "jours"), ("Tag", "Tagen"));

    /// <summary>Working hours; in German in the dative.</summary>
    public string Hours(int hours) => Count(hours, ("working hour", "working hours"), ("heure ouvrée", "heures ouvrées"), ("Arbeitsstunde", "Arbeitsstunden"));

    public string Count(decimal count, (string One, string Many) english, (string One, string Many) french, (string One, string Many) german) =>
        $"{Number(count)} {In(count == 1 ? english.One : english.Many, count is > -2 and < 2 ? french.One : french.Many, count == 1 ? german.One : german.Many)}";

    public string Number(decimal number) => number.ToString("#,##0.####", Language switch
    {
        Language.English => CultureInfo.InvariantCulture.NumberFormat,
        Language.French => French,
        Language.German => German,
    });

    /// <summary><c>a</c>, <c>a or b</c>, <c>a, b or c</c>.</summary>
    public string Any(IEnumerable<string> items) => Joined(items, In(" or ", " ou ", " oder "));

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public string All(IEnumerable<string> items) => Joined(items, In(" and ", " et ", " und "));

    /// <summary>A role, field, cause or rule as people write it: <c>creditManager</c> is <c>credit manager</c>.</summary>
    public string Plain(string word) => PolicyTerms.Of(word, Language);

    static string Joined(IEnumerable<string> items, string last)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + last + all[^1];
    }
}

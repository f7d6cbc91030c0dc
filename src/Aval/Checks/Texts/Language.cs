using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.Checks;

static class Languages
{
    /// <summary>The first language of the header that is told here; English where none is.</summary>
    /// <param name="accepted">As in <c>Accept-Language</c>: <c>fr-CH, fr;q=0.9, en;q=0.8</c>.</param>
    public static Language Of(string? accepted)
    {
        foreach (var one in (accepted ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (one.StartsWith("fr", StringComparison.OrdinalIgnoreCase)) return Language.French;
            if (one.StartsWith("de", StringComparison.OrdinalIgnoreCase)) return Language.German;
            if (one.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }

        return Language.English;
    }

    /// <summary>What is spoken where letters go: German in Germany, Austria, Liechtenstein and Switzerland, French in France, Monaco and Luxembourg, else English.</summary>
    /// <param name="country">By ISO 3166; null where none is known.</param>
    public static Language SpokenIn(string? country) => country switch
    {
        "DE" or "AT" or "LI" or "CH" => Language.German,
        "FR" or "MC" or "LU" => Language.French,
        _ => Language.English,
    };

    /// <summary>As the <c>lang</c> attribute has it.</summary>
    public static string CodeOf(Language language) => language switch
    {
        Language.English => "en",
        Language.French => "fr",
        Language.German => "de",
    };
}

/// <summary>How numbers are written in a language. Set here, since what a machine's culture data says changes with the machine.</summary>
static class Figures
{
    const string NoBreakSpace = "\u00A0";

    static readonly NumberFormatInfo English = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    static readonly NumberFormatInfo French = new() { NumberGroupSeparator = NoBreakSpace, NumberDecimalSeparator = "," };
    static readonly NumberFormatInfo German = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>The finding's amount with its currency, as <c>1,234.50 EUR</c>; empty where it has none.</summary>
    public static string Money(Finding finding, Language language) =>
        finding is { Amount: { } amount, Currency: { } currency } ? Money(amount, currency, language) : "";

    /// <summary>Minor units with their currency, as <c>1,234.50 EUR</c>.</summary>
    public static string Money(long minor, Currency currency, Language language) =>
        Number(minor, currency, language) + NoBreakSpace + currency.Code;

    /// <summary>Minor units with the decimals of their currency, as <c>1,234.50</c>.</summary>
    public static string Number(long minor, Currency currency, Language language) =>
        new Money(minor, currency).Major.ToString("N" + currency.Decimals.ToString(CultureInfo.InvariantCulture), Of(language));

    public static string Percent(decimal percent, Language language) => percent.ToString("0.##", Of(language)) + (language == Language.English ? "" : NoBreakSpace) + "%";

    /// <summary>A day with its month in words or figures, as it is usual.</summary>
    public static string Day(DateOnly day, Language language) => language switch
    {
        Language.English => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        Language.French => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        Language.German => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>Several things that may hold commas themselves, with the spaces that the language puts around a semicolon.</summary>
    public static string Several(IEnumerable<string> all, Language language) => string.Join(language == Language.French ? " ; " : "; ", all);

    /// <summary>What somebody wrote, ended as a sentence.</summary>
    public static string Ended(string? said) => said?.TrimEnd() is not { Length: > 0 } text ? "" : text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";

    /// <summary>An invariant number, told in the language.</summary>
    public static string Number(string? invariant, Language language) =>
        decimal.TryParse(invariant, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.##", Of(language)) : "";

    static NumberFormatInfo Of(Language language) => language switch
    {
        Language.English => English,
        Language.French => French,
        Language.German => German,
    };
}

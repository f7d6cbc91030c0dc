using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.Checks;

/// <summary>The languages in which findings are told.</summary>
public enum Language { English, French, German }

/// <summary>How numbers are written in a language. Set here, since what a machine's culture data says changes with the machine.</summary>
static class Figures
{
    const string NoBreakSpace = "\u00A0";

    static readonly NumberFormatInfo English = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    static readonly NumberFormatInfo French = new() { NumberGroupSeparator = NoBreakSpace, NumberDecimalSeparator = "," };
    static readonly NumberFormatInfo German = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>The finding's amount with its currency, as <c>1,234.50 EUR</c>; empty where it has none.</summary>
    public static string Money(Finding finding, Language language)
    {
        if (finding is not { Amount: { } amount, Currency: { } currency }) return "";
        var format = "N" + currency.Decimals.ToString(CultureInfo.InvariantCulture);
        return new Money(amount, currency).Major.ToString(format, Of(language)) + NoBreakSpace + currency.Code;
    }

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

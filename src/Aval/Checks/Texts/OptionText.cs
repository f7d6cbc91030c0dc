using System.Globalization;
using Aval.Checks.Rules.Options;

namespace Aval.Checks;

/// <summary>An option as one sentence that a person can act on.</summary>
public static class OptionText
{
    public static string Sentence(Option option, Language language)
    {
        var sentence = option.And is null
            ? Alone(option, language)
            : string.Join(' ', Alone(option with { AlsoNeeds = [] }, language), Connected(option.And, language));
        return option.AlsoNeeds.IsEmpty || option.And is not null ? sentence : $"{sentence} {AlsoNeeds(option, language)}";
    }

    static string Connected(Option and, Language language) => language switch
    {
        Language.English => "And: " + Sentence(and, language),
        Language.French => "Et : " + Sentence(and, language),
        Language.German => "Und: " + Sentence(and, language),
    };

    static string Alone(Option option, Language language) => language switch
    {
        Language.English => OptionsInEnglish.Sentence(option),
        Language.French => OptionsInFrench.Sentence(option),
        Language.German => OptionsInGerman.Sentence(option),
    };

    static string AlsoNeeds(Option option, Language language)
    {
        var names = string.Join(", ", option.AlsoNeeds);
        return language switch
        {
            Language.English => $"It also needs: {names}.",
            Language.French => $"Il faut aussi : {names}.",
            Language.German => $"Außerdem nötig: {names}.",
        };
    }
}

/// <summary>The parts of an option's sentence that only differ in how numbers and dates are written.</summary>
readonly record struct OptionParts(Option Option, Language Language)
{
    public string Amount => Option is { Amount: { } amount, Currency: { } currency } ? Figures.Money(amount, currency, Language) : "";

    public string Percent => Option.Percent is { } percent ? Figures.Percent(percent, Language) : "";

    public string Until => Option.Until is { } day ? Figures.Day(day, Language) : "";

    public string Invoices => string.Join(", ", Option.Invoices);

    public string Documents => string.Join(", ", Option.Documents);

    public bool One => Option.Invoices.Length == 1;

    public int Stages => Option.Stages.Length;

    public string Lines => string.Join(", ", Option.Lines.Select(line => line.Line.ToString(CultureInfo.InvariantCulture)));
}

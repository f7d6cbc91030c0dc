using System.Globalization;
using Aval.Checks.Rules.Options;

namespace Aval.Checks;

/// <summary>An option as one sentence that a person can act on, and why there is none.</summary>
public static class OptionText
{
    public static string Sentence(Option option, Language language)
    {
        var sentence = option.And is null
            ? Alone(option, language)
            : string.Join(' ', Alone(option with { AlsoNeeds = [] }, language), Connected(option.And, language));
        return option.AlsoNeeds.IsEmpty || option.And is not null ? sentence : $"{sentence} {AlsoNeeds(option, language)}";
    }

    /// <summary>Why no option cures it, or what somebody is to do besides.</summary>
    public static string Sentence(Remaining remaining, Language language)
    {
        var (need, owner) = (NeedOf(remaining.Code, language), Phrases.In(language).Owner(remaining.Owner));
        return language switch
        {
            Language.English => OptionsInEnglish.Sentence(remaining.Cure, need, owner),
            Language.French => OptionsInFrench.Sentence(remaining.Cure, need, owner),
            Language.German => OptionsInGerman.Sentence(remaining.Cure, need, owner),
        };
    }

    /// <summary>What a finding asks for, in a few words.</summary>
    public static string NeedOf(string code, Language language) => language switch
    {
        Language.English => NeedsInEnglish.Of(code),
        Language.French => NeedsInFrench.Of(code),
        Language.German => NeedsInGerman.Of(code),
    };

    static string Connected(Option and, Language language) => language switch
    {
        Language.English => "And: " + Sentence(and, language),
        Language.French => "Et : " + Sentence(and, language),
        Language.German => "Und: " + Sentence(and, language),
    };

    static string Alone(Option option, Language language) => Unseen.Is(option) ? UnseenText.Sentence(option, language) : language switch
    {
        Language.English => OptionsInEnglish.Sentence(option),
        Language.French => OptionsInFrench.Sentence(option),
        Language.German => OptionsInGerman.Sentence(option),
    };

    static string AlsoNeeds(Option option, Language language)
    {
        var needs = Figures.Several(option.AlsoNeeds.Select(code => NeedOf(code, language)).Distinct(StringComparer.Ordinal), language);
        return language switch
        {
            Language.English => OptionsInEnglish.AlsoNeeds(needs),
            Language.French => OptionsInFrench.AlsoNeeds(needs),
            Language.German => OptionsInGerman.AlsoNeeds(needs),
        };
    }
}

/// <summary>The parts of an option's sentence that only differ in how numbers and dates are written.</summary>
readonly record struct OptionParts(Option Option, Language Language)
{
    public string Amount => Option is { Amount: { } amount, Currency: { } currency } ? Figures.Money(amount, currency, Language) : "";

    public string Percent => Option.Percent is { } percent ? Figures.Percent(percent, Language) : "";

    public string Until => Option.Until is { } day ? Figures.Day(day, Language) : "";

    public string Invoices => Listed(Option.Invoices);

    public string Documents => Listed(Option.Documents);

    public string InBrackets => Option.Documents.IsEmpty ? "" : $" ({Documents})";

    public string Needs
    {
        get
        {
            var language = Language;
            return Figures.Several(Option.Findings.Select(code => OptionText.NeedOf(code, language)).Distinct(StringComparer.Ordinal), language);
        }
    }

    public string Owner => Phrases.In(Language).Owner(Option.Owner);

    public bool One => Option.Invoices.Length == 1;

    public bool OneDocument => Option.Documents.Length == 1;

    public int Stages => Option.Stages.Length;

    /// <summary>Quantity and line of each.</summary>
    public string Lines
    {
        get
        {
            var word = Language switch
            {
                Language.English => "of line",
                Language.French => "de la ligne",
                Language.German => "von Zeile",
            };
            var language = Language;
            return string.Join(", ", Option.Lines.Select(line =>
                $"{Figures.Number(line.Quantity.ToString(), language)} {word} {line.Line.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    /// <summary>The amount after a word for it; nothing where there is none, as of documents in several currencies.</summary>
    public string After(string word) => Amount.Length == 0 ? "" : word + Amount;

    public string To(string word) => Option.Invoices.IsEmpty ? "" : word + Invoices;

    public string By(string word) => Option.Until is null ? "" : word + Until;

    /// <summary>Each with whose it is where it is another payer's.</summary>
    string Listed(IEnumerable<string> documents)
    {
        var elsewhere = Option.Elsewhere;
        return string.Join(", ", documents.Select(
            document => elsewhere.FirstOrDefault(other => other.Document == document) is { Payer: { } payer } ? $"{document} ({payer})" : document));
    }
}

using Aval.Checks.Rules;

namespace Aval.Checks;

/// <summary>A finding as one sentence for people who know the house: it may name limits, classes and reasons.</summary>
public static class FindingText
{
    public static string Sentence(Finding finding, Language language) => Unseen.Is(finding.Subject) ? UnseenText.Sentence(finding, language) : language switch
    {
        Language.English => InEnglish.Sentence(finding, Figures.Money(finding, language)),
        Language.French => InFrench.Sentence(finding, Figures.Money(finding, language)),
        Language.German => InGerman.Sentence(finding, Figures.Money(finding, language)),
    };
}

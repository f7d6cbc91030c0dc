using Aval.Checks.Rules;

namespace Aval.Checks;

/// <summary>Subjects of findings that say several things: a mark and what it marks, or a list of them.</summary>
static class Subjects
{
    const int Longest = 40;

    /// <summary>The first word and the rest; an empty mark where there is one word alone.</summary>
    public static (string Mark, string Marked) Marked(Finding finding) =>
        finding.Subject?.Split(' ', 2) is [var mark, var rest] ? (mark, rest) : ("", finding.Subject ?? "");

    /// <summary>Of what somebody has typed as much as a sentence bears; the document shows all of it.</summary>
    public static string? Short(Finding finding) =>
        finding.Subject is not { Length: > Longest } subject ? finding.Subject : subject[..(char.IsHighSurrogate(subject[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    /// <summary>The payer, country or segment with which much of all receivables stands.</summary>
    public static string Whose(Finding finding, string country, string segment) => Marked(finding) switch
    {
        (ConcentrationRules.OfCountry, var code) => string.Format(null, country, code),
        (ConcentrationRules.OfSegment, var name) => string.Format(null, segment, name),
        _ => finding.Level!,
    };

    /// <summary>How a payer pays, each test that fired in its own words with its figure.</summary>
    public static string Pays(Finding finding, Language language, string level, string trend, string deviation, string and) => string.Join(
        and,
        (finding.Subject ?? "").Split(", ").Select(figure => figure.Split(' ') is [var name, var days]
            ? string.Format(null, name == "level" ? level : name == "trend" ? trend : deviation, Figures.Number(days, language))
            : figure));

    /// <summary>The order's fields that are missing.</summary>
    public static string Fields(Finding finding, string costCentre, string portalReference, string and) => string.Join(
        and,
        (finding.Subject ?? "").Split(", ").Select(field => field switch
        {
            PurchaseOrderRules.CostCentre => costCentre,
            PurchaseOrderRules.PortalReference => portalReference,
            _ => field,
        }));
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <summary>The words of policies as the screens say them, and where the screens are.</summary>
static class PolicyWords
{
    public const string Home = "/policy";
    public const string Draft = "/policy/draft";
    public const string Compare = "/policy/compare";
    public const string Setup = "/policy/setup";

    /// <summary>Where a draft is tried on past orders.</summary>
    public const string Trial = "/policy/trial";

    /// <summary>The language of who looks.</summary>
    public static Language Spoken => Tongue.Current.Code switch { "fr" => Language.French, "de" => Language.German, _ => Language.English };

    public static string Version(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Home}/versions/{version}");

    public static string Compared(string from, string to) => Links.With(Compare, ("from", from), ("to", to));

    public static string Rule(RuleSetting rule) => Rule(rule.Name, rule.Scope);

    public static string Rule(string rule, Scope scope) => Links.With(
        Draft + "/rule", ("rule", rule), ("scope", scope.Kind == ScopeKind.All ? null : Words.Of(scope.Kind)), ("whom", scope.Value));

    public static string Part(PolicyPart part) => Links.With(Draft + "/part", ("part", Words.Of(part)));

    public static string Of(PolicyPart part) => part switch
    {
        PolicyPart.CreditPolicy => T("Credit policy"),
        PolicyPart.BlockingRules => T("Blocking rules"),
        PolicyPart.DelegationLevels => T("Delegation levels"),
        PolicyPart.ArbitrationThresholds => T("Arbitration thresholds"),
        PolicyPart.DecisionDeadlines => T("Decision deadlines"),
        PolicyPart.DataResponsibility => T("Data responsibility"),
        PolicyPart.DisputeHandling => T("Dispute handling"),
        PolicyPart.ExceptionConditions => T("Exception conditions"),
        PolicyPart.CommercialEscalation => T("Commercial escalation"),
    };

    /// <summary>What a part is about, in half a sentence.</summary>
    public static string About(PolicyPart part) => part switch
    {
        PolicyPart.CreditPolicy => T("what counts towards an exposure, and how money is matched"),
        PolicyPart.BlockingRules => T("what holds an order, and what only warns"),
        PolicyPart.DelegationLevels => T("who may let a held order go"),
        PolicyPart.ArbitrationThresholds => T("which orders Credit and Sales weigh together"),
        PolicyPart.DecisionDeadlines => T("by when a held order is decided"),
        PolicyPart.DataResponsibility => T("who answers for a customer's data"),
        PolicyPart.DisputeHandling => T("how disputes are followed, and which leave the exposure"),
        PolicyPart.ExceptionConditions => T("what an exceptional release must keep to"),
        PolicyPart.CommercialEscalation => T("to whom an undecided case goes up"),
    };

    public static string Of(RuleFamily family) => family switch
    {
        RuleFamily.OrderQuality => T("Is the order complete and right?"),
        RuleFamily.Credit => T("May the payer owe it?"),
        RuleFamily.Stop => T("Has somebody said stop?"),
    };

    public static string Of(PolicyState state) => state switch
    {
        PolicyState.Waits => T("waits for its day"),
        PolicyState.Holds => T("holds"),
        PolicyState.Past => T("past"),
    };

    public static string? ToneOf(PolicyState state) => state switch
    {
        PolicyState.Waits => "wait",
        PolicyState.Holds => "good",
        PolicyState.Past => null,
    };

    /// <summary>What a rule's setting does, in a word or two.</summary>
    public static string Of(RuleSetting rule) => rule is SwitchedOff ? T("off") : Of(rule.Severity);

    public static string? ToneOf(RuleSetting rule) => rule is SwitchedOff ? null : rule.Severity switch
    {
        Severity.Info or Severity.Warn => null,
        Severity.Complete => "wait",
        Severity.Refer => "risk",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => T("note"),
        Severity.Warn => T("warning"),
        Severity.Complete => T("to put right"),
        Severity.Refer => T("to decide"),
    };

    public static string NameOf(string rule) => Say.Capital(PolicyTerms.Of(rule, Spoken));

    /// <summary>Why a field was refused, without its path, for beside the field.</summary>
    public static string WhyOf(Problem refused) => Refused.Why(refused);

    /// <summary>An entry of a list in a form.</summary>
    public static string EntryOf(string list) => list switch
    {
        "pairs" => T("Overdue enough, case"),
        "decisionDeadlines" => T("Deadline"),
        "delegation" => T("Role"),
        "dataResponsibility" => T("Field"),
        "escalation" => T("Step"),
        "cashApplication.postFrom" => T("Confidence"),
        _ => T("Entry"),
    };

    /// <summary>A version's number, <c>draft</c> or <c>standard</c> as a heading.</summary>
    public static string SideOf(string side) => side switch
    {
        "draft" => T("The draft"),
        Standard.Name => T("The preset"),
        _ => T("Version {0}", side),
    };
}

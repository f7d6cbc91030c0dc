using Aval.Checks.Rules;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Policies.Screens;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>The check's words as the screens say them.</summary>
static class CheckWords
{
    /// <summary>The visitor's language, for the sentences about findings, options and decisions.</summary>
    public static Language Spoken => Tongue.Current.Code switch { "fr" => Language.French, "de" => Language.German, _ => Language.English };

    /// <summary>A customer's language as letters to it are written; the visitor's where there is no such customer.</summary>
    public static Language SpokenBy(Customer? customer) => customer is null ? Spoken : Languages.SpokenIn(customer.BillingAddress?.Country ?? customer.Country);

    /// <summary>So much of which lines.</summary>
    public static string Of(IReadOnlyList<DeliveredLine> lines) =>
        lines.Count == 0 ? T("nothing more") : Say.List(lines.Select(part => T("{0} of line {1}", part.Quantity, part.Line)));

    /// <summary>What the order waits for.</summary>
    public static string Of(Triage triage) => triage switch
    {
        Triage.Accept => T("Free to go"),
        Triage.Complete => T("To complete"),
        Triage.Arbitrate => T("To decide"),
    };

    public static string? KindOf(Triage triage) => triage switch
    {
        Triage.Accept => "good",
        Triage.Complete => "wait",
        Triage.Arbitrate => "risk",
    };

    public static string Of(Cause cause) => cause switch
    {
        Cause.CustomerRisk => T("Customer risk"),
        Cause.InternalDefect => T("Our own error"),
        Cause.AwaitingCustomer => T("Waiting for the customer"),
        Cause.SetUp => T("Data missing"),
        Cause.Mixed => T("Several causes"),
    };

    public static string? KindOf(Cause cause) => cause switch
    {
        Cause.InternalDefect => "ours",
        Cause.CustomerRisk or Cause.AwaitingCustomer or Cause.SetUp or Cause.Mixed => null,
    };

    public static string Of(OwnerFunction owner) => OwnerWords.Of(owner);

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => T("For information"),
        Severity.Warn => T("Notice"),
        Severity.Complete => T("To complete"),
        Severity.Refer => T("To decide"),
    };

    public static string? KindOf(Severity severity) => severity switch
    {
        Severity.Info or Severity.Warn => null,
        Severity.Complete => "wait",
        Severity.Refer => "risk",
    };

    public static string Of(Occasion occasion) => occasion switch
    {
        Occasion.Entry => T("Checked when it was entered"),
        Occasion.Change => T("Checked when it was changed"),
        Occasion.PickRelease => T("Checked before picking"),
        Occasion.Horizon => T("Checked when its ship date came near"),
        Occasion.Expiry => T("The release ran out"),
        Occasion.Recheck => T("Checked again after something changed"),
        Occasion.Waiver => T("Checked after a finding was set aside"),
        Occasion.Rearranged => T("Moved to another payer"),
        Occasion.Decision => T("Checked when it was decided"),
    };

    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.ZeroValue => T("It costs nothing, so it needs no credit."),
        SkipReason.Prepaid => T("It is paid in advance, so it needs no credit."),
        SkipReason.AddsNothing => T("It ships later than is counted today, so the limit was not asked."),
        SkipReason.Decrease => T("It only became smaller, so nothing was asked."),
        SkipReason.Rearranged => T("Only its payer changed, so nothing was asked."),
    };

    public static string Of(RuleState state) => state switch
    {
        RuleState.Clear => T("Nothing found"),
        RuleState.Fired => T("Found something"),
        RuleState.Skipped => T("Not asked"),
        RuleState.Off => T("Switched off"),
    };

    /// <summary>A rule of the policy; most have the name of what they find.</summary>
    public static string OfRule(string rule) => rule switch
    {
        "brokenPromise" => T("Broken promise"),
        "oldestItem" => T("Oldest item"),
        _ => Say.Capital(T(Say.Word(rule))),
    };

    /// <summary>A finding's code as a heading: <c>limit-exceeded</c> is <c>Limit exceeded</c>.</summary>
    public static string OfCode(string code) => Say.Capital(T(Say.Word(code)));

    public static string Of(LimitInForce limit) => limit switch
    {
        { Expired: true, ValidTo: { } end } => T("ended on {0}", end),
        { Kind: LimitKind.Unlimited } => T("without bound"),
        { Kind: LimitKind.Inherit } => T("the group's limit decides"),
        { Kind: LimitKind.Amount, Amount: { } amount, Currency: { } currency } => Say.Amount(new Kernel.Money(amount, currency)),
        _ => T("not set"),
    };
}

using Aval.Checks.Rules;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>The check's words as the screens say them.</summary>
static class CheckWords
{
    /// <summary>So much of which lines.</summary>
    public static string Of(IReadOnlyList<DeliveredLine> lines) =>
        lines.Count == 0 ? "nothing more" : Say.List(lines.Select(part => $"{part.Quantity} of line {part.Line}"));

    /// <summary>What the order waits for.</summary>
    public static string Of(Triage triage) => triage switch
    {
        Triage.Accept => "Free to go",
        Triage.Complete => "To complete",
        Triage.Arbitrate => "To decide",
    };

    public static string? KindOf(Triage triage) => triage switch
    {
        Triage.Accept => "good",
        Triage.Complete => "wait",
        Triage.Arbitrate => "risk",
    };

    public static string Of(Cause cause) => cause switch
    {
        Cause.CustomerRisk => "Customer risk",
        Cause.InternalDefect => "Our own error",
        Cause.AwaitingCustomer => "Waiting for the customer",
        Cause.SetUp => "Data missing",
        Cause.Mixed => "Several causes",
    };

    public static string? KindOf(Cause cause) => cause switch
    {
        Cause.InternalDefect => "ours",
        Cause.CustomerRisk or Cause.AwaitingCustomer or Cause.SetUp or Cause.Mixed => null,
    };

    public static string Of(OwnerFunction owner) => owner switch
    {
        OwnerFunction.CustomerService => "Customer Service",
        OwnerFunction.Credit => "Credit",
        OwnerFunction.AccountsReceivable => "Accounts Receivable",
        OwnerFunction.Billing => "Billing",
        OwnerFunction.Quality => "Quality",
        OwnerFunction.Sales => "Sales",
        OwnerFunction.MasterData => "Master Data",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "For information",
        Severity.Warn => "Notice",
        Severity.Complete => "To complete",
        Severity.Refer => "To decide",
    };

    public static string? KindOf(Severity severity) => severity switch
    {
        Severity.Info or Severity.Warn => null,
        Severity.Complete => "wait",
        Severity.Refer => "risk",
    };

    public static string Of(Occasion occasion) => occasion switch
    {
        Occasion.Entry => "Checked when it was entered",
        Occasion.Change => "Checked when it was changed",
        Occasion.PickRelease => "Checked before picking",
        Occasion.Horizon => "Checked when its ship date came near",
        Occasion.Expiry => "The release ran out",
        Occasion.Recheck => "Checked again after something changed",
        Occasion.Waiver => "Checked after a finding was set aside",
        Occasion.Rearranged => "Moved to another payer",
        Occasion.Decision => "Checked when it was decided",
    };

    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.ZeroValue => "It costs nothing, so it needs no credit.",
        SkipReason.Prepaid => "It is paid in advance, so it needs no credit.",
        SkipReason.AddsNothing => "It ships later than is counted today, so the limit was not asked.",
        SkipReason.Decrease => "It only became smaller, so nothing was asked.",
        SkipReason.Rearranged => "Only its payer changed, so nothing was asked.",
    };

    public static string Of(RuleState state) => state switch
    {
        RuleState.Clear => "Nothing found",
        RuleState.Fired => "Found something",
        RuleState.Skipped => "Not asked",
        RuleState.Off => "Switched off",
    };

    /// <summary>A finding's code as a heading: <c>limit-exceeded</c> is <c>Limit exceeded</c>.</summary>
    public static string OfCode(string code) => Say.Capital(Say.Word(code));

    public static string Of(LimitInForce limit) => limit switch
    {
        { Expired: true, ValidTo: { } end } => $"ended on {Say.Date(end)}",
        { Kind: LimitKind.Unlimited } => "without bound",
        { Kind: LimitKind.Inherit } => "the group's limit decides",
        { Kind: LimitKind.Amount, Amount: { } amount, Currency: { } currency } => Say.Amount(new Kernel.Money(amount, currency)),
        _ => "not set",
    };
}

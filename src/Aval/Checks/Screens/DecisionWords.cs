using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Web;
using static Aval.Web.Translated;
using OwnerFunction = Aval.Policies.Rules.OwnerFunction;

namespace Aval.Checks;

/// <summary>What a decision says beside its kind and its reason, as the screens tell it.</summary>
static class DecisionWords
{
    public static string Of(DecisionKind kind) => Say.Capital(T(Say.Word(Words.Of(kind))));

    public static string Of(DecisionStatus status) => T(Say.Word(Words.Of(status)));

    /// <summary>A function or a role.</summary>
    public static string Owner(string owner) => Words.TryParse<OwnerFunction>(owner, out var function) ? CheckWords.Of(function) : Say.Capital(Say.Role(owner));

    /// <summary>Who decided or proposed what, and until when it holds.</summary>
    public static string Said(Decision decision)
    {
        var kind = T(Say.Word(Words.Of(decision.Kind)));
        return (decision.Status == DecisionStatus.AwaitingConfirmation, decision.Until) switch
        {
            (true, { } day) => T("{0} has proposed, and a second person has to confirm: {1}, until {2}.", decision.By, kind, day),
            (true, null) => T("{0} has proposed, and a second person has to confirm: {1}.", decision.By, kind),
            (false, { } day) => T("{0} has decided: {1}, until {2}.", decision.By, kind, day),
            (false, null) => T("{0} has decided: {1}.", decision.By, kind),
        };
    }

    /// <summary>All that was given, each with what it answers.</summary>
    public static IEnumerable<(string Label, string Said)> Of(Decision decision)
    {
        var terms = decision.Terms;
        var all = new (string Label, string? Said)[]
        {
            (decision.Kind == DecisionKind.Escalate ? T("To whom") : T("Who settles them"), decision.Owner is { } owner ? Owner(owner) : null),
            (decision.Kind == DecisionKind.Escalate ? T("Question") : T("What must happen"), decision.Question),
            (T("Lines"), terms.Lines is { Count: > 0 } lines ? CheckWords.Of([.. lines.Select(line => new DeliveredLine(line.Line, line.Quantity))]) : null),
            (T("Share of the order"), terms.Percent is { } percent ? T("{0} %", percent.ToString("0.##", Tongue.Current.Numbers)) : null),
            (T("Kind of guarantee"), terms.Kind is { } kind ? T(Say.Word(kind)) : null),
            (T("Payment terms"), terms.PaymentTerms),
            (T("Disputes"), terms.Disputes is { Count: > 0 } disputes ? Say.List(disputes) : null),
            (T("Stages"), terms.Stages is { Count: > 0 } stages ? Stages(stages, decision.Currency) : null),
            (T("Released so far"), terms.Stages is { Count: > 0 } parts ? Several(parts.Count, "{1} of {0} stage", "{1} of {0} stages", decision.StagesReleased) : null),
            (T("What is paid when"), terms.Schedule is { Count: > 0 } schedule ? Stages(schedule, decision.Currency) : null),
            (T("Whose limit"), terms.Level is { } level ? terms.LimitLevel == Limits.Rules.LimitLevel.Group ? T("{0}, shared with its group", level) : level : null),
            (T("When its date passes without it"), decision.Conditions.Count > 0 ? Say.Capital(T(Say.Word(Words.Of(decision.AtExpiry)))) : null),
            (T("What it lets pass"), decision.Findings.Count > 0 ? Say.List(decision.Findings.Select(finding => CheckWords.OfCode(finding.Code)).Distinct()) : null),
            (T("On what basis"), decision.Basis),
            (T("What the customer gives"), decision.Counterpart),
            (T("What is watched"), decision.Monitoring),
            (T("Who thinks otherwise"), decision.Dissent),
        };
        return all.Where(known => !string.IsNullOrWhiteSpace(known.Said)).Select(known => (known.Label, known.Said!));
    }

    static string Stages(IReadOnlyList<Stage> stages, Currency currency) =>
        Say.List(stages.Select(stage => T("{0} on {1}#stage", new Money(stage.Amount, currency), stage.Date)));
}

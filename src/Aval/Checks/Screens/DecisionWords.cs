using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Web;
using OwnerFunction = Aval.Policies.Rules.OwnerFunction;

namespace Aval.Checks;

/// <summary>What a decision says beside its kind and its reason, as the screens tell it.</summary>
static class DecisionWords
{
    /// <summary>All that was given, each with what it answers.</summary>
    public static IEnumerable<(string Label, string Said)> Of(Decision decision)
    {
        var terms = decision.Terms;
        var all = new (string Label, string? Said)[]
        {
            (decision.Kind == DecisionKind.Escalate ? "To whom" : "Who settles them", decision.Owner is { } owner ? Owner(owner) : null),
            (decision.Kind == DecisionKind.Escalate ? "Question" : "What must happen", decision.Question),
            ("Lines", terms.Lines is { Count: > 0 } lines ? CheckWords.Of([.. lines.Select(line => new DeliveredLine(line.Line, line.Quantity))]) : null),
            ("Share of the order", terms.Percent is { } percent ? $"{percent.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} %" : null),
            ("Kind of guarantee", terms.Kind is { } kind ? Say.Word(kind) : null),
            ("Payment terms", terms.PaymentTerms),
            ("Disputes", terms.Disputes is { Count: > 0 } disputes ? Say.List(disputes) : null),
            ("Stages", terms.Stages is { Count: > 0 } stages ? Stages(stages, decision.Currency) : null),
            ("Released so far", terms.Stages is { Count: > 0 } parts ? $"{decision.StagesReleased} of {Say.Count(parts.Count, "stage")}" : null),
            ("What is paid when", terms.Schedule is { Count: > 0 } schedule ? Stages(schedule, decision.Currency) : null),
            ("Whose limit", terms.Level is { } level ? terms.LimitLevel == Limits.Rules.LimitLevel.Group ? $"{level}, shared with its group" : level : null),
            ("When its date passes without it", decision.Conditions.Count > 0 ? Say.Capital(Say.Word(Words.Of(decision.AtExpiry))) : null),
            ("What it lets pass", decision.Findings.Count > 0 ? Say.List(decision.Findings.Select(finding => CheckWords.OfCode(finding.Code)).Distinct()) : null),
            ("On what basis", decision.Basis),
            ("What the customer gives", decision.Counterpart),
            ("What is watched", decision.Monitoring),
            ("Who thinks otherwise", decision.Dissent),
        };
        return all.Where(known => !string.IsNullOrWhiteSpace(known.Said)).Select(known => (known.Label, known.Said!));
    }

    static string Owner(string owner) => Words.TryParse<OwnerFunction>(owner, out var function) ? CheckWords.Of(function) : Say.Capital(Say.Role(owner));

    static string Stages(IReadOnlyList<Stage> stages, Currency currency) =>
        Say.List(stages.Select(stage => $"{Say.Amount(new Money(stage.Amount, currency))} on {Say.Date(stage.Date)}"));
}

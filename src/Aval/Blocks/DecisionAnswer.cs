using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Cover.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;

namespace Aval.Blocks;

/// <summary>What a decision has come to.</summary>
/// <param name="Status">Of the order.</param>
/// <param name="Pending">What it still waits for; null when nothing.</param>
public sealed record DecisionAnswer(string Block, string Order, OrderStatus Status, EffectAnswer Effect, DecisionView Decision, Pending? Pending)
{
    public static DecisionAnswer Of(Outcome outcome, Language language)
    {
        var (order, decision) = (outcome.Row<Order>()!, outcome.Row<Decision>()!);
        return new DecisionAnswer(
            decision.Block, order.Number, order.Status, EffectAnswer.Of(order, Standing(order, decision, outcome)), DecisionView.Of(decision, order, language),
            PendingOf(decision));
    }

    /// <summary>The decision that the order goes by: an earlier one stands until a second person has confirmed this one.</summary>
    static Decision? Standing(Order order, Decision decision, Outcome outcome) =>
        order.Decision is not { } id || id == decision.Id ? decision : outcome.After?.Get<DecisionsFacts>().ById.GetValueOrDefault(id);

    static Pending? PendingOf(Decision decision) => decision.Status switch
    {
        DecisionStatus.AwaitingConfirmation => Blocks.Pending.SecondPerson,
        DecisionStatus.InForce when decision.Conditions.Count > 0 => Blocks.Pending.Conditions,
        DecisionStatus.InForce or DecisionStatus.Fulfilled or DecisionStatus.Broken or DecisionStatus.Lapsed or DecisionStatus.Replaced or DecisionStatus.Overtaken
            or DecisionStatus.Withdrawn => null,
    };
}

public enum Pending { SecondPerson, Conditions }

/// <summary>What logistics may do with the order: four separate answers.</summary>
/// <param name="MayReserve">Goods may be set aside: it is released, or a decision that releases it waits for its conditions or its next stage.</param>
/// <param name="MayInvoice">What has left can always be invoiced.</param>
/// <param name="Lines">Of an order released for some of its lines: what may still be picked and shipped of each; null where any goods may that come to its claim.</param>
public sealed record EffectAnswer(bool MayReserve, bool MayPick, bool MayShip, bool MayInvoice, IReadOnlyList<DeliveredLine>? Lines)
{
    /// <param name="standing">The decision that stands on its block; null when nobody has decided.</param>
    public static EffectAnswer Of(Order order, Decision? standing)
    {
        var released = order.Status == OrderStatus.Released;
        // Who only asks, waits or keeps it held frees no goods; nor does what a second person has not confirmed.
        var promised = order.Status == OrderStatus.Held && standing is { Status: DecisionStatus.InForce } && standing.Kind.LetsGo() is not null;
        var left = order.Lines.Any(line => line.Delivered.Scaled > 0);
        return new EffectAnswer(released || promised, released, released, released || left, order.ToShip());
    }
}

/// <summary>A decision as answered. Amounts are in <paramref name="Currency"/>, the payer's credit currency, but for the decision's own.</summary>
/// <param name="Exceptional">It leaves a finding standing that needed a decision and is no error of ours, with neither condition nor cover.</param>
/// <param name="Findings">What it lets pass.</param>
/// <param name="Role">The role by which its author had the authority; null on old records.</param>
/// <param name="Texts">The same in words: for us, for Customer Service, for the customer.</param>
/// <param name="AmountCurrency">Of <paramref name="Amount"/>: of a limit the limit's own, of a reduced order the order's.</param>
/// <param name="Level">The customer whose limit is meant; null where none is.</param>
/// <param name="LimitLevel">Its own limit or the one that it shares with its group.</param>
/// <param name="ByKind">Whether a person or a key decided; null on old records.</param>
/// <param name="OnBehalfOf">Whose authority it was taken with, by a deputy; null where their own was enough.</param>
/// <param name="AsDecided">The figures on which it was decided; those of today stand on the order. Null on old records.</param>
public sealed record DecisionView(
    string Id, DecisionKind Decision, DecisionStatus Status, string By, DateTimeOffset At, DateOnly On, string Reason, string? Basis, decimal? Amount, decimal? Percent,
    Currency Currency, IReadOnlyList<ConditionView> Conditions, DateOnly? Until, string? Counterpart, string? Monitoring, string? Dissent, AtExpiry AtExpiry, bool Exceptional,
    IReadOnlyList<string> Findings, string? Owner, string? Question, IReadOnlyList<DecidedLine> Lines, IReadOnlyList<string> Disputes, IReadOnlyList<StageBody> Stages,
    int StagesReleased, IReadOnlyList<StageBody> Schedule, string? Kind, string? PaymentTerms, string? ConfirmedBy, DateOnly? EndedOn, DateOnly? BrokenOn,
    string? Role, CheckTexts Texts, string? OnBehalfOf, string? ConfirmedOnBehalfOf, Currency AmountCurrency, string? Level, LimitLevel? LimitLevel, ActorKind? ByKind,
    AsDecided? AsDecided)
{
    public static DecisionView Of(Decision decision, Order order, Language language)
    {
        var terms = decision.Terms;
        StageBody Stage(Stage stage) => new(stage.Date, new Money(stage.Amount, decision.Currency).Major);
        return new DecisionView(
            decision.Id, decision.Kind, decision.Status, decision.By, decision.At, decision.On, decision.Reason, decision.Basis,
            decision.Amount is { } amount ? new Money(amount, decision.AmountCurrency).Major : null, terms.Percent, decision.Currency,
            [.. decision.Conditions.Select(condition => ConditionView.Of(condition, decision.Currency))], decision.Until, decision.Counterpart, decision.Monitoring,
            decision.Dissent, decision.AtExpiry, decision.Exceptional, [.. decision.Findings.Select(finding => finding.Code).Distinct()], decision.Owner, decision.Question,
            terms.Lines ?? [], terms.Disputes ?? [], [.. (terms.Stages ?? []).Select(Stage)], decision.StagesReleased, [.. (terms.Schedule ?? []).Select(Stage)], terms.Kind,
            terms.PaymentTerms, decision.ConfirmedBy, decision.EndedOn, decision.BrokenOn, decision.Role,
            DecisionTexts.Of(decision, order.Status, language, order.IsPart()), decision.OnBehalfOf, decision.ConfirmedOnBehalfOf, decision.AmountCurrency, terms.Level,
            terms.LimitLevel, decision.ByKind, AsDecided.Of(decision));
    }
}

/// <summary>The figures of the case when it was decided, in policy's currency of that day; null where no rate told them.</summary>
/// <param name="Value">The order's, tax included.</param>
/// <param name="Overrun">By how much the order would have passed the limit that it passed by the most.</param>
/// <param name="Overdue">What the payer owed that was due.</param>
public sealed record AsDecided(Currency Currency, decimal? Value, decimal? Overrun, decimal? Overdue)
{
    public static AsDecided? Of(Decision decision) => decision.Case is { } seen ? new AsDecided(seen.Currency, seen.Amount, seen.Overrun, seen.Overdue) : null;
}

/// <param name="MetOn">The business date since which it holds; null while it does not.</param>
/// <param name="Guarantee">Of guaranteeRegistered: the kind that alone meets it; null where any does.</param>
public sealed record ConditionView(ConditionKind Kind, string? Invoice, decimal? Amount, int? OlderThan, DateOnly? Date, bool Met, DateOnly? MetOn, GuaranteeKind? Guarantee)
{
    public static ConditionView Of(Condition condition, Currency currency) => new(
        condition.Kind, condition.Invoice, condition.Amount is { } amount ? new Money(amount, currency).Major : null, condition.OlderThan, condition.Date,
        condition.MetOn is not null, condition.MetOn, condition.Guarantee);
}

using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies;

namespace Aval.Checks;

/// <summary>Does what decisions said, once what they waited for has come; and holds again what had been released on conditions that no longer hold.</summary>
/// <remarks>Before the automatic re-check of others: what a person promised comes first.</remarks>
sealed class Fulfilment : IReaction
{
    public string Rule => "decisions";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var decisions = after.Get<DecisionsFacts>().ById;
        if (decisions.IsEmpty && before.Get<DecisionsFacts>().ById.IsEmpty) return [];
        var wakes = new List<string>();
        // A decision that has lapsed has left the facts; its order still names it.
        foreach (var row in rows)
            if (row is Decision known && !wakes.Contains(known.Order)
                && (known.Status is DecisionStatus.Lapsed or DecisionStatus.Withdrawn || HasNoClock(known.Order, after))) wakes.Add(known.Order);
        foreach (var decision in decisions.Values.OrderBy(decision => decision.At).ThenBy(decision => decision.Id, StringComparer.Ordinal))
            if (!wakes.Contains(decision.Order) && HasWork(decision, after)) wakes.Add(decision.Order);
        return wakes;
    }

    public void Run(Case @case, string key)
    {
        Overtake(@case, key);
        foreach (var decision in @case.Facts.Get<DecisionsFacts>().OfOrder(key).ToList())
            if (HasLostItsClaim(decision, @case.Facts)) @case.Put(DecisionsFacts.Table, decision with { Status = DecisionStatus.Lapsed, EndedOn = @case.Today });
        if (@case.Facts.Find<Order>(key) is not { } order) return;
        foreach (var decision in @case.Facts.Get<DecisionsFacts>().OfOrder(key).ToList())
            if (IsBroken(decision, order)) FallBack(@case, order, decision);
            else if (decision is { Status: DecisionStatus.InForce, IsMet: true }) Fulfil(@case, order, decision);
            else if (IsNextStageReady(decision, order, @case.Facts)) ReleaseNextStage(@case, order, decision);
        // What waits for a second person is overtaken by what was promised before.
        Overtake(@case, key);
        if (@case.Facts.Find<Order>(key) is { Decision: { } id } left && @case.Facts.Find<Decision>(id) is not { Stands: true }) Lapse(@case, left, id);
        else if (@case.Facts.Get<ChecksFacts>().OfOrder(key) is { } open) BlockRecord.Relist(@case, open);
        if (HasNoClock(key, @case.Facts)) Return(@case, key, escalates: false);
    }

    static void Overtake(Case @case, string order)
    {
        foreach (var decision in @case.Facts.Get<DecisionsFacts>().OfOrder(order).ToList())
            if (IsOvertaken(decision, @case.Facts))
                @case.Put(DecisionsFacts.Table, decision.EndedAs(DecisionStatus.Overtaken, @case.Today));
    }

    /// <summary>All that the decision waited for has come: the check runs again under its cover.</summary>
    public static void Fulfil(Case @case, Order order, Decision decision)
    {
        @case.Reason ??= $"decision {decision.Id}: all its conditions hold";
        @case.Put(DecisionsFacts.Table, decision with
        {
            Status = DecisionStatus.Fulfilled, EndedOn = @case.Today, IsWatched = decision.Conditions.Any(condition => condition.IsMoney),
        });
        // What is valid until a day ends on that day: what has not left then is held again.
        var validUntil = decision.Conditions.Where(condition => condition.Kind == ConditionKind.ValidUntil).Min(condition => condition.Date);
        var covered = order with
        {
            Release = CoverOf(decision, @case.Today, decision.Terms.UpTo, validUntil), Decision = StandingOn(@case, order.Number), Marks = ChangeOrder.Fresh(order.Marks),
        };
        CheckOrder.Run(@case, covered, Occasion.Decision);
    }

    /// <summary>The next stage goes when its date has come, the one before is paid, and the check lets it pass.</summary>
    public static void ReleaseNextStage(Case @case, Order order, Decision decision)
    {
        var stages = decision.Terms.Stages!;
        var released = decision.StagesReleased + 1;
        var most = Before(decision, released);
        // What an earlier stage had no use for goes along where it fits; else the stage goes alone.
        if ((Passing(@case, order, decision, most) ?? Passing(@case, order, decision, Math.Min(most, LeftOf(order, @case.Facts) + stages[released - 1].Amount)))
            is not { } next) return;
        @case.Reason ??= $"decision {decision.Id}: stage {released} of {stages.Count}";
        @case.Put(DecisionsFacts.Table, released < stages.Count
            ? decision with { StagesReleased = released }
            : decision with { StagesReleased = released, Status = DecisionStatus.Fulfilled, EndedOn = @case.Today });
        CheckOrder.Run(@case, next, Occasion.Decision);
    }

    /// <summary>The order released for so much in all; null where the check holds it.</summary>
    static Order? Passing(Case @case, Order order, Decision decision, long upTo)
    {
        var next = Conversion.Of(order, @case.Facts, @case.Company) with { Release = CoverOf(decision, @case.Today, upTo), Marks = ChangeOrder.Fresh(order.Marks) };
        var asked = new WhatIf(@case.Facts, @case.Company, next, @case.Today, @case.Company.Get<PoliciesFacts>().Current);
        var booked = asked.Check();
        return booked.Passes || HumanCover.Of(asked, asked.Facts(), booked) is not null ? next : null;
    }

    /// <summary>What a decision releases: what it saw, for the value that it saw.</summary>
    public static HumanRelease CoverOf(Decision decision, DateOnly on, long? upTo, DateOnly? until = null) =>
        new(decision.Id, on, until, decision.Value, decision.Currency, upTo, decision.Findings) { Lines = decision.Terms.ReleasedLines };

    /// <summary>Conditions are broken: what has not left is held again, and the case goes to the next who may decide, or where the decision said.</summary>
    static void FallBack(Case @case, Order order, Decision decision)
    {
        @case.Reason = $"decision {decision.Id}: its conditions do not hold";
        var free = order with { Decision = StandingOn(@case, order.Number), Release = order.Release?.Decision == decision.Id ? null : order.Release };
        if (decision.AtExpiry == AtExpiry.Reject && order.Status == OrderStatus.Held)
        {
            OrderRecord.Put(@case, CancelOrder.Cancelled(free));
            CheckOrder.Unblock(@case, order.Number, "decision");
            return;
        }

        CheckOrder.Run(@case, free, Occasion.Decision);
        Return(@case, order.Number, escalates: decision.AtExpiry == AtExpiry.Escalate);
    }

    /// <summary>The date of a decision that depended on nothing has passed: the block is undecided again, and back on the list.</summary>
    static void Lapse(Case @case, Order order, string id)
    {
        @case.Reason ??= $"decision {id}: its date has passed";
        OrderRecord.Put(@case, order with { Decision = StandingOn(@case, order.Number) });
        Return(@case, order.Number, escalates: @case.Facts.Get<ChecksFacts>().OfOrder(order.Number) is { Asks: true });
    }

    /// <summary>What still stands on the order beside a decision that has ended: no re-check goes over it.</summary>
    static string? StandingOn(Case @case, string order) =>
        @case.Facts.Get<DecisionsFacts>().OfOrder(order).OrderBy(known => known.At).LastOrDefault(known => known.Stands)?.Id;

    static void Return(Case @case, string order, bool escalates)
    {
        if (@case.Facts.Get<ChecksFacts>().OfOrder(order) is not { } block) return;
        var moved = escalates ? BlockClock.Escalated(@case, block) : BlockClock.Restarted(@case, block);
        BlockRecord.Put(@case, moved with { Version = block.Version + 1, Asks = false });
    }

    static bool HasWork(Decision decision, Facts facts)
    {
        if (IsOvertaken(decision, facts) || HasLostItsClaim(decision, facts)) return true;
        if (facts.Find<Order>(decision.Order) is not { } order) return false;
        return decision is { Status: DecisionStatus.InForce, IsMet: true } || IsBroken(decision, order) || IsNextStageReady(decision, order, facts);
    }

    /// <summary>It stands on no block any more: the order went another way.</summary>
    static bool IsOvertaken(Decision decision, Facts facts) => decision.Stands
        && (facts.Find<Order>(decision.Order) is not { } order || (order.Status != OrderStatus.Held && !order.IsPart())
            || facts.Get<ChecksFacts>().OfOrder(order.Number)?.Id != decision.Block);

    /// <summary>What it released for a part was not taken in its time: the claim has ended, and the decision with it.</summary>
    static bool HasLostItsClaim(Decision decision, Facts facts) =>
        decision is { Status: DecisionStatus.InForce, Kind: DecisionKind.ReleasePartially } or { Status: DecisionStatus.InForce, StagesReleased: > 0 }
        && facts.Find<Order>(decision.Order) is { Status: OrderStatus.Held } order && order.Marks.Contains(Order.AuthorizationExpired);

    /// <summary>A block that nothing brings back: no decision with a day of its own stands on it, and no time runs.</summary>
    static bool HasNoClock(string order, Facts facts) =>
        facts.Get<ChecksFacts>().OfOrder(order) is { Status: BlockStatus.Open, DueOn: null } && !facts.Get<DecisionsFacts>().WaitsForADay(order);

    static bool IsBroken(Decision decision, Order order) =>
        decision.Status == DecisionStatus.Broken && (order.Decision == decision.Id || order.Release?.Decision == decision.Id)
        && order.Status is OrderStatus.Held or OrderStatus.Released;

    static bool IsNextStageReady(Decision decision, Order order, Facts facts) =>
        decision is { Status: DecisionStatus.InForce, Terms.Stages: not null } && decision.StagesReleased < decision.StagesDue
        && (decision.StagesReleased == 0 || IsPaidSoFar(decision, order, facts));

    /// <summary>All that earlier stages let go has left and is paid; or all that could leave of them, since no further unit fits into the rest.</summary>
    static bool IsPaidSoFar(Decision decision, Order order, Facts facts)
    {
        var (paid, most) = (ConditionFacts.Paid(order, decision, facts), Before(decision, decision.StagesReleased));
        if (paid >= most) return true;
        var left = LeftOf(order, facts);
        return left > (decision.Terms.UpTo ?? 0) && paid >= left && !OrderValue.FitsAnotherUnit(order, most - left);
    }

    /// <summary>What was delivered or billed, in minor units of the payer's credit currency.</summary>
    static long LeftOf(Order order, Facts facts) => facts.Get<OrdersFacts>().ValueOf(order.Number) is var value ? value.CreditTotal - value.Open : 0;

    /// <summary>How much may have left in all once so many stages are released.</summary>
    static long Before(Decision decision, int stages) => (decision.Terms.UpTo ?? 0) + decision.Terms.Stages!.Take(stages).Sum(stage => stage.Amount);
}

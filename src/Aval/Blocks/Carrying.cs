using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies;
using Aval.Work;
using Aval.Work.Rules;
using OwnerFunction = Aval.Policies.Rules.OwnerFunction;

namespace Aval.Blocks;

/// <summary>Does what a decision says, in the case in which it was taken or confirmed (the table in docs/concepts/decisions.md).</summary>
static class Carrying
{
    /// <param name="decision">In force, not recorded yet as such.</param>
    public static void Out(Case @case, Block block, Order order, Decision decision)
    {
        switch (decision.Kind)
        {
            case DecisionKind.Release:
                Done(@case, decision);
                Check(@case, order with { Release = Fulfilment.CoverOf(decision, @case.Today, null, decision.Until), Decision = null });
                break;
            case DecisionKind.ReleasePartially:
                @case.Put(DecisionsFacts.Table, decision);
                Check(@case, order with { Release = Fulfilment.CoverOf(decision, @case.Today, decision.Terms.UpTo, decision.Until), Decision = decision.Id });
                break;
            case DecisionKind.StagedInvoicing:
                Stand(@case, order, decision);
                if (decision.StagesDue > 0) Fulfilment.ReleaseNextStage(@case, @case.Facts.Find<Order>(order.Number)!, decision);
                break;
            case DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee:
                var now = decision with
                {
                    Conditions = [.. decision.Conditions.Select(condition =>
                        condition with { MetOn = ConditionFacts.Holds(condition, decision, order, @case.Facts, @case.Today) ? @case.Today : null })],
                };
                if (now.IsMet) Fulfilment.Fulfil(@case, order, now);
                else Stand(@case, order, now);
                break;
            case DecisionKind.ReduceOrder:
                Done(@case, decision);
                Check(@case, Reduced(order, decision) with { Decision = null });
                break;
            case DecisionKind.ReviseTerms:
                Done(@case, decision);
                Check(@case, order with { PaymentTerms = decision.Terms.PaymentTerms, Decision = null });
                break;
            case DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit:
                Done(@case, decision);
                Limit(@case, decision);
                Check(@case, order with { Decision = null });
                break;
            case DecisionKind.ReviewDisputes or DecisionKind.Escalate or DecisionKind.MaintainBlock:
                if (decision.Kind == DecisionKind.ReviewDisputes) Ask(@case, block, decision);
                Stand(@case, order, decision);
                break;
            case DecisionKind.Reject:
                Done(@case, decision);
                OrderRecord.Put(@case, CancelOrder.Cancelled(order));
                CheckOrder.Unblock(@case, order.Number, @case.Actor.ToString());
                break;
        }

        Move(@case, block, decision);
    }

    /// <summary>The decision is recorded and stands; the order names it, so that no re-check goes over it.</summary>
    public static void Stand(Case @case, Order order, Decision decision)
    {
        @case.Put(DecisionsFacts.Table, decision);
        OrderRecord.Put(@case, order with { Decision = decision.Id });
    }

    /// <summary>Who owns the block now, and by when something is to be done: while a decision stands its own dates rule.</summary>
    public static void Move(Case @case, Block block, Decision decision)
    {
        if (@case.Facts.Find<Block>(block.Id) is not { Status: BlockStatus.Open } open) return;
        if (decision.Status == DecisionStatus.AwaitingConfirmation)
        {
            var noted = open with { Version = open.Version + 1 };
            BlockRecord.Put(@case, noted.DueOn is null ? BlockClock.Restarted(@case, noted) : noted);
            return;
        }

        var asks = decision.Kind is DecisionKind.Escalate or DecisionKind.ReviewDisputes;
        var moved = open with { Owner = asks ? decision.Owner : open.Owner, Asks = asks, Decided = new(decision.By, decision.Kind, decision.On), Version = open.Version + 1 };
        var waits = @case.Facts.Find<Decision>(decision.Id) is { Status: DecisionStatus.InForce };
        var dated = @case.Facts.Get<DecisionsFacts>().WaitsForADay(decision.Order);
        // What changed nothing leaves a clock that runs as it is; else whoever has the rest of the order has it anew.
        var restarts = decision.Kind == DecisionKind.Escalate || (!dated && (waits || open.DueOn is null));
        BlockRecord.Put(@case, restarts ? BlockClock.Restarted(@case, moved) : dated ? moved with { DueAt = null, DueOn = null } : moved);
    }

    /// <summary>The disputes go to whoever is to settle them, with the decision's date; so does what lies on a list because of one,
    /// and of a dispute without a line one is made.</summary>
    static void Ask(Case @case, Block block, Decision decision)
    {
        var owner = Words.Parse<OwnerFunction>(decision.Owner!);
        foreach (var number in decision.Terms.Disputes!)
        {
            // Between a decision and its confirmation a dispute may have ended.
            if (@case.Facts.Find<Dispute>(number) is not { Stands: true } dispute) continue;
            @case.Put(DisputesFacts.Table, dispute with { Owner = owner, Person = owner == dispute.Owner ? dispute.Person : null, AskedBy = decision.Until });
            var lines = @case.Facts.Get<WorkFacts>().About((WorkKind.Defect, Words.Of(DefectKind.CompanyFaultDispute), number)).ToList();
            if (lines.Count == 0) DisputeReviews.Put(@case, block, decision, number, owner);
            foreach (var item in lines)
                Lists.Record(@case, item with { Owner = Words.Of(owner), Person = Words.Of(owner) == item.Owner ? item.Person : null });
        }
    }

    static void Done(Case @case, Decision decision) =>
        @case.Put(DecisionsFacts.Table, decision with { Status = DecisionStatus.Fulfilled, EndedOn = @case.Today });

    static void Check(Case @case, Order order) => CheckOrder.Run(@case, order with { Marks = ChangeOrder.Fresh(order.Marks) }, Occasion.Decision);

    /// <summary>An approved limit: whoever decided had the authority for its amount.</summary>
    static void Limit(Case @case, Decision decision)
    {
        var temporary = decision.Kind == DecisionKind.TemporaryLimit;
        var (number, level) = (decision.LimitOf, decision.LimitLevel);
        var entered = @case.Facts.Get<LimitsFacts>().Of(number).Select(limit => limit.Entered).DefaultIfEmpty().Max() + 1;
        var limit = new Limit(
            $"{number}-L{entered}", number, level, temporary ? LimitTerm.Temporary : LimitTerm.Standing, LimitKind.Amount, decision.AmountCurrency, decision.Amount, @case.Today,
            temporary ? decision.Until : null, temporary ? LimitMode.Replaces : null, decision.Reason, LimitStatus.Approved, entered, BegunOn: @case.Today);
        @case.Name("limit", limit.Id, number);
        @case.Put(LimitsFacts.Table, limit);
    }

    /// <summary>The order with less still to come: of the lines what was said, or, line by line, as much as comes to the amount.</summary>
    static Order Reduced(Order order, Decision decision)
    {
        if (decision.Terms.Lines is { } lines) return order with { Lines = [.. order.Lines.Select(line => Left(line, Said(lines, line.Line)))] };
        var left = decision.Amount ?? 0;
        var reduced = new List<OrderLine>(order.Lines.Count);
        foreach (var line in order.Lines)
        {
            var kept = Left(line, AsMuchAs(line, left, order.Currency));
            left -= OrderValue.LineValue(kept, kept.Quantity - kept.Cancelled, order.Currency) - OrderValue.LineValue(kept, Gone(line), order.Currency);
            reduced.Add(kept);
        }

        return order with { Lines = reduced };
    }

    static Quantity Said(IReadOnlyList<DecidedLine> lines, int number) =>
        lines.Where(part => part.Line == number).Aggregate(Quantity.Zero, (sum, part) => sum + part.Quantity);

    /// <summary>Whole units of what is ordered in whole units; parts of it where not even one fits.</summary>
    static Quantity AsMuchAs(OrderLine line, long amount, Currency currency)
    {
        var open = line.Quantity - line.Cancelled - Gone(line);
        var value = OrderValue.LineValue(line, line.Quantity - line.Cancelled, currency) - OrderValue.LineValue(line, Gone(line), currency);
        if (amount <= 0 || value <= 0) return value <= 0 ? open : Quantity.Zero;
        if (value <= amount) return open;
        var share = new Quantity((long)((decimal)open.Scaled * amount / value));
        var whole = Quantity.Of(decimal.Truncate(share.Value));
        return whole.Scaled > 0 && open.Value == decimal.Truncate(open.Value) ? whole : share;
    }

    static Quantity Gone(OrderLine line) => Quantity.Min(line.Quantity - line.Cancelled, Quantity.Max(line.Delivered, line.Invoiced));

    /// <summary>What was cancelled stays cancelled, whatever is said to be left.</summary>
    static OrderLine Left(OrderLine line, Quantity toCome) =>
        line with { Cancelled = Quantity.Max(line.Cancelled, line.Quantity - Quantity.Min(line.Quantity, Gone(line) + toCome)) };
}

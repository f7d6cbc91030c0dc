using System.Globalization;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Decisions;

/// <summary>Keeps what has become of conditions: met as facts arrive, open again when money is taken back, broken when that was fulfilled already, met late.</summary>
/// <remarks>It only records. What follows for orders is the check's.</remarks>
sealed class KeepConditions : IReaction
{
    const string WrittenOff = "writtenOff";
    const string TakenBack = "takenBack";
    const string Came = "came";
    const string Settled = "settled";

    public string Rule => "conditions";
    public bool Whole => true;

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var decisions = after.Get<DecisionsFacts>().ById;
        if (decisions.IsEmpty) return [];
        var wakes = new List<string>();
        // What became of money on the way is told by the rows alone: closed documents have left the facts.
        var told = MoneyTold.Of(before, rows);
        if (!told.IsNone)
            foreach (var decision in decisions.Values)
            {
                foreach (var given in told.WriteOffs)
                    if (decision.Conditions.Any(condition => IsGivenUp(condition, decision, given)))
                        wakes.Add($"{decision.Id} {WrittenOff} {ConditionFacts.Owed(before, given.Payer) - ConditionFacts.Owed(after, given.Payer)} {given.Invoice}");
                // What comes along with a decision from another root was counted there.
                if (before.Find<Decision>(decision.Id) is not null && CameFor(decision, told) is { } came) wakes.Add($"{decision.Id} {Came} {came}");
                if (told.TakenBack.Contains(decision.Order)) wakes.Add($"{decision.Id} {TakenBack}");
                foreach (var condition in decision.Conditions)
                    if (condition is { Invoice: { } paid, MetOn: null } && told.Settled.Contains(paid)) wakes.Add($"{decision.Id} {Settled} - {paid}");
            }

        foreach (var decision in decisions.Values)
            if (Kept(decision, after, company.Through) != decision) wakes.Add(decision.Id);
        return wakes;
    }

    public void Run(Case @case, string key)
    {
        var told = key.Split(' ', 4);
        if (@case.Facts.Find<Decision>(told[0]) is not { } decision) return;
        var known = told switch
        {
            [_, WrittenOff, var amount, var invoice] =>
                decision with { Conditions = [.. decision.Conditions.Select(condition => GivenUp(condition, invoice, long.Parse(amount, CultureInfo.InvariantCulture)))] },
            [_, Came, var sums] => WithMoney(decision, [.. sums.Split('/').Select(sum => long.Parse(sum, CultureInfo.InvariantCulture))]),
            _ => decision,
        };
        var kept = Kept(known, @case.Facts, @case.Today, takenBack: told is [_, TakenBack], settled: told is [_, Settled, _, var paid] ? paid : null);
        if (kept != decision) @case.Put(DecisionsFacts.Table, kept);
    }

    /// <summary>The decision as the facts make it: itself when they change nothing.</summary>
    /// <param name="takenBack">A deposit was returned. Else one that has fulfilled its condition is not asked about again: it goes to the order's invoices.</param>
    /// <param name="settled">An invoice that was settled with this change.</param>
    static Decision Kept(Decision decision, Facts root, DateOnly today, bool takenBack = false, string? settled = null)
    {
        var order = root.Get<OrdersFacts>().Order(decision.Order);
        if (order is null or { Status: OrderStatus.Delivered or OrderStatus.Closed or OrderStatus.Cancelled })
            return decision.IsWatched ? decision with { IsWatched = false } : decision;
        if (decision.Conditions.Count == 0) return decision;
        var fulfilled = decision.Status == DecisionStatus.Fulfilled;
        var changed = false;
        var conditions = new Condition[decision.Conditions.Count];
        for (var at = 0; at < conditions.Length; at++)
        {
            var condition = decision.Conditions[at];
            conditions[at] = condition;
            if (fulfilled && !CanBeTakenBack(condition, takenBack)) continue;
            if (decision.Status == DecisionStatus.Broken && condition.Kind == ConditionKind.ValidUntil) continue;
            var holds = ConditionFacts.Holds(condition, decision, order, root, today, settled);
            if (holds == condition.MetOn is not null) continue;
            conditions[at] = condition with { MetOn = holds ? today : null };
            changed = true;
        }

        if (!changed) return decision;
        var kept = decision with { Conditions = conditions };
        if (fulfilled && !kept.IsMet) return kept with { Status = DecisionStatus.Broken, BrokenOn = today, IsWatched = false };
        var metLate = kept.Status == DecisionStatus.Broken && conditions.All(condition => condition.MetOn is not null || condition.Kind == ConditionKind.ValidUntil);
        return metLate ? kept with { CuredOn = today } : kept;
    }

    /// <summary>What was paid, deposited and given up, in this order; null where none of it concerns the decision.</summary>
    static string? CameFor(Decision decision, MoneyTold told)
    {
        var counts = decision.Conditions.Any(condition => condition.Received is not null);
        var (paid, deposited) = counts ? (told.PaidBy(decision.Payer), told.Deposited(decision.Payer, decision.Order)) : (0, 0);
        var givenUp = decision.Terms.Stages is null ? 0 : told.GivenUp(decision.Order);
        return (paid, deposited, givenUp) == default ? null : string.Create(CultureInfo.InvariantCulture, $"{paid}/{deposited}/{givenUp}");
    }

    static Decision WithMoney(Decision decision, long[] sums) => decision with
    {
        Conditions = [.. decision.Conditions.Select(condition =>
            condition with { Received = condition.Received + (condition.Kind == ConditionKind.DepositReceived ? sums[1] : sums[0]) })],
        Terms = sums[2] == 0 ? decision.Terms : decision.Terms with { GivenUp = (decision.Terms.GivenUp ?? 0) + sums[2] },
    };

    static bool IsGivenUp(Condition condition, Decision decision, Settlement given) => condition is { Kind: ConditionKind.InvoicePaid, Received: null }
        && (condition.Invoice is { } invoice ? invoice == given.Invoice && !condition.WrittenOff : decision.Payer == given.Payer);

    /// <summary>What was given up is not paid: the invoice never will be, and of a sum so much more must come.</summary>
    static Condition GivenUp(Condition condition, string invoice, long amount) => condition switch
    {
        { Kind: ConditionKind.InvoicePaid, Invoice: null } => condition with { Baseline = condition.Baseline - amount },
        { Kind: ConditionKind.InvoicePaid } when condition.Invoice == invoice => condition with { WrittenOff = true, MetOn = null },
        _ => condition,
    };

    /// <summary>What was met stays met after the release, but for money that goes back.</summary>
    static bool CanBeTakenBack(Condition condition, bool deposit) =>
        condition is { Kind: ConditionKind.InvoicePaid, Invoice: not null } or { Kind: ConditionKind.InvoicePaid, Received: not null }
        || (condition.Kind == ConditionKind.DepositReceived && deposit);
}

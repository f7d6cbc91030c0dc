using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Simulation;

/// <summary>The credit desk's day: what is open is decided within some days, by whoever may; what stands is left alone until its day has passed.</summary>
sealed class DeskAtWork(SimulationPlan plan, Desk desk, Store store, Colleagues people)
{
    const int MostOpen = 500;

    /// <summary>What came in during so many last days is mostly left for whoever looks at the demonstration.</summary>
    const int LastDays = 3;

    readonly Dictionary<string, int> rounds = new(StringComparer.Ordinal);
    readonly Dictionary<string, DateOnly> rests = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> turns = new(StringComparer.Ordinal);
    readonly Dictionary<string, Regular> regulars = Regulars.Of(plan).ToDictionary(regular => regular.Number, StringComparer.Ordinal);
    bool largeAwaits;

    public async Task DecideAsync(DateOnly day, CancellationToken cancel)
    {
        foreach (var block in await Checks.Blocks.PageAsync(store, new BlockFilter(BlockStatus.Open), null, MostOpen, cancel) ?? [])
        {
            if (rests.TryGetValue(block.Id, out var until) && day <= until) continue;
            var standing = (await people.FactsAsync(block.Customer)).Get<DecisionsFacts>().OfOrder(block.Order).LastOrDefault(decision => decision.Stands);
            if (!IsTurn(block, standing, day) || await GetOrder.FindAsync(new SeenDesk(desk, store, Colleagues.Clara), store, block.Order, cancel) is not { } found) continue;
            foreach (var body in BodiesFor(block, found, day).Take(12))
                if (await SubmitAsync(block, body, standing) is { } decision)
                {
                    rounds[block.Id] = rounds.GetValueOrDefault(block.Id) + 1;
                    if (decision is { Until: { } last, Kind: not DecisionKind.Escalate }) rests[block.Id] = last;
                    await ConfirmAsync(decision, day);
                    break;
                }
        }
    }

    bool IsTurn(Block block, Decision? standing, DateOnly day)
    {
        var chance = ChanceOf(block);
        if (standing is not null) return standing is { Kind: DecisionKind.Escalate, Status: DecisionStatus.InForce } && standing.On < day && day < plan.EndDate;
        if (block.Findings.Any(finding => finding.Code == "order-too-large")) return day > plan.EndDate.AddDays(-3) && !largeAwaits;
        if (rounds.ContainsKey(block.Id) && day > plan.EndDate.AddDays(-LastDays)) return false;
        return block.OpenedOn > plan.EndDate.AddDays(-LastDays) ? chance.Chance(20) : block.OpenedOn.AddDays(chance.Between(0, 2)) <= day;
    }

    IEnumerable<DecisionBody> BodiesFor(Block block, FoundOrder found, DateOnly day)
    {
        var customer = block.Customer;
        var turn = turns.GetValueOrDefault(customer);
        turns[customer] = turn + 1;
        var proposals = new Proposals(block, found, day, plan.EndDate, rounds.GetValueOrDefault(block.Id));
        return regulars.TryGetValue(customer, out var regular) ? proposals.ByHabit(regular, turn) : proposals.ByFinding(turn + ChanceOf(block).Between(0, 2));
    }

    /// <summary>By whoever may and may the least; a colleague's decision is replaced only by who has seen it.</summary>
    async Task<Decision?> SubmitAsync(Block block, DecisionBody body, Decision? standing)
    {
        var seen = standing is null ? null : AsRead.InOneBreath(block).ToString();
        foreach (var person in Colleagues.Deciders)
            if (person.Name != standing?.By && await people.DoAsync(new DecideBlock(block.Id, body, seen), person) is { } outcome
                && outcome.Rows.OfType<Decision>().LastOrDefault(decision => decision.Block == block.Id) is { } decision) return decision;
        return null;
    }

    /// <summary>The second person confirms the next hour; the last one is left for whoever looks at the demonstration.</summary>
    async Task ConfirmAsync(Decision decision, DateOnly day)
    {
        if (decision.Status != DecisionStatus.AwaitingConfirmation) return;
        if (day > plan.EndDate.AddDays(-LastDays)) largeAwaits = true;
        else await people.DoAsync(new ConfirmDecision(decision.Block, decision.Id), Colleagues.Helena);
    }

    RandomStream ChanceOf(Block block) => Voices.ChanceOf(plan, block.Order);
}

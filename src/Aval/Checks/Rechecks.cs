using Aval.Company;
using Aval.Concentration;
using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Rates;
using Aval.Receivables;
using Microsoft.Extensions.Logging;

namespace Aval.Checks;

/// <summary>Has open blocks checked again everywhere when the policy, a rate or the count of the portfolio has changed, and at the start; as work that lets others pass.</summary>
/// <remarks>It keeps nothing of how far it came: a block that was looked at before is looked at in vain. So a node that starts does all of it, which is also what
/// another one left that died. Of several nodes the leader does it.</remarks>
sealed class Rechecks(Desk desk, Store store, Leader leader, DueRoots due, ScheduledWork work, TimeProvider clock, ILogger<Rechecks> log)
    : Recurring(TimeSpan.FromSeconds(1), log)
{
    static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMinutes(1);

    /// <summary>Roots read at a time.</summary>
    const int RootsAtOnce = 1000;

    Asked? served;

    protected override string Purpose => "to see whether open blocks are to be checked again";

    protected override async Task TurnAsync(CancellationToken cancel)
    {
        if (!leader.Leads)
        {
            served = null;
            return;
        }

        var asked = Asked.Of(await desk.CompanyAsync(cancel));
        if (served == asked) return;
        if (await EverywhereAsync(cancel)) served = asked;
        else await Task.Delay(BeforeTryingAgain, clock, cancel);
    }

    /// <summary>What of the company open blocks depend on: they are looked at again when any of it is another.</summary>
    /// <param name="Portfolio">Null where no rule holds an order for what was counted: then a new count frees none.</param>
    internal sealed record Asked(int Policy, RatesFacts Rates, PortfolioSnapshot? Portfolio)
    {
        public static Asked Of(Facts company)
        {
            var policy = company.Get<PoliciesFacts>().Current;
            return new Asked(policy.Version, company.Get<RatesFacts>(), policy.BlocksForConcentration ? company.Get<ConcentrationFacts>().Latest : null);
        }
    }

    /// <summary>True when every root could do it.</summary>
    async Task<bool> EverywhereAsync(CancellationToken cancel) =>
        await WalkAsync("to check open blocks again", after => WithBlocksAsync(after, cancel), cancel)
        & await WalkAsync("to look at documents that wait for a rate", after => LateDocuments.RootsAsync(store, after, RootsAtOnce, cancel), cancel);

    async Task<bool> WalkAsync(string purpose, Func<string?, Task<IReadOnlyList<string>>> page, CancellationToken cancel)
    {
        var all = true;
        return await TriedAsync(purpose, async token => all = await WalkAsync(page, token), cancel) && all;
    }

    async Task<bool> WalkAsync(Func<string?, Task<IReadOnlyList<string>>> page, CancellationToken cancel)
    {
        var all = true;
        ScheduledWork.Step? step = null;
        string? last = null;
        try
        {
            while (await page(last) is { Count: > 0 } roots)
            {
                if (!leader.Leads) return false;
                step ??= work.Begin("rechecks");
                all &= await due.LookAfreshAsync(roots, step, cancel) == roots.Count;
                last = roots[^1];
            }
        }
        finally
        {
            step?.Dispose();
        }

        return all;
    }

    async Task<IReadOnlyList<string>> WithBlocksAsync(string? after, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"""
            SELECT DISTINCT lane, root FROM block WHERE to_sequence IS NULL AND live AND (lane, root) > (@lane, @after) ORDER BY lane, root LIMIT {RootsAtOnce}
            """);
        StoreReader.Add(command, "lane", after is null ? short.MinValue : Lane.Of(after));
        StoreReader.Add(command, "after", after ?? "");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var roots = new List<string>();
        while (await rows.ReadAsync(cancel)) roots.Add(rows.GetString(1));
        return roots;
    }
}

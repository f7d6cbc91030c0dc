using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Tests.Infrastructure;
using Aval.TimeMachine;
using Aval.TimeMachine.Rules;
using Xunit.Sdk;

namespace Aval.Tests.TimeMachine;

public sealed class MachineLawsOnSqlite() : MachineLaws(null);

public sealed class MachineLawsOnPostgres(PostgresCluster cluster) : MachineLaws(cluster);

/// <summary>The policy that holds, tried on its own past, changes nothing: every check finds what it found, to the finding.</summary>
public abstract class MachineLaws(PostgresCluster? cluster)
{
    [Fact]
    public async Task The_policy_that_holds_changes_nothing_of_its_own_past()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= 4; seed++)
            try
            {
                await TriedOn(seed, found);
            }
            catch (XunitException failure)
            {
                throw new XunitException($"seed {seed}: {failure.Message}", failure);
            }

        Assert.Superset(new HashSet<string> { "concentration", "overdue", "order-too-large", "promise-too-long", "promise-broken" }, found);
    }

    async Task TriedOn(int seed, HashSet<string> found)
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await new RandomPast(server, seed).LiveAsync(rounds: 60);
        var policy = (await server.Desk.CompanyAsync(CancellationToken.None)).Get<PoliciesFacts>().Current.Policy;
        Trial trial;
        long checks;
        do
        {
            // A rate or a count of the portfolio that has just come may still have blocks looked at again.
            checks = await CountAsync(server.Store, "count(*)");
            trial = await new Machine(server.Store, new TrialPlan(policy, new DateOnly(2026, 3, 2), new DateOnly(2030, 1, 1), 10, 100)).RunAsync(2, null, CancellationToken.None);
        }
        while (checks != await CountAsync(server.Store, "count(*)"));

        Assert.Equal(0, trial.ChecksChanged);
        Assert.Equal(0, trial.ChecksFindingElse);
        Assert.Equal(0, trial.ChangedOrders);
        Assert.Equal(trial.Then with { FalseBlocks = trial.Draft.FalseBlocks, LossesPrevented = trial.Draft.LossesPrevented }, trial.Draft);
        // None is missed and none is told twice, wherever its party has moved to.
        Assert.Equal(checks, trial.Checks);
        Assert.Equal(await CountAsync(server.Store, "count(DISTINCT \"order\")"), trial.Orders);
        Assert.True(trial is { Then.Held: > 5, Then.Released: > 1 } && trial.Checks > trial.Orders && trial.ByFinding.Count > 5, $"A dull past: {trial}");
        found.UnionWith(trial.ByFinding.Select(finding => finding.Code));
    }

    [Fact]
    public async Task A_part_of_the_past_and_the_rest_are_together_the_whole()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await new RandomPast(server, 5).LiveAsync(rounds: 40);
        var (first, cut, last) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 1), new DateOnly(2030, 1, 1));
        async Task<(int, int, int, decimal)> Try(DateOnly from, DateOnly to)
        {
            var trial = await new Machine(server.Store, new TrialPlan(Aval.Policies.Rules.Standard.Policy, from, to, 10, 100)).RunAsync(1, null, CancellationToken.None);
            return (trial.Orders, trial.Checks, trial.Draft.Held, trial.Draft.Delayed);
        }

        (int, int, int, decimal) whole, early, late;
        long checks;
        do
        {
            // What has just come may still have blocks looked at again.
            checks = await CountAsync(server.Store, "count(*)");
            (whole, early, late) = (await Try(first, last), await Try(first, cut), await Try(cut.AddDays(1), last));
        }
        while (checks != await CountAsync(server.Store, "count(*)"));

        Assert.Equal(whole, (early.Item1 + late.Item1, early.Item2 + late.Item2, early.Item3 + late.Item3, early.Item4 + late.Item4));
        Assert.True(early.Item1 > 0 && late.Item1 > 0);
    }

    static async Task<long> CountAsync(Store store, string what)
    {
        await using var reader = await store.SnapshotAsync(CancellationToken.None);
        await using var command = reader.Command($"SELECT {what} FROM order_check WHERE to_sequence IS NULL");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

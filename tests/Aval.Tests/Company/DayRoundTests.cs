using Aval.Company;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Tests.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Tests.Company;

public sealed class DayRoundsOnSqlite() : DayRoundTests(null);

public sealed class DayRoundsOnPostgres(PostgresCluster cluster) : DayRoundTests(cluster);

/// <summary>What is done once a day for the company as a whole.</summary>
public abstract class DayRoundTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_round_that_fails_keeps_no_other_from_its_turn()
    {
        var (failing, other) = (new Failing(), new Other());
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster), [new Rounds(failing, other)]);
        await Eventually.TrueAsync(() => Task.FromResult(failing.WasAsked && other.WasAsked), TimeSpan.FromSeconds(30));
        (await server.Get("/company")).Expect(200);
    }

    sealed class Rounds(Failing failing, Other other) : ICapability
    {
        public string Name => "Rounds";

        public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound>(failing).AddSingleton<IDayRound>(other);
    }

    sealed class Failing : IDayRound
    {
        public bool WasAsked { get; private set; }

        public Task RunAsync(CancellationToken cancel)
        {
            WasAsked = true;
            throw new InvalidOperationException("this round has a defect");
        }
    }

    sealed class Other : IDayRound
    {
        public bool WasAsked { get; private set; }

        public Task RunAsync(CancellationToken cancel)
        {
            WasAsked = true;
            return Task.CompletedTask;
        }
    }
}

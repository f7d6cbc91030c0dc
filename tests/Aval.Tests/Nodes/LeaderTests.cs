using System.Text.Json;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Tests.Nodes;

/// <summary>Of several nodes one does the scheduled work, and whatever ends it, another takes over by itself.</summary>
public sealed class LeaderTests(PostgresCluster cluster)
{
    static readonly TimeSpan LongestVacancy = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_rounds_of_the_day_run_at_the_leader_alone_and_at_the_other_once_it_has_gone()
    {
        var options = RunningServer.NewStore(cluster);
        Rounds first = new(), second = new();
        await using var leader = await RunningServer.StartAsync(options, [first]);
        await using var follower = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Database = options.Database }, [second]);
        await Eventually.TrueAsync(() => Task.FromResult(first.Run > 0), LongestVacancy);
        // The follower's clock has ticked several times by now.
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal((true, false, 0), (await SaysToLeadAsync(leader.Address), await SaysToLeadAsync(follower.Address), second.Run));
        await leader.StopAsync();
        await Eventually.TrueAsync(() => Task.FromResult(second.Run > 0), LongestVacancy);
        Assert.True(await SaysToLeadAsync(follower.Address));
    }

    [Fact]
    public async Task A_leader_that_freezes_or_is_killed_is_followed_by_another_within_ten_seconds()
    {
        var options = RunningServer.NewStore(cluster);
        using var first = await ServedProcess.StartAsync(options);
        using var second = await ServedProcess.StartAsync(options);
        Assert.Equal((true, false), (await SaysToLeadAsync(first.Address), await SaysToLeadAsync(second.Address)));
        first.Freeze();
        try
        {
            await Eventually.TrueAsync(() => SaysToLeadAsync(second.Address), LongestVacancy);
        }
        finally
        {
            first.Thaw();
        }

        await Eventually.TrueAsync(async () => !await SaysToLeadAsync(first.Address), LongestVacancy);
        Assert.True(await SaysToLeadAsync(second.Address));
        second.Kill();
        await Eventually.TrueAsync(() => SaysToLeadAsync(first.Address), LongestVacancy);
        Directory.Delete(options.Data, recursive: true);
    }

    static async Task<bool> SaysToLeadAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        var said = await http.GetStringAsync(new Uri(address, "/health/ready"));
        return JsonDocument.Parse(said).RootElement.GetProperty("leader").GetBoolean();
    }

    /// <summary>Counts the rounds of its node.</summary>
    sealed class Rounds : ICapability, IDayRound
    {
        int run;

        public string Name => "Rounds";
        public int Run => Volatile.Read(ref run);

        public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound>(this);

        public Task RunAsync(CancellationToken cancel)
        {
            Interlocked.Increment(ref run);
            return Task.CompletedTask;
        }
    }
}

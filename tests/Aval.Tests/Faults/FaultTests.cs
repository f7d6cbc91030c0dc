using Aval.Kernel.Web;
using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;

namespace Aval.Tests.Faults;

/// <summary>Whatever breaks: what was answered is there once, what was refused is not, limits hold, the journal proves, and the service returns by itself.</summary>
public sealed class FaultTests(PostgresCluster cluster)
{
    [Fact]
    public async Task PostgreSQL_killed_and_started_again_under_load()
    {
        using var durable = PostgresCluster.Durable();
        var options = RunningServer.NewStore(durable);
        using var traders = new Traders();
        var times = FaultRun.Times(inLong: 20);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, async _ =>
            {
                durable.Kill();
                await Task.Delay(Random.Shared.Next(0, 500));
                await Task.Run(durable.Restart);
            });
            await ReadyAsync(server);
        }

        await FaultRun.CloseAsync(options, traders, $"PostgreSQL killed {times} times");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task PostgreSQL_frozen_under_load_and_going_on()
    {
        using var durable = PostgresCluster.Durable();
        var options = RunningServer.NewStore(durable) with { Patience = TimeSpan.FromSeconds(1) };
        using var traders = new Traders();
        var times = FaultRun.Times(inLong: 20);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, async _ =>
            {
                var unanswered = traders.Unanswered;
                durable.Freeze();
                await Task.Delay(Random.Shared.Next(2_000, 6_000));
                durable.Thaw();
                Assert.True(traders.Unanswered > unanswered, "nobody was told that the database hangs");
            });
            await ReadyAsync(server);
        }

        await FaultRun.CloseAsync(options, traders, $"PostgreSQL frozen {times} times");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task A_primary_lost_and_its_synchronous_standby_promoted_under_load()
    {
        using var one = PostgresCluster.Durable();
        var options = RunningServer.NewStore(one);
        using var other = one.Standby();
        var (primary, standby) = (one, other);
        using var traders = new Traders();
        var times = FaultRun.Times(inLong: 20);
        options = options with { Database = PostgresCluster.AnyOf(options.Database!, other) };
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, async _ =>
            {
                primary.Kill();
                await Task.Delay(Random.Shared.Next(0, 500));
                await Task.Run(standby.Promote);
                (primary, standby) = (standby, primary);
                await Task.Run(() => standby.Follow(primary));
            });
            await ReadyAsync(server);
        }

        await FaultRun.CloseAsync(options, traders, $"the primary lost {times} times");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task Two_nodes_of_which_any_is_killed_at_any_moment()
    {
        var options = RunningServer.NewStore(cluster);
        using var traders = new Traders();
        ServedProcess[] nodes = [await ServedProcess.StartAsync(options), await ServedProcess.StartAsync(options)];
        var times = FaultRun.Times(inLong: 20);
        try
        {
            traders.Addresses = [.. nodes.Select(node => node.Address)];
            await FaultRun.TradeThroughAsync(traders, times, async time =>
            {
                nodes[time % 2].Dispose();
                nodes[time % 2] = await ServedProcess.StartAsync(options);
                traders.Addresses = [.. nodes.Select(node => node.Address)];
            });
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
        }

        await FaultRun.CloseAsync(options, traders, $"a node of two killed {times} times");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task Connections_cut_while_a_statement_or_a_commit_is_under_way()
    {
        var options = RunningServer.NewStore(cluster);
        await using var scissors = new Scissors(options.Database!);
        using var traders = new Traders();
        var (times, cut) = (FaultRun.Times(inLong: 200), 0);
        await using (var server = await RunningServer.StartAsync(options with { Database = scissors.Place }, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, async _ =>
            {
                int now;
                while ((now = scissors.CutWaiting()) == 0) await Task.Delay(1);
                cut += now;
            });
        }

        await FaultRun.CloseAsync(options, traders, $"{cut} connections cut");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task A_slow_database_and_clients_that_give_up_and_ask_again()
    {
        var options = RunningServer.NewStore(cluster);
        await using var scissors = new Scissors(options.Database!);
        using var traders = new Traders { Patience = TimeSpan.FromMilliseconds(400) };
        var times = FaultRun.Times(inLong: 20);
        await using (var server = await RunningServer.StartAsync(options with { Database = scissors.Place }, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, time =>
            {
                scissors.Delay = TimeSpan.FromMilliseconds(time % 2 == 0 ? 40 : 0);
                return Task.CompletedTask;
            });
            scissors.Delay = TimeSpan.Zero;
            await ReadyAsync(server);
        }

        await FaultRun.CloseAsync(options, traders, $"the database slow {(times + 1) / 2} times");
        Assert.True(traders.Unanswered > 0);
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task A_clock_that_jumps_forward_and_back()
    {
        var clock = new JumpingClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var options = RunningServer.NewStore(cluster, today: "") with { Clock = clock };
        using var traders = new Traders { MovesDate = false };
        var times = FaultRun.Times(inLong: 40);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, time =>
            {
                // Forward over midnight, then most of the way back.
                clock.Jump(TimeSpan.FromHours(time % 2 == 0 ? 30 : -29));
                return Task.CompletedTask;
            });
        }

        await FaultRun.CloseAsync(options, traders, $"the clock set {times} times");
        Directory.Delete(options.Data, recursive: true);
    }

    [Fact]
    public async Task Pairs_that_fit_alone_and_not_together_at_two_nodes_that_are_killed_in_between()
    {
        var options = RunningServer.NewStore(cluster);
        var pairs = FaultRun.Long ? 10_000 : 100;
        using var traders = new Traders();
        ServedProcess[] nodes = [await ServedProcess.StartAsync(options), await ServedProcess.StartAsync(options)];
        try
        {
            traders.Addresses = [.. nodes.Select(node => node.Address)];
            await traders.OpenAsync();
            var racing = Task.WhenAll(Traders.Customers.Select(async customer =>
            {
                for (var pair = 0; pair < pairs / Traders.Customers.Length; pair++) Assert.Equal(1, await traders.RaceAsync(customer, pair));
            }));
            for (var kill = 0; kill < FaultRun.Times(inLong: 20) && !racing.IsCompleted; kill++)
            {
                await Task.WhenAny(racing, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
                nodes[kill % 2].Dispose();
                nodes[kill % 2] = await ServedProcess.StartAsync(options);
                traders.Addresses = [.. nodes.Select(node => node.Address)];
            }

            await racing;
            await HistoryChecker.AgreesAsync(traders);
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
        }

        await FaultRun.CloseAsync(options, traders, $"{pairs} racing pairs");
        Directory.Delete(options.Data, recursive: true);
    }

    static async Task ReadyAsync(RunningServer server) =>
        await Nodes.Eventually.TrueAsync(async () => (await server.Get("//health/ready", by: "nobody")).Status == 200, TimeSpan.FromSeconds(20));

    sealed class JumpingClock(DateTimeOffset start) : TimeProvider
    {
        readonly long began = TimeProvider.System.GetTimestamp();
        long offset;

        public void Jump(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

        public override DateTimeOffset GetUtcNow() => start + TimeProvider.System.GetElapsedTime(began) + TimeSpan.FromTicks(Interlocked.Read(ref offset));
    }
}

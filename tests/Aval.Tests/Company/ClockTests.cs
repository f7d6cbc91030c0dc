using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Dapper;

namespace Aval.Tests.Company;

public sealed class ClockOnSqlite() : ClockTests(null);

public sealed class ClockOnPostgres(PostgresCluster cluster) : ClockTests(cluster);

public abstract class ClockTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task The_date_moves_forward_only_and_only_for_an_administrator()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        Assert.Equal("2026-03-02", (await server.Get("/company")).Expect(200)["today"]);
        Assert.Equal("2026-03-05", (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200)["today"]);
        Assert.Equal("2026-03-05", (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200)["today"]);
        Assert.Equal("today", (await server.Post("/clock", new { today = "2026-03-04" })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/clock", new { today = "2026-03-06" }, by: "lea:leadership")).Expect(403, "not-permitted");
        (await server.Post("/clock", new { today = "2026-03-06" }, by: "ada:administrator")).Expect(200);
        Assert.Equal(("2026-03-06", "fixed"), ((await server.Get("/company"))["today"], (await server.Get("/company"))["clock"]));
    }

    [Fact]
    public async Task The_same_date_again_leaves_no_entry()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var before = (await server.Desk.CompanyAsync(TestContext.Current.CancellationToken)).Sequence;
        (await server.Post("/clock", new { today = "2026-03-02" })).Expect(200);
        Assert.Equal(before, (await server.Desk.CompanyAsync(TestContext.Current.CancellationToken)).Sequence);
    }

    [Fact]
    public async Task What_is_due_runs_once_and_leaves_one_entry()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var number in new[] { "C1", "C2" })
        {
            (await server.Put($"/customers/{number}", new { name = number, country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
            (await server.Post("/limits", new
            {
                customer = number, kind = "temporary", mode = "replaces", limit = "amount", amount = 100, currency = "EUR", reason = "season",
                validFrom = "2026-03-01", validTo = number == "C1" ? "2026-03-10" : "2026-03-20",
            })).Expect(200);
        }

        Assert.Equal("0", (await server.Post("/clock", new { today = "2026-03-10" })).Expect(200)["rootsRun"]);
        var before = await SequenceOf(server, "C1");
        Assert.Equal("1", (await server.Post("/clock", new { today = "2026-03-12" })).Expect(200)["rootsRun"]);
        Assert.Equal(before + 1, await SequenceOf(server, "C1"));
        Assert.Equal("0", (await server.Post("/clock", new { today = "2026-03-13" })).Expect(200)["rootsRun"]);
        Assert.Equal(before + 1, await SequenceOf(server, "C1"));
    }

    [Fact]
    public async Task A_store_keeps_its_date_and_is_moved_forward_by_a_later_start()
    {
        var options = RunningServer.NewStore(cluster);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
            (await server.Post("/clock", new { today = "2026-03-09" })).Expect(200);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
            Assert.Equal("2026-03-09", (await server.Get("/company"))["today"]);
        var later = options with { Today = new DateOnly(2026, 4, 1), Currency = Currency.Of("USD") };
        await using var last = await RunningServer.StartAsync(later);
        Assert.Equal("2026-04-01", (await last.Get("/company"))["today"]);
        Assert.Equal("EUR", (await last.Get("/company"))["currency"]);
    }

    [Fact]
    public async Task A_real_date_cannot_be_moved_by_hand_and_moves_at_the_companys_midnight()
    {
        var clock = new SetClock { Now = new DateTimeOffset(2026, 3, 28, 22, 59, 59, TimeSpan.Zero) };
        var options = RunningServer.NewStore(cluster, today: "") with { Clock = clock, TimeZone = "Europe/Paris" };
        await using var server = await RunningServer.StartAsync(options);
        Assert.Equal(("2026-03-28", "real"), ((await server.Get("/company"))["today"], (await server.Get("/company"))["clock"]));
        (await server.Post("/clock", new { today = "2026-03-30" })).Expect(409, "clock-is-real");
        clock.Now += TimeSpan.FromSeconds(1);
        for (var waited = 0; (await server.Get("/company"))["today"] != "2026-03-29"; waited++)
        {
            Assert.True(waited < 100, "the date did not move");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task What_waits_at_a_root_because_its_node_died_is_done_within_a_minute()
    {
        var clock = new SetClock { Now = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero) };
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster, today: "") with { Clock = clock });
        (await server.Put("/customers/C1", new { name = "C1", country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        // The round of the start may still be to come; none comes after it before a minute is over.
        for (var rounds = 0; await WaitingAsync(server, "C1") is null; rounds++)
        {
            Assert.True(rounds < 5, "it is done without a minute having passed");
            await SetAsync(server, "UPDATE root SET waiting = '[[\"autoRelease\",\"SO-1\"]]', next_due = business_date WHERE root = 'C1'");
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        }

        clock.Now += TimeSpan.FromMinutes(1);
        for (var waited = 0; await WaitingAsync(server, "C1") is not null; waited++)
        {
            Assert.True(waited < 100, "it was never done");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("2026-03-28T22:59:59Z", "Europe/Paris", "2026-03-28")]
    [InlineData("2026-03-28T23:00:00Z", "Europe/Paris", "2026-03-29")]
    [InlineData("2026-06-30T22:00:00Z", "Europe/Paris", "2026-07-01")]
    [InlineData("2026-03-02T04:59:00Z", "America/New_York", "2026-03-01")]
    [InlineData("2026-03-02T04:59:00Z", "UTC", "2026-03-02")]
    public void The_date_is_the_one_of_the_companys_time_zone(string instant, string zone, string date) =>
        Assert.Equal(date, Midnight.DateAt(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), zone)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    static async Task<string?> WaitingAsync(RunningServer server, string root)
    {
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return (await reader.RootAsync(root, TestContext.Current.CancellationToken))!.Waiting;
    }

    static async Task SetAsync(RunningServer server, string sql)
    {
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    static async Task<long> SequenceOf(RunningServer server, string root)
    {
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return (await reader.RootAsync(root, TestContext.Current.CancellationToken))!.Sequence;
    }

    [Fact]
    public async Task A_leader_whose_clock_is_set_forward_forgets_no_batch_that_is_young()
    {
        var clock = new Late(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster, today: "") with { Clock = clock });
        await EnterAsync("C");
        var young = await BatchesAsync(server);
        // The second checkpoint is taken when all is done that belongs to the first date.
        foreach (var hours in new[] { 30, 60 }) await SetForwardAsync(hours);
        Assert.Subset(await BatchesAsync(server), young);
        await Nodes.Eventually.TrueAsync(async () =>
        {
            clock.Passed += OldBatches.LongestDoubt;
            return !(await BatchesAsync(server)).Overlaps(young);
        }, TimeSpan.FromSeconds(60));
        Assert.NotEmpty(await BatchesAsync(server));

        async Task EnterAsync(string number) =>
            (await server.Put($"/customers/{number}", new { name = "C", country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);

        async Task SetForwardAsync(int hours)
        {
            // A day on which nobody did anything has no checkpoint.
            await EnterAsync($"C{hours}");
            clock.Set = TimeSpan.FromHours(hours);
            var date = Midnight.DateAt(clock.GetUtcNow(), server.Options.TimeZone);
            await Nodes.Eventually.TrueAsync(async () => await WasTakenAsync(server, date), TimeSpan.FromSeconds(60));
        }
    }

    static async Task<bool> WasTakenAsync(RunningServer server, DateOnly date)
    {
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        return (await connection.QueryAsync<string>("SELECT CAST(business_date AS TEXT) FROM journal WHERE command = 'checkpoint'")).Contains(RowFormat.Iso(date));
    }

    static async Task<HashSet<string>> BatchesAsync(RunningServer server)
    {
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<string>("SELECT batch FROM batch")];
    }
}

/// <summary>A clock that stands until it is set.</summary>
sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }
    public override DateTimeOffset GetUtcNow() => Now;
}

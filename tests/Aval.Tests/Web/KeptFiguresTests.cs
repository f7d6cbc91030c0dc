using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Aval.Web;
using Dapper;
using Npgsql;

namespace Aval.Tests.Web;

public sealed class KeptFiguresOnSqlite(SqliteServer fixture) : KeptFiguresTests(fixture), IClassFixture<SqliteServer>;

public sealed class KeptFiguresOnPostgres(PostgresServer fixture) : KeptFiguresTests(fixture), IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Figures_are_counted_again_in_a_store_whose_batches_were_committed_elsewhere()
    {
        var server = await fixture.StartedAsync();
        await ChangeAsync(server);
        await using (var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("UPDATE batch SET committed_by = CAST('900000000' AS xid8)");
        await AssertCountedAgainAsync(server);
    }

    [Fact]
    public async Task Figures_are_counted_again_when_a_batch_that_began_earlier_is_committed_later()
    {
        var server = await fixture.StartedAsync();
        var (slow, fast) = (NameIn(0), NameIn(1));
        foreach (var number in new[] { slow, fast }) await EnterAsync(server, number);
        var kept = new KeptFigures<string, long>(TimeProvider.System, _ => false);
        await using var reading = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        // Another node holds the slow one's root for a moment, until its batch waits for it.
        await using var other = new NpgsqlConnection(server.Options.Database);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("SELECT FROM root WHERE root = @slow FOR UPDATE", new { slow }, holding);
        var waiting = InvoiceAsync("I-slow", slow);
        while (await reading.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        (await InvoiceAsync("I-fast", fast)).Expect(200);
        Assert.Equal(1, await ToldAsync());
        await holding.RollbackAsync(TestContext.Current.CancellationToken);
        (await waiting).Expect(200);
        Assert.Equal(2, await ToldAsync());

        // Each is written by a queue of its own.
        static string NameIn(int queue) => Enumerable.Range(0, 100).Select(n => $"KF-{queue}{n}").First(name => (Lane.Of(name) & 0x7fff) % 2 == queue);

        Task<ServerReply> InvoiceAsync(string number, string customer) => server.Post(
            "/invoices", new { number, customer, date = "2026-02-01", dueDate = "2026-03-01", currency = "EUR", amount = 100 });

        async Task<long> ToldAsync() => (await kept.OfAsync(
            "all", server.Store, () => reading.ExecuteScalarAsync<long>("SELECT count(*) FROM invoice WHERE to_sequence IS NULL"), TestContext.Current.CancellationToken)).Figures;
    }
}

/// <summary>Figures that take long to count are shown as they were a moment ago; small ones are always those of now.</summary>
public abstract class KeptFiguresTests(ServerFixture fixture)
{
    [Fact]
    public async Task Small_figures_are_counted_again_as_soon_as_anything_has_changed_and_not_before()
    {
        var (server, counts) = (await fixture.StartedAsync(), 0);
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => false);
        Assert.Equal((1, false), await OfAsync());
        Assert.Equal((1, false), await OfAsync());
        await ChangeAsync(server);
        Assert.Equal((2, false), await OfAsync());

        async Task<(int, bool)> OfAsync() =>
            await kept.OfAsync("all", server.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken) is var (told, since)
                ? (told, since is not null) : default;
    }

    [Fact]
    public async Task Large_figures_are_shown_with_their_time_while_one_counting_goes_on_for_all_and_never_for_long()
    {
        var (server, counts, clock, gate) = (await fixture.StartedAsync(), 0, new Late(), new TaskCompletionSource());
        gate.SetResult();
        var kept = new KeptFigures<string, int>(clock, _ => true);
        Assert.Equal((1, null), await OfAsync());
        await ChangeAsync(server);
        gate = new TaskCompletionSource();
        var counted = clock.GetUtcNow();
        Assert.Equal((1, counted), await OfAsync());
        Assert.Equal((1, counted), await OfAsync());
        clock.Passed += KeptFigures<string, int>.Longest + TimeSpan.FromSeconds(1);
        var waiting = OfAsync();
        Assert.False(waiting.IsCompleted);
        gate.SetResult();
        Assert.Equal((2, null), await waiting);
        Assert.Equal(2, counts);

        Task<(int, DateTimeOffset?)> OfAsync() => kept.OfAsync("all", server.Store, CountAsync, TestContext.Current.CancellationToken);

        async Task<int> CountAsync()
        {
            var count = Interlocked.Increment(ref counts);
            await gate.Task;
            return count;
        }
    }

    [Fact]
    public async Task A_clock_on_the_wall_that_is_set_back_keeps_nothing_for_longer()
    {
        var (server, counts, clock) = (await fixture.StartedAsync(), 0, new Late());
        var kept = new KeptFigures<string, int>(clock, _ => true);
        Assert.Equal(1, await OfAsync());
        clock.Set = TimeSpan.FromHours(-1);
        clock.Passed = KeptFigures<string, int>.Longest + TimeSpan.FromSeconds(1);
        await ChangeAsync(server);
        Assert.Equal(2, await OfAsync());

        async Task<int> OfAsync() => (await kept.OfAsync("all", server.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures;
    }

    [Fact]
    public async Task Figures_are_counted_again_although_a_node_has_written_whose_clock_was_ahead()
    {
        var server = await fixture.StartedAsync();
        await ChangeAsync(server);
        await using (var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync(
                "UPDATE batch SET batch = @ahead WHERE batch = (SELECT max(batch) FROM batch)",
                new { ahead = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(1)).ToString("N") });
        await AssertCountedAgainAsync(server);
    }

    [Fact]
    public async Task What_took_long_to_count_is_shown_nine_times_as_long_before_it_is_counted_again()
    {
        var (server, counts, clock) = (await fixture.StartedAsync(), 0, new Late());
        var kept = new KeptFigures<string, int>(clock, _ => true);
        var first = clock.GetUtcNow();
        Assert.Equal((1, null), await OfAsync());
        await ChangeAsync(server);
        clock.Passed = (9 * Count) - TimeSpan.FromSeconds(1);
        Assert.Equal((1, first), await OfAsync());
        Assert.Equal(1, counts);
        clock.Passed = (9 * Count) + TimeSpan.FromSeconds(1);
        Assert.Equal((1, first), await OfAsync());
        // It is counted beside the page; the server may commit something of its own meanwhile, so nothing is said of since when.
        for (var wait = 0; (await OfAsync()).Item1 == 1 && wait < 100; wait++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), ((await OfAsync()).Item1, counts));

        Task<(int, DateTimeOffset?)> OfAsync() => kept.OfAsync("all", server.Store, () =>
        {
            clock.Passed += Count;
            return Task.FromResult(++counts);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Figures_are_counted_again_although_all_that_was_committed_before_has_been_forgotten()
    {
        var (server, counts, clock) = (await fixture.StartedAsync(), 0, new Late());
        var (kept, batches) = (new KeptFigures<string, int>(clock, _ => false), new OldBatches(server.Store, clock));
        for (var changes = 1; changes <= 3; changes++)
        {
            await ChangeAsync(server);
            for (var hours = 0; hours < 3; hours++)
            {
                await batches.ForgetAsync(TestContext.Current.CancellationToken);
                clock.Passed += OldBatches.LongestDoubt;
            }

            Assert.Equal(changes, (await kept.OfAsync("all", server.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures);
        }
    }

    static readonly TimeSpan Count = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_page_that_would_not_wait_is_told_that_it_is_being_counted()
    {
        var (server, gate) = (await fixture.StartedAsync(), new TaskCompletionSource<int>());
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => true);
        Assert.Null(await SoonAsync(TimeSpan.FromMilliseconds(20)));
        gate.SetResult(5);
        Assert.Equal(5, (await kept.OfAsync("all", server.Store, () => gate.Task, TestContext.Current.CancellationToken)).Figures);
        Assert.Equal(5, (await SoonAsync(TimeSpan.FromSeconds(20)))?.Item1);

        Task<(int, DateTimeOffset?)?> SoonAsync(TimeSpan patience) =>
            kept.SoonAsync("all", server.Store, () => gate.Task, patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_counting_that_fails_is_told_to_whoever_waits_and_begun_anew_for_the_next()
    {
        var server = await fixture.StartedAsync();
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => true);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            kept.OfAsync("all", server.Store, () => throw new InvalidOperationException("no disk"), TestContext.Current.CancellationToken));
        Assert.Equal((7, null), await kept.OfAsync("all", server.Store, () => Task.FromResult(7), TestContext.Current.CancellationToken));
    }

    protected static async Task AssertCountedAgainAsync(RunningServer server)
    {
        var (kept, counts) = (new KeptFigures<string, int>(TimeProvider.System, _ => false), 0);
        for (var changes = 1; changes <= 3; changes++)
        {
            await ChangeAsync(server);
            Assert.Equal(changes, (await kept.OfAsync("all", server.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures);
        }
    }

    protected static Task ChangeAsync(RunningServer server) => EnterAsync(server, "KF-" + Guid.NewGuid().ToString("N")[..8]);

    protected static async Task EnterAsync(RunningServer server, string number) =>
        (await server.Put($"/customers/{number}", new { name = "Kept", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
}

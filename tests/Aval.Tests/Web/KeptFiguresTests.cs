using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;
using Aval.Web;
using Dapper;
using Npgsql;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Web;

/// <summary>Figures that take long to count are shown as they were a moment ago; small ones are always those of now.</summary>
/// <remarks>Over a store to which nobody else writes: a server commits something of its own when it starts.</remarks>
public sealed class KeptFiguresTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Small_figures_are_counted_again_as_soon_as_anything_has_changed_and_not_before(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var counts = 0;
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => false);
        Assert.Equal((1, false), await OfAsync());
        Assert.Equal((1, false), await OfAsync());
        await ChangeAsync(shelf);
        Assert.Equal((2, false), await OfAsync());

        async Task<(int, bool)> OfAsync() =>
            await kept.OfAsync("all", shelf.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken) is var (told, since)
                ? (told, since is not null) : default;
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Large_figures_are_shown_with_their_time_while_one_counting_goes_on_for_all_and_never_for_long(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var (counts, clock, gate) = (0, new Late(), new TaskCompletionSource());
        gate.SetResult();
        var kept = new KeptFigures<string, int>(clock, _ => true);
        Assert.Equal((1, null), await OfAsync());
        await ChangeAsync(shelf);
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

        Task<(int, DateTimeOffset?)> OfAsync() => kept.OfAsync("all", shelf.Store, CountAsync, TestContext.Current.CancellationToken);

        async Task<int> CountAsync()
        {
            var count = Interlocked.Increment(ref counts);
            await gate.Task;
            return count;
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_clock_on_the_wall_that_is_set_back_keeps_nothing_for_longer(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var (counts, clock) = (0, new Late());
        var kept = new KeptFigures<string, int>(clock, _ => true);
        Assert.Equal(1, await OfAsync());
        clock.Set = TimeSpan.FromHours(-1);
        clock.Passed = KeptFigures<string, int>.Longest + TimeSpan.FromSeconds(1);
        await ChangeAsync(shelf);
        Assert.Equal(2, await OfAsync());

        async Task<int> OfAsync() => (await kept.OfAsync("all", shelf.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures;
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Figures_are_counted_again_although_a_node_has_written_whose_clock_was_ahead(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await ChangeAsync(shelf);
        await using (var connection = await shelf.Store.ConnectAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync(
                "UPDATE batch SET batch = @ahead WHERE batch = (SELECT max(batch) FROM batch)",
                new { ahead = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(1)).ToString("N") });
        await AssertCountedAgainAsync(shelf);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_took_long_to_count_is_shown_nine_times_as_long_before_it_is_counted_again(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var (counts, clock) = (0, new Late());
        var kept = new KeptFigures<string, int>(clock, _ => true);
        var first = clock.GetUtcNow();
        Assert.Equal((1, null), await OfAsync());
        await ChangeAsync(shelf);
        clock.Passed = (9 * Count) - TimeSpan.FromSeconds(1);
        Assert.Equal((1, first), await OfAsync());
        Assert.Equal(1, counts);
        clock.Passed = (9 * Count) + TimeSpan.FromSeconds(1);
        Assert.Equal((1, first), await OfAsync());
        // It is counted beside the page.
        for (var wait = 0; (await OfAsync()).Item1 == 1 && wait < 100; wait++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal((2, null), await OfAsync());
        Assert.Equal(2, counts);

        Task<(int, DateTimeOffset?)> OfAsync() => kept.OfAsync("all", shelf.Store, () =>
        {
            clock.Passed += Count;
            return Task.FromResult(++counts);
        }, TestContext.Current.CancellationToken);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Figures_are_counted_again_although_all_that_was_committed_before_has_been_forgotten(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var (counts, clock) = (0, new Late());
        var (kept, batches) = (new KeptFigures<string, int>(clock, _ => false), new OldBatches(shelf.Store, clock));
        for (var changes = 1; changes <= 3; changes++)
        {
            await ChangeAsync(shelf);
            for (var hours = 0; hours < 3; hours++)
            {
                await batches.ForgetAsync(TestContext.Current.CancellationToken);
                clock.Passed += OldBatches.LongestDoubt;
            }

            Assert.Equal(changes, (await kept.OfAsync("all", shelf.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures);
        }
    }

    static readonly TimeSpan Count = TimeSpan.FromSeconds(20);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_page_that_would_not_wait_is_told_that_it_is_being_counted(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var gate = new TaskCompletionSource<int>();
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => true);
        Assert.Null(await SoonAsync(TimeSpan.FromMilliseconds(20)));
        gate.SetResult(5);
        Assert.Equal(5, (await kept.OfAsync("all", shelf.Store, () => gate.Task, TestContext.Current.CancellationToken)).Figures);
        Assert.Equal(5, (await SoonAsync(TimeSpan.FromSeconds(20)))?.Item1);

        Task<(int, DateTimeOffset?)?> SoonAsync(TimeSpan patience) =>
            kept.SoonAsync("all", shelf.Store, () => gate.Task, patience, TestContext.Current.CancellationToken);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_counting_that_fails_is_told_to_whoever_waits_and_begun_anew_for_the_next(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => true);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            kept.OfAsync("all", shelf.Store, () => throw new InvalidOperationException("no disk"), TestContext.Current.CancellationToken));
        Assert.Equal((7, null), await kept.OfAsync("all", shelf.Store, () => Task.FromResult(7), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Figures_are_counted_again_in_a_store_whose_batches_were_committed_elsewhere()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await ChangeAsync(shelf);
        await using (var connection = await shelf.Store.ConnectAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("UPDATE batch SET committed_by = CAST('900000000' AS xid8)");
        await AssertCountedAgainAsync(shelf);
    }

    [Fact]
    public async Task Figures_are_counted_again_when_a_batch_that_began_earlier_is_committed_later()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        var (slow, fast) = (NameIn(0), NameIn(1));
        await shelf.OpenJarsAsync(10, slow, fast);
        var kept = new KeptFigures<string, long>(TimeProvider.System, _ => false);
        await using var reading = await shelf.Store.ConnectAsync(TestContext.Current.CancellationToken);
        // Another node holds the slow one's root for a moment, until its batch waits for it.
        await using var other = new NpgsqlConnection(shelf.Place);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("SELECT FROM root WHERE root = @slow FOR UPDATE", new { slow }, holding);
        var waiting = shelf.DoAsync(new PutCoin("slow", slow, 1));
        while (await reading.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Accepted(await shelf.DoAsync(new PutCoin("fast", fast, 1)));
        Assert.Equal(1, await ToldAsync());
        await holding.RollbackAsync(TestContext.Current.CancellationToken);
        Accepted(await waiting);
        Assert.Equal(2, await ToldAsync());

        // Each is written by a queue of its own.
        static string NameIn(int queue) => Enumerable.Range(0, 100).Select(n => $"KF-{queue}{n}").First(name => (Lane.Of(name) & 0x7fff) % 2 == queue);

        async Task<long> ToldAsync() => (await kept.OfAsync(
            "all", shelf.Store, () => reading.ExecuteScalarAsync<long>("SELECT count(*) FROM coin WHERE to_sequence IS NULL"), TestContext.Current.CancellationToken)).Figures;
    }

    static async Task AssertCountedAgainAsync(JarShelf shelf)
    {
        var (kept, counts) = (new KeptFigures<string, int>(TimeProvider.System, _ => false), 0);
        for (var changes = 1; changes <= 3; changes++)
        {
            await ChangeAsync(shelf);
            Assert.Equal(changes, (await kept.OfAsync("all", shelf.Store, () => Task.FromResult(++counts), TestContext.Current.CancellationToken)).Figures);
        }
    }

    static Task ChangeAsync(JarShelf shelf) => shelf.OpenJarsAsync(10, "KF-" + Guid.NewGuid().ToString("N")[..8]);
}

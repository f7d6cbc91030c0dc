using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Web;

public sealed class KeptFiguresOnSqlite(SqliteServer fixture) : KeptFiguresTests(fixture), IClassFixture<SqliteServer>;

public sealed class KeptFiguresOnPostgres(PostgresServer fixture) : KeptFiguresTests(fixture), IClassFixture<PostgresServer>;

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
        clock.Now += KeptFigures<string, int>.Longest + TimeSpan.FromSeconds(1);
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
    public async Task What_took_long_to_count_is_shown_nine_times_as_long_before_it_is_counted_again()
    {
        var (server, counts, clock) = (await fixture.StartedAsync(), 0, new Late());
        var kept = new KeptFigures<string, int>(clock, _ => true);
        var first = clock.Now;
        Assert.Equal((1, null), await OfAsync());
        await ChangeAsync(server);
        clock.Now = first + (9 * Count) - TimeSpan.FromSeconds(1);
        Assert.Equal((1, first), await OfAsync());
        Assert.Equal(1, counts);
        clock.Now = first + (9 * Count) + TimeSpan.FromSeconds(1);
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

    static readonly TimeSpan Count = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_page_that_would_not_wait_is_told_that_it_is_being_counted()
    {
        var (server, gate) = (await fixture.StartedAsync(), new TaskCompletionSource<int>());
        var kept = new KeptFigures<string, int>(TimeProvider.System, _ => true);
        Assert.Null(await SoonAsync());
        gate.SetResult(5);
        Assert.Equal(5, (await kept.OfAsync("all", server.Store, () => gate.Task, TestContext.Current.CancellationToken)).Figures);
        Assert.Equal(5, (await SoonAsync())?.Item1);

        Task<(int, DateTimeOffset?)?> SoonAsync() =>
            kept.SoonAsync("all", server.Store, () => gate.Task, TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
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

    static async Task ChangeAsync(RunningServer server) =>
        (await server.Put("/customers/KF-" + Guid.NewGuid().ToString("N")[..8], new { name = "Kept", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);

    sealed class Late : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

        /// <summary>What has gone by on the clock that countings are measured with.</summary>
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}

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

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>What is known of roots stays within its memory: those go that nobody asks for, and nothing is decided differently.</summary>
public sealed class FactsMemoryTests(PostgresCluster cluster)
{
    /// <summary>For ten roots with a jar and three coins each.</summary>
    const long Room = 10 * (FactsCache.BytesOfRoot + (4 * 600));

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task More_roots_than_the_memory_takes_fill_up_to_their_capacity_and_no_more(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings(MostInBatch: 8, MostFactsBytes: Room));
        await shelf.OpenJarsAsync(3, Enumerable.Range(0, 60).Select(Name));
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => shelf.DoAsync(new PutCoin("c" + Name(n), Name(n % 60), 1))));
        Assert.Equal(180, answers.Count(answer => answer.Problem is null));
        Assert.Equal(0, await shelf.OverrunsAsync());
        Assert.InRange(shelf.Desk.Kept.Bytes, 1, Room);
        Assert.InRange(shelf.Desk.Kept.Roots, 1, 12);
    }

    [Fact]
    public void Who_is_asked_for_stays_and_who_is_not_goes()
    {
        var composition = new Composition([new JarsCapability()]);
        var cache = new FactsCache(composition, new RootDirectory(null!, Timeout.InfiniteTimeSpan), 5 * FactsCache.BytesOfRoot);
        foreach (var n in Enumerable.Range(0, 4)) cache.Keep(Of(n));
        for (var n = 4; n < 40; n++)
        {
            Assert.NotNull(cache.Known(Name(0)));
            cache.Keep(Of(n));
            Assert.InRange(cache.Bytes, 0, 5 * FactsCache.BytesOfRoot);
        }

        Assert.NotNull(cache.Known(Name(39)));
        Assert.Null(cache.Known(Name(5)));

        Facts Of(int n) => composition.Empty(Name(n)) with { Sequence = 1 };
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Who_looks_at_a_root_while_another_loads_it_waits_and_sees_what_was_loaded(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, Name(0));
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 1_000).Select(n => shelf.DoAsync(new PutCoin("c" + Name(n), Name(0), 1))))) Accepted(answer);
        await shelf.StopAsync();
        await using var again = await ReopenAsync(database, shelf.Place);
        // Once the company is known, a view is not taken anew.
        await again.Desk.CompanyAsync(TestContext.Current.CancellationToken);
        var seen = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => again.ViewAsync(Name(0)))));
        // Facts of two loads are equal and not the same.
        Assert.Single(seen.Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public async Task A_turn_to_load_goes_to_one_and_from_who_fails_to_the_next()
    {
        var composition = new Composition([new JarsCapability()]);
        var cache = new FactsCache(composition, new RootDirectory(null!, Timeout.InfiniteTimeSpan), 100 * FactsCache.BytesOfRoot);
        var turns = new LoadTurns(cache, Timeout.InfiniteTimeSpan);
        var cancel = TestContext.Current.CancellationToken;
        var first = await turns.TakeAsync(Name(0), cancel);
        Assert.NotNull(first);
        var waiting = Enumerable.Range(0, 5).Select(_ => turns.TakeAsync(Name(0), cancel).AsTask()).ToList();
        using (var other = await turns.TakeAsync(Name(1), cancel)) Assert.NotNull(other);
        Assert.DoesNotContain(waiting, turn => turn.IsCompleted);

        // It has loaded nothing.
        first.Dispose();
        var next = await await Task.WhenAny(waiting);
        Assert.NotNull(next);
        Assert.Equal(4, waiting.Count(turn => !turn.IsCompleted));

        cache.Keep(composition.Empty(Name(0)) with { Sequence = 1 });
        next.Dispose();
        Assert.Equal(4, (await Task.WhenAll(waiting)).Count(turn => turn is null));
        Assert.Null(await turns.TakeAsync(Name(0), cancel));
    }

    [Fact]
    public async Task Who_waits_for_loads_that_fail_waits_no_longer_than_the_patience_and_for_one_that_goes_on_as_long_as_it_takes()
    {
        var composition = new Composition([new JarsCapability()]);
        var cache = new FactsCache(composition, new RootDirectory(null!, Timeout.InfiniteTimeSpan), 100 * FactsCache.BytesOfRoot);
        var turns = new LoadTurns(cache, TimeSpan.FromMilliseconds(50));
        var cancel = TestContext.Current.CancellationToken;

        // It loads nothing.
        var (failing, waiting) = await LateAsync(cancel);
        failing.Dispose();
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);

        // Whoever asked for it has gone: the next one loads it.
        using var gone = new CancellationTokenSource();
        (var left, waiting) = await LateAsync(gone.Token);
        await gone.CancelAsync();
        left.Dispose();
        var next = await waiting;
        Assert.NotNull(next);
        next.Dispose();

        (var slow, waiting) = await LateAsync(cancel);
        cache.Keep(composition.Empty(Name(0)) with { Sequence = 1 });
        slow.Dispose();
        Assert.Null(await waiting);

        // Somebody has the turn, and another one has waited for longer than the patience.
        async Task<(IDisposable First, Task<IDisposable?> Waiting)> LateAsync(CancellationToken of)
        {
            var first = await turns.TakeAsync(Name(0), of);
            Assert.NotNull(first);
            var late = turns.TakeAsync(Name(0), cancel).AsTask();
            await Task.Delay(100, cancel);
            Assert.False(late.IsCompleted);
            return (first, late);
        }
    }
}

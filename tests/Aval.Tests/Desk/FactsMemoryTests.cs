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
}

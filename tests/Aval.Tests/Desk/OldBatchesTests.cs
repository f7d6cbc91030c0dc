using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Dapper;
using Npgsql;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>What was committed is forgotten in the order of the commits and by a clock that nobody sets, and never all of it.</summary>
public sealed class OldBatchesTests(PostgresCluster cluster)
{
    const string Newest = "SELECT batch FROM batch ORDER BY committed_at DESC LIMIT 1";
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public async Task Batches_are_forgotten_once_they_are_old_and_the_newest_stays(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var clock = new Late(DateTimeOffset.UtcNow);
        var batches = new OldBatches(shelf.Store, clock);
        await PutAsync(shelf, 1, 2);
        var (first, newest) = (await AllAsync(shelf), await shelf.AskAsync<string>(Newest));
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        clock.Passed += OldBatches.LongestDoubt - Moment;
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(first, await AllAsync(shelf));
        clock.Passed += Moment;
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal([newest], await AllAsync(shelf));
        clock.Passed += OldBatches.LongestDoubt;
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal([newest], await AllAsync(shelf));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public async Task Neither_a_clock_that_is_set_nor_ids_of_a_node_whose_clock_was_ahead_make_a_batch_old(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var clock = new Late(DateTimeOffset.UtcNow);
        var batches = new OldBatches(shelf.Store, clock);
        await PutAsync(shelf, 1);
        await AheadAsync(shelf);
        var first = await AllAsync(shelf);
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        clock.Set = TimeSpan.FromHours(30);
        await PutAsync(shelf, 2, 3);
        var young = (await AllAsync(shelf)).Except(first).ToHashSet();
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal([.. first, .. young], await AllAsync(shelf));
        clock.Passed = OldBatches.LongestDoubt;
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        // The last of the first by whichever order there is.
        Assert.Equal(young.Count + 1, (await AllAsync(shelf)).Count);
        Assert.Subset(await AllAsync(shelf), young);
    }

    [Fact]
    public async Task A_batch_that_is_committed_long_after_it_began_is_as_young_as_its_commit()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        var clock = new Late();
        var batches = new OldBatches(shelf.Store, clock);
        await using var other = new NpgsqlConnection(shelf.Place);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var slow = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("INSERT INTO batch (batch, committed_at) VALUES ('slow', now())", transaction: slow);
        await shelf.OpenJarsAsync(10, Name(1), Name(2));
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        clock.Passed += OldBatches.LongestDoubt;
        await slow.CommitAsync(TestContext.Current.CancellationToken);
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Contains("slow", await AllAsync(shelf));
        await Nodes.Eventually.TrueAsync(async () =>
        {
            clock.Passed += OldBatches.LongestDoubt;
            await batches.ForgetAsync(TestContext.Current.CancellationToken);
            return !(await AllAsync(shelf)).Contains("slow");
        }, TimeSpan.FromSeconds(60));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Where_the_batch_is_gone_that_the_others_were_measured_by_none_is_forgotten(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var clock = new Late();
        var batches = new OldBatches(shelf.Store, clock);
        await PutAsync(shelf, 1);
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        await shelf.TamperAsync($"DELETE FROM batch WHERE batch = ({Newest})");
        await PutAsync(shelf, 2);
        var all = await AllAsync(shelf);
        clock.Passed += OldBatches.LongestDoubt;
        await batches.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(all, await AllAsync(shelf));
    }

    static async Task PutAsync(JarShelf shelf, params IEnumerable<int> jars)
    {
        foreach (var jar in jars) await shelf.OpenJarsAsync(10, Name(jar));
        // Transactions of other databases are under way on the same PostgreSQL, whose numbers are in one order.
        if (shelf.Store is PostgresStore { ByLane: false })
            await Nodes.Eventually.TrueAsync(
                () => shelf.AskAsync<bool>("SELECT committed_by < pg_snapshot_xmin(pg_current_snapshot()) FROM batch ORDER BY committed_by DESC LIMIT 1"),
                TimeSpan.FromSeconds(60));
    }

    /// <summary>As if a node had written the last one whose clock was ahead by more than a day.</summary>
    static Task AheadAsync(JarShelf shelf) =>
        shelf.TamperAsync($"UPDATE batch SET batch = '{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(30)):N}' WHERE batch = ({Newest})");

    static async Task<HashSet<string>> AllAsync(JarShelf shelf) => [.. await shelf.ListAsync("SELECT batch FROM batch")];
}

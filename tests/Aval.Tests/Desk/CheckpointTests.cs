using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>Which roots a checkpoint takes.</summary>
public sealed class CheckpointTests(PostgresCluster cluster)
{
    /// <summary>The first part was taken, then a root of it moved on, then the date; the rest was taken on the next day.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_moved_on_between_the_parts_of_one_is_in_the_next_though_the_date_moved_too(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B", "C");
        var cancel = TestContext.Current.CancellationToken;
        var checkpoints = new Checkpoints(shelf.Desk, shelf.Store, new ScheduledWork(TimeProvider.System, NullLogger<ScheduledWork>.Instance), mostHeads: 1);
        string moved;
        await using (var reader = await shelf.Store.SnapshotAsync(cancel))
        {
            var first = await new ProofReader(shelf.Store.Composition, reader).HeadsAsync(DateOnly.MinValue, null, 1, cancel);
            moved = first[0].Root;
            Accepted(await shelf.Desk.SubmitAsync(new TakeCheckpoint(FirstDay, first, Part: 1), Maria, cancel: cancel));
        }

        Accepted(await shelf.DoAsync(new PutCoin("late", moved, 1)));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(1))));
        await checkpoints.TakeAsync(FirstDay, cancel);
        await checkpoints.TakeAsync(FirstDay.AddDays(1), cancel);
        await using var after = await shelf.Store.SnapshotAsync(cancel);
        var row = await after.RootAsync(moved, cancel);
        Assert.Equal(row!.Sequence, (await Checkpoints.ReadAsync(after, shelf.Store.Composition, cancel))[moved].Sequence);
    }
}

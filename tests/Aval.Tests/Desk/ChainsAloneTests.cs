using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using static Aval.Tests.Jars.JarShelf;
using static Aval.Tests.Jars.VerificationTests;

namespace Aval.Tests.Jars;

/// <summary>The quick proof of <c>aval verify --chains</c>: what was done to entries is found, and of the tables nothing is read.</summary>
public sealed class ChainsAloneTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_chains_alone_tell_what_was_done_to_entries_and_nothing_of_the_tables(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await Task.WhenAll(Tamperings.Select((_, n) => LiveAsync(shelf, $"A{n}", $"B{n}", $"C{n}")));
        var cancel = TestContext.Current.CancellationToken;
        var whole = await new Verification(shelf.Store).ChainsAsync(null, cancel);
        Assert.Equal([], whole.Failures);
        Assert.Equal(((3L * Tamperings.Length) + 1, await shelf.AskAsync<long>("SELECT count(*) FROM journal")), (whole.Roots, whole.Entries));

        foreach (var (n, (_, tampering)) in Tamperings.Index()) await shelf.TamperAsync(Spelled(tampering, n, database));
        var found = await new Verification(shelf.Store).ChainsAsync(null, cancel);
        foreach (var (n, (finds, _)) in Tamperings.Index())
        {
            var ofEntries = !finds.Contains("coin", StringComparison.Ordinal);
            var said = found.Failures.Where(failure => failure.Root == $"A{n}").Select(Said);
            if (ofEntries) Assert.Contains(said, failure => failure.StartsWith(Spelled($"A{n} {finds}", n, database), StringComparison.Ordinal));
            else Assert.Empty(said);
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_chain_that_was_cut_behind_a_checkpoint_is_found_by_the_chains_alone(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await LiveAsync(shelf, "A", "B", "C");
        var cancel = TestContext.Current.CancellationToken;
        await new Checkpoints(shelf.Desk, shelf.Store, new ScheduledWork(TimeProvider.System, NullLogger<ScheduledWork>.Instance)).TakeAsync(FirstDay, cancel);
        Assert.Empty((await new Verification(shelf.Store).ChainsAsync(null, cancel)).Failures);
        await shelf.TamperAsync("DELETE FROM journal WHERE root = 'A' AND sequence > 6");
        await shelf.TamperAsync("UPDATE root SET sequence = 6, head_hash = (SELECT hash FROM journal WHERE root = 'A' AND sequence = 6) WHERE root = 'A'");
        Assert.Contains("A 6: A checkpoint took entry 7 as the head; the last one is 6.", (await new Verification(shelf.Store).ChainsAsync(null, cancel)).Failures.Select(Said));
    }
}

using System.Collections.Concurrent;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A node whose connections are cut under load loses nothing that it has answered and does nothing twice.</summary>
public sealed class CutConnectionTests(PostgresCluster cluster)
{
    static readonly int Cuts = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 20 : 3;

    [Fact]
    public async Task Backends_ended_at_any_moment_leave_what_was_answered_and_a_retry_settles_the_rest()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await ServedThroughAsync(shelf, shelf.Desk, stop => EndBackendsAsync(shelf.Place, Cuts * 20, stop));
    }

    [Fact]
    public async Task A_commit_whose_answer_never_came_is_looked_up_and_not_assumed()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await using var scissors = new Scissors(shelf.Place);
        var node = await shelf.NodeAsync(at: scissors.Place);
        var cut = 0;
        // As a leader does every minute, whose clock is ahead.
        var batches = new OldBatches(shelf.Store, new Late(DateTimeOffset.UtcNow.AddHours(30)));
        await ServedThroughAsync(shelf, node, async stop =>
        {
            var random = new Random(29);
            // On a machine that is starved few of them meet a commit.
            while (cut < Cuts * 20 || (cut < Cuts * 200 && !shelf.Log.Complaints.Any(IsOfCommit)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)), stop);
                await batches.ForgetAsync(stop);
                cut += scissors.CutWaiting();
            }
        });
    }

    /// <summary>What a node that slept takes for not committed it may have committed, and nobody remembers.</summary>
    [Fact]
    public async Task A_batch_that_may_have_been_forgotten_meanwhile_is_told_to_nobody_as_not_committed()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await using var scissors = new Scissors(shelf.Place);
        var node = await shelf.NodeAsync(at: scissors.Place, clock: new Sleeper());
        await shelf.TamperAsync("CREATE RULE forgotten AS ON INSERT TO batch DO INSTEAD NOTHING");
        var cut = 0;
        await ServedThroughAsync(shelf, node, async stop =>
        {
            var random = new Random(31);
            // One in many is of a commit that was done and takes something out; on a machine that is starved few meet a transaction at all.
            while (cut < Cuts * 100 || (cut < Cuts * 500 && !shelf.Log.Complaints.Any(IsOfCommit)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)), stop);
                cut += scissors.CutWaiting();
            }
        });
    }

    /// <summary>The clock of a machine that sleeps for an hour whenever nobody looks.</summary>
    sealed class Sleeper : TimeProvider
    {
        long slept;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Add(ref slept, (long)(OldBatches.LongestDoubt.TotalSeconds * TimestampFrequency));
    }

    /// <summary>Callers put coins and take some out again, which has no number to be asked for again, while something breaks.</summary>
    /// <param name="breakAsync">Is stopped when a caller has failed: there may be nothing left to break.</param>
    static async Task ServedThroughAsync(JarShelf shelf, Desk node, Func<CancellationToken, Task> breakAsync)
    {
        await shelf.OpenJarsAsync(1_000_000_000, Enumerable.Range(0, 8).Select(Name));
        await shelf.OpenJarsAsync(50, "small");
        var (inside, taken, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<string>(), new ConcurrentBag<string>());
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 32).Select(CallAsync).ToList();
        var breaking = breakAsync(stop.Token);
        // What a caller has met comes first: it has stopped the breaking.
        await breaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        await breaking;
        // The pool may still hold a connection that was cut while nobody used it.
        Npgsql.NpgsqlConnection.ClearAllPools();
        // Through connections that nobody has cut.
        await using var after = await ReopenAsync(Database.Postgres, shelf.Place);
        var stored = await after.ListAsync("SELECT number || ' ' || status FROM coin WHERE to_sequence IS NULL");
        var expected = inside.Except(taken).Select(number => number + " inside").Concat(taken.Select(number => number + " spent"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal(0, await after.OverrunsAsync());
        Assert.Equal([], (await new Aval.Kernel.Journal.Verification(after.Store).RunAsync(null, CancellationToken.None)).Failures);
        Assert.Contains(shelf.Log.Complaints, complaint => IsOfCommit(complaint));

        async Task CallAsync(int caller)
        {
            try
            {
                for (var n = 0; !stop.IsCancellationRequested; n++) await PutAndTakeAsync($"{caller}-{n}", n, Name((caller + n) % 8));
            }
            finally
            {
                // Whoever fails ends it for all.
                await stop.CancelAsync();
            }
        }

        async Task PutAndTakeAsync(string number, int n, string jar)
        {
            var (put, _) = await SettledAsync(node, new PutCoin(number, n % 5 == 0 ? "small" : jar, 1));
            if (put.Problem is { } full) Assert.Equal(JarProblems.JarFull, full.Kind);
            (put.Problem is null ? inside : refused).Add(number);
            if (put.Problem is not null || n % 5 == 0 || n % 2 == 0) return;
            var (take, unsure) = await SettledAsync(node, new TakeCoin(number));
            // Only whoever was told that nobody knows may find it done.
            Assert.True(take.Problem is null || (unsure && take.Problem.Kind == JarProblems.CoinGone), take.Problem?.ToString());
            taken.Add(number);
        }
    }

    static bool IsOfCommit(string complaint) => complaint.Contains("failed in its transaction", StringComparison.Ordinal);

    /// <summary>Asks until the store answers; and whether it once did not.</summary>
    static async Task<(Answer Answer, bool Unsure)> SettledAsync(Desk node, Command command)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            var answer = await node.DoAsync(command);
            if (answer.Problem?.Kind != KernelProblems.StoreUnavailable) return (answer, tries > 0);
            await Task.Delay(5);
        }

        throw new TimeoutException("it was never settled");
    }

    /// <summary>Ends connections of the node one at a time, at random moments.</summary>
    static async Task EndBackendsAsync(string place, int ends, CancellationToken stop)
    {
        var random = new Random(23);
        await using var connection = new Npgsql.NpgsqlConnection(place + ";Pooling=false;Application Name=scissors");
        await connection.OpenAsync(stop);
        for (var end = 0; end < ends; end++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)), stop);
            await using var command = new Npgsql.NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'aval' "
                + "ORDER BY state <> 'active', random() LIMIT 1", connection);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}

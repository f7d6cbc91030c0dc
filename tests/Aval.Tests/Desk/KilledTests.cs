using System.Collections.Concurrent;
using System.Diagnostics;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A process that is killed under load, or whose connections are cut, loses nothing that it has answered and does nothing twice.</summary>
public sealed class KilledTests(PostgresCluster cluster)
{
    static readonly int Kills = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 20 : 3;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_killed_process_leaves_what_it_answered_and_nothing_that_it_refused(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000_000_000, Enumerable.Range(0, 8).Select(Name));
        await shelf.OpenJarsAsync(50, "small");
        await shelf.StopAsync();
        var random = new Random(17);
        var said = new List<string>();
        for (var kill = 0; kill < Kills; kill++) said.AddRange(await LoadUntilKilledAsync(database, shelf.Place, random.Next(200, 3_000)));
        await using var again = await ReopenAsync(database, shelf.Place);
        var stored = await again.ListAsync("SELECT number FROM coin");
        Assert.Distinct(stored);
        Assert.Equal([], said.Where(line => line.StartsWith("broken", StringComparison.Ordinal)));
        Assert.Equal([], Numbers("ok").Except(stored));
        Assert.Equal([], Numbers("no").Intersect(stored));
        Assert.Equal(0, await again.OverrunsAsync());

        IEnumerable<string> Numbers(string word) => said.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => line[(word.Length + 1)..]);
    }

    [Fact]
    public async Task Backends_ended_at_any_moment_leave_what_was_answered_and_a_retry_settles_the_rest()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await ServedThroughAsync(shelf, shelf.Desk, () => EndBackendsAsync(shelf.Place, Kills * 20));
    }

    [Fact]
    public async Task A_commit_whose_answer_never_came_is_looked_up_and_not_assumed()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await using var scissors = new Scissors(shelf.Place);
        var node = await shelf.NodeAsync(at: scissors.Place);
        var cut = 0;
        await ServedThroughAsync(shelf, node, async () =>
        {
            var random = new Random(29);
            while (cut < Kills * 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)));
                cut += scissors.CutWaiting();
            }
        });
    }

    /// <summary>Callers put coins and take some out again, which has no number to be asked for again, while something breaks.</summary>
    static async Task ServedThroughAsync(JarShelf shelf, Desk node, Func<Task> breakAsync)
    {
        await shelf.OpenJarsAsync(1_000_000_000, Enumerable.Range(0, 8).Select(Name));
        await shelf.OpenJarsAsync(50, "small");
        var (inside, taken, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<string>(), new ConcurrentBag<string>());
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 32).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var coin = new PutCoin($"{caller}-{n}", n % 5 == 0 ? "small" : Name((caller + n) % 8), 1);
                var (put, _) = await SettledAsync(node, coin);
                if (put.Problem is { } full) Assert.Equal(JarProblems.JarFull, full.Kind);
                (put.Problem is null ? inside : refused).Add(coin.Number);
                if (put.Problem is not null || n % 5 == 0 || n % 2 == 0) continue;
                var (take, unsure) = await SettledAsync(node, new TakeCoin(coin.Number));
                // Only whoever was told that nobody knows may find it done.
                Assert.True(take.Problem is null || (unsure && take.Problem.Kind == JarProblems.CoinGone), take.Problem?.ToString());
                taken.Add(coin.Number);
            }
        }).ToList();
        await breakAsync();
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        // The pool may still hold a connection that was cut while nobody used it.
        Npgsql.NpgsqlConnection.ClearAllPools();
        // Through connections that nobody has cut.
        await using var after = await ReopenAsync(Database.Postgres, shelf.Place);
        var stored = await after.ListAsync("SELECT number || ' ' || status FROM coin WHERE to_sequence IS NULL");
        var expected = inside.Except(taken).Select(number => number + " inside").Concat(taken.Select(number => number + " spent"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal(0, await after.OverrunsAsync());
        Assert.Equal([], (await new Aval.Kernel.Journal.Verification(after.Store).RunAsync(null, CancellationToken.None)).Failures);
        Assert.Contains(shelf.Log.Complaints, complaint => complaint.Contains("failed in its transaction", StringComparison.Ordinal));
    }

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
    static async Task EndBackendsAsync(string place, int ends)
    {
        var random = new Random(23);
        await using var connection = new Npgsql.NpgsqlConnection(place + ";Pooling=false;Application Name=scissors");
        await connection.OpenAsync();
        for (var end = 0; end < ends; end++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)));
            await using var command = new Npgsql.NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'aval' "
                + "ORDER BY state <> 'active', random() LIMIT 1", connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    static async Task<List<string>> LoadUntilKilledAsync(Database database, string place, int answers)
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(KilledTests).Assembly.Location, null), ["jars-load", database.ToString(), place])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var said = new List<string>();
        try
        {
            while (said.Count < answers && await process.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
            process.Kill();
            // What it had said before it died counts; a last line that broke off does not.
            var rest = await process.StandardOutput.ReadToEndAsync();
            said.AddRange(rest.Split('\n').SkipLast(1));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.True(said.Count >= answers, "it ended by itself: " + string.Join('\n', said.TakeLast(3)));
        return said;
    }
}

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
    public async Task Connections_cut_at_any_moment_leave_what_was_answered_and_a_retry_settles_the_rest()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await shelf.OpenJarsAsync(1_000_000_000, Enumerable.Range(0, 8).Select(Name));
        await shelf.OpenJarsAsync(50, "small");
        var (answered, refused, unsure) = (new List<string>(), new List<string>(), 0);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 32).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var coin = new PutCoin($"{caller}-{n}", n % 5 == 0 ? "small" : Name((caller + n) % 8), 1);
                var answer = await shelf.DoAsync(coin);
                for (var tries = 0; answer.Problem?.Kind == KernelProblems.StoreUnavailable; tries++)
                {
                    Assert.True(tries < 200, "it was never settled");
                    Interlocked.Increment(ref unsure);
                    await Task.Delay(5, CancellationToken.None);
                    answer = await shelf.DoAsync(coin);
                }

                Assert.True(answer.Problem is null || answer.Problem.Kind == JarProblems.JarFull, answer.Problem?.ToString());
                lock (answered) (answer.Problem is null ? answered : refused).Add(coin.Number);
            }
        }).ToList();
        await CutAsync(shelf.Place, cuts: Kills * 20);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        var stored = await shelf.ListAsync("SELECT number FROM coin");
        Assert.Distinct(stored);
        Assert.Equal(answered.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal([], refused.Intersect(stored));
        Assert.Equal(0, await shelf.OverrunsAsync());
        Assert.Contains(shelf.Log.Complaints, complaint => complaint.Contains("failed in its transaction", StringComparison.Ordinal));
    }

    /// <summary>Ends connections of the node one at a time, at random moments.</summary>
    static async Task CutAsync(string place, int cuts)
    {
        var random = new Random(23);
        await using var connection = new Npgsql.NpgsqlConnection(place + ";Pooling=false;Application Name=scissors");
        await connection.OpenAsync();
        for (var cut = 0; cut < cuts; cut++)
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
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["jars-load", database.ToString(), place]) { RedirectStandardOutput = true, UseShellExecute = false };
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

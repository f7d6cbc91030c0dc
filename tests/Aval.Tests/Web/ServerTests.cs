using System.Net;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Npgsql;

namespace Aval.Tests.Web;

public sealed class ServerOnSqlite() : ServerTests(null)
{
    [Fact]
    public async Task A_folder_that_is_served_already_is_refused_in_one_sentence()
    {
        var options = RunningServer.NewStore(null);
        await using var server = await RunningServer.StartAsync(options);
        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => AvalServer.BuildAsync(options));
        Assert.Contains("already being served", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_refused_in_one_sentence()
    {
        var options = RunningServer.NewStore(null) with { Database = "Host=127.0.0.1;Port=1;Database=aval;Username=aval;Password=hidden;Timeout=2" };
        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => AvalServer.BuildAsync(options));
        Assert.StartsWith("The database cannot be opened: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class ServerOnPostgres(PostgresCluster cluster) : ServerTests(cluster)
{
    readonly PostgresCluster cluster = cluster;

    [Fact]
    public async Task A_database_that_is_gone_is_said_by_readiness_and_by_every_call()
    {
        var options = RunningServer.NewStore(cluster);
        await using var server = await RunningServer.StartAsync(options);
        (await server.Get("//health/ready", by: "nobody")).Expect(200);
        await DropAsync(options.Database!);
        Assert.Equal("unreachable", (await server.Get("//health/ready", by: "nobody")).Expect(503)["database"]);
        (await server.Get("//health/live", by: "nobody")).Expect(200);
        var refusal = (await server.Get("/company")).Expect(503, "store-unavailable");
        Assert.Equal("2", refusal.Headers.RetryAfter!.ToString());
    }

    static async Task DropAsync(string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database) { Pooling = false };
        var name = settings.Database;
        settings.Database = "postgres";
        await using var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var drop = connection.CreateCommand();
        drop.CommandText = $"DROP DATABASE {name} WITH (FORCE)";
        // Dropping waits for a checkpoint, which a busy disk makes long.
        drop.CommandTimeout = 180;
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

public abstract class ServerTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task Health_needs_no_key_and_names_no_server()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Get("//health/live", by: "nobody")).Expect(200);
        var ready = (await server.Get("//health/ready", by: "nobody")).Expect(200);
        // The night's work may be under way: a new store's first day has just begun.
        Assert.StartsWith("""{"status":"ready","database":"reachable","schema":"current","waiting":0,"leader":true,"work":[""", ready.Text);
        Assert.Empty(ready.Headers.Server);
    }

    [Fact]
    public async Task What_was_acknowledged_before_the_end_is_there_after_a_new_start()
    {
        var options = RunningServer.NewStore(cluster);
        int accepted;
        await using (var server = await RunningServer.StartAsync(options, [new Probe()], keep: true))
        {
            (await server.Post("/probes/S-1", new { text = "first" })).Expect(200);
            var calls = Enumerable.Range(0, 300).Select(i => Attempt(server, i)).ToList();
            await calls[20];
            await server.StopAsync();
            accepted = (await Task.WhenAll(calls)).Count(status => status == HttpStatusCode.OK);
        }

        Assert.True(accepted > 20);
        await using var again = await RunningServer.StartAsync(options, [new Probe()]);
        Assert.Equal($"{accepted + 2}", (await again.Post("/probes/S-1", new { text = "last" })).Expect(200)["sequence"]);
    }

    static async Task<HttpStatusCode?> Attempt(RunningServer server, int number)
    {
        try
        {
            return (HttpStatusCode)(await server.Post("/probes/S-1", new { text = $"{number}" })).Status;
        }
        catch (HttpRequestException)
        {
            // Came too late: nobody took it.
            return null;
        }
    }
}

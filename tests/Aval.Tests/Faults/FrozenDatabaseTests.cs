using System.Globalization;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;
using Aval.Tests.Nodes;
using Dapper;

namespace Aval.Tests.Faults;

/// <summary>While PostgreSQL hangs, which breaks no connection, everybody who calls is told so, and what they were not told of they find when it goes on.</summary>
/// <remarks>The bounds leave room for a slow machine, and none for the time that the driver waits by itself: half a minute, and what it takes for giving up.</remarks>
public sealed class FrozenDatabaseTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan BoundOfCommands = Patience + TimeSpan.FromSeconds(10);
    static readonly TimeSpan BoundOfReads = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Return = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_call_is_answered_and_what_nobody_knew_is_found_once()
    {
        using var frozen = PostgresCluster.Durable();
        var options = RunningServer.NewStore(frozen) with { Patience = Patience };
        using var traders = new Traders();
        await using var server = await RunningServer.StartAsync(options);
        traders.Address = server.Address;
        await traders.OpenAsync();
        var before = await SettledAsync(server, "before");
        var numbers = Enumerable.Range(0, 20).Select(n => string.Create(CultureInfo.InvariantCulture, $"O-{n}")).ToList();
        await WhileFrozenAsync(frozen, async () =>
        {
            var orders = ToldAsync(numbers.Select(number => server.Post("/orders", Order(number))), BoundOfCommands);
            var reads = new[] { "/company", "/customers/K0", "/orders/before", "/customers/K0/exposure", "/customers/K0/aging", "/blocks" };
            await ToldAsync(reads.Select(path => server.Get(path)), BoundOfReads);
            await orders;
            foreach (var line in await LinesAsync(server, numbers)) Assert.Equal("store-unavailable", line.GetProperty("code").GetString());
        });

        foreach (var number in numbers) await SettledAsync(server, number);
        Assert.Equal(numbers, (await LinesAsync(server, numbers)).Select(line => line.GetProperty("number").GetString()));
        Assert.Equal(before.Text, (await SettledAsync(server, "before")).Text);
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1 + numbers.Count, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM sales_order WHERE to_sequence IS NULL"));
    }

    [Fact]
    public async Task Readiness_says_in_time_that_the_database_does_not_answer()
    {
        using var frozen = PostgresCluster.Durable();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(frozen));
        (await server.Get("//health/ready", by: "nobody")).Expect(200);
        await WhileFrozenAsync(frozen, async () =>
        {
            var asked = Enumerable.Range(0, 20).Select(_ => server.Get("//health/ready", by: "nobody"));
            foreach (var told in await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(6))) Assert.Equal("unreachable", told.Expect(503)["database"]);
            (await server.Get("//health/live", by: "nobody")).Expect(200);
        });
        await Eventually.TrueAsync(async () => (await server.Get("//health/ready", by: "nobody")).Status == 200, Return);
    }

    /// <summary>What the database answers otherwise, and one table does not, as while somebody changes it by hand.</summary>
    [Fact]
    public async Task A_reading_that_waits_for_one_table_is_given_up_whoever_else_adds_to_its_figures()
    {
        using var cluster = PostgresCluster.Durable();
        using var traders = new Traders();
        var options = RunningServer.NewStore(cluster) with { Patience = Patience };
        await using var server = await RunningServer.StartAsync(options);
        traders.Address = server.Address;
        await traders.OpenAsync();
        string[] reads = ["/customers/K0/aging", "/customers/K0/exposure?asOf=2026-03-01"];
        foreach (var path in reads) (await server.Get(path)).Expect(200);
        await using var cold = await RunningServer.StartAsync(options with { Data = RunningServer.NewStore(cluster).Data });
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        await using var holding = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("LOCK TABLE invoice, sales_order IN ACCESS EXCLUSIVE MODE");
        // The other node knows nothing of a customer yet, and several look at once.
        await ToldAsync([.. reads.Select(path => server.Get(path)), .. Enumerable.Range(0, 3).Select(_ => cold.Get("/customers/K1"))], BoundOfReads);
    }

    static async Task ToldAsync(IEnumerable<Task<ServerReply>> calls, TimeSpan bound)
    {
        foreach (var told in await Task.WhenAll(calls).WaitAsync(bound)) Assert.Equal("2", told.Expect(503, "store-unavailable").Headers.RetryAfter!.ToString());
    }

    static async Task WhileFrozenAsync(PostgresCluster cluster, Func<Task> act)
    {
        cluster.Freeze();
        try
        {
            await act();
        }
        finally
        {
            cluster.Thaw();
        }
    }

    static async Task<ServerReply> SettledAsync(RunningServer server, string number)
    {
        ServerReply? reply = null;
        await Eventually.TrueAsync(async () => (reply = await server.Post("/orders", Order(number))).Status != 503, Return);
        return reply!.Expect(200);
    }

    static async Task<IReadOnlyList<JsonElement>> LinesAsync(RunningServer server, IEnumerable<string> numbers)
    {
        var lines = string.Join('\n', numbers.Select(number => JsonSerializer.Serialize(Order(number), Json.Options)));
        var said = (await server.SendAsync(HttpMethod.Post, "/orders/batch", RunningServer.Raw(lines, "application/x-ndjson")).WaitAsync(BoundOfCommands)).Expect(200);
        return [.. said.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    static object Order(string number) => new
    {
        number, customer = "K" + (number.Length % 4), currency = "EUR", orderDate = "2026-03-02",
        lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 9, taxRate = 0 } },
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Aval.Import;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Dapper;

namespace Aval.Tests.Histories;

public sealed class KilledServerOnSqlite() : KilledServerTests(null);

public sealed class KilledServerOnPostgres(PostgresCluster cluster) : KilledServerTests(cluster);

/// <summary>A served store whose process is killed again and again while clients trade: what was answered is there, once, and nothing else is.</summary>
public abstract class KilledServerTests(PostgresCluster? cluster)
{
    const int Clients = 8;
    static readonly string[] TodaysParts = ["options", "defects", "texts", "rules"];
    static readonly int Kills = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 20 : 3;

    [Fact]
    public async Task A_killed_server_has_done_once_what_it_answered()
    {
        var options = RunningServer.NewStore(cluster);
        try
        {
            using var traders = new Traders();
            using (await TradeThroughKillsAsync(options, traders))
            {
                await SaidAgainAsync(traders);
                await AddsUpAsync(traders);
            }

            await NothingElseAsync(options, traders);
            var (code, said) = await ServedProcess.VerifyAsync(options);
            Assert.True(code == 0, said);
        }
        finally
        {
            Directory.Delete(options.Data, recursive: true);
        }
    }

    /// <summary>The server that is left when all have been answered.</summary>
    static async Task<ServedProcess> TradeThroughKillsAsync(ServerOptions options, Traders traders)
    {
        using var stop = new CancellationTokenSource();
        var server = await ServedProcess.StartAsync(options);
        try
        {
            traders.Address = server.Address;
            await traders.OpenAsync();
            var trading = Enumerable.Range(0, Clients).Select(trader => traders.TradeAsync(trader, stop.Token)).ToList();
            for (var kill = 0; kill < Kills; kill++)
            {
                // Each life answers something, and ends at a moment that nobody chose.
                var answered = traders.Answers.Count;
                while (traders.Answers.Count < answered + 50 && !trading.Exists(trader => trader.IsFaulted)) await Task.Delay(5);
                await Task.Delay(Random.Shared.Next(0, 250));
                server.Kill();
                server.Dispose();
                server = await ServedProcess.StartAsync(options);
                traders.Address = server.Address;
            }

            await stop.CancelAsync();
            await Task.WhenAll(trading);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whoever asks the same again, by number or key, gets the same answer to the letter,
    /// but for what a held order tells on today's facts: they have moved on since.
    /// </summary>
    static async Task SaidAgainAsync(Traders traders)
    {
        foreach (var part in traders.Answers.Where(answer => answer.Path != "/clock").Chunk(32))
            foreach (var (answer, again) in await Task.WhenAll(part.Select(async answer => (answer, await traders.AgainAsync(answer)))))
                Assert.Equal((answer.Path, answer.Key, Answered(answer.Reply)), (answer.Path, answer.Key, Answered(again)));
    }

    static string Answered(ServerReply reply)
    {
        var body = JsonNode.Parse(reply.Text)!;
        if (body is JsonObject said)
            foreach (var today in TodaysParts)
                said.Remove(today);
        return body.ToJsonString();
    }

    /// <summary>Each document has come to what its answered parts make, and no customer owes more than its limit.</summary>
    static async Task AddsUpAsync(Traders traders)
    {
        foreach (var shipped in traders.Answers.Where(answer => answer.Path.EndsWith("/deliveries", StringComparison.Ordinal)).GroupBy(answer => answer.Path))
        {
            var order = (await traders.GetAsync(shipped.Key[..^"/deliveries".Length])).Body;
            Assert.Equal((2, 10m), (shipped.Count(), order.GetProperty("lines")[0].GetProperty("delivered").GetDecimal()));
        }

        foreach (var paid in traders.Answers.Where(answer => answer.Path.EndsWith("/allocations", StringComparison.Ordinal)).GroupBy(answer => answer.Path))
        {
            var sum = paid.Count() == 1 ? 35m : 90m;
            var receipt = await traders.GetAsync(paid.Key[..^"/allocations".Length]);
            var invoice = await traders.GetAsync(paid.Key[..^"/allocations".Length].Replace("receipts/R-", "invoices/I-", StringComparison.Ordinal));
            Assert.Equal((sum, 90 - sum), (Amount(receipt, "allocated"), Amount(invoice, "open")));
        }

        foreach (var customer in Traders.Customers)
            Assert.InRange(Amount(await traders.GetAsync($"/customers/{customer}/exposure"), "gross"), 0, Traders.Limit);
    }

    /// <summary>As many documents as were answered, and each number once.</summary>
    static async Task NothingElseAsync(ServerOptions options, Traders traders)
    {
        await using var store = await OpenStore.OpenAsync(options.Data, options.Database);
        await using var connection = await store.Store.ConnectAsync(CancellationToken.None);
        (string Table, string Path)[] kinds =
            [("sales_order", "/orders"), ("invoice", "/invoices"), ("receipt", "/receipts"), ("delivery", "/deliveries"), ("settlement", "/allocations")];
        foreach (var (table, path) in kinds)
        {
            var answered = traders.Answers.Count(answer => answer.Path.EndsWith(path, StringComparison.Ordinal));
            Assert.Equal((table, (long)answered), (table, await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table} WHERE to_sequence IS NULL")));
        }
    }

    static decimal Amount(ServerReply reply, string field) => decimal.Parse(reply[field]!, CultureInfo.InvariantCulture);
}

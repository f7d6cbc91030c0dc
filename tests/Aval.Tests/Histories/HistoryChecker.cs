using System.Globalization;
using System.Text.Json.Nodes;
using Aval.Import;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Dapper;

namespace Aval.Tests.Histories;

/// <summary>Holds what the server says in the end against what its clients saw on the way: it knows the answers they got, and nothing of what the server believes.</summary>
static class HistoryChecker
{
    static readonly string[] TodaysParts = ["options", "defects", "texts", "rules"];

    /// <summary>Every acknowledged answer is there once, as it was; what was refused left nothing; no limit is exceeded. Somebody serves the store.</summary>
    public static async Task AgreesAsync(Traders traders)
    {
        StaysWithinLimits(traders.Owed);
        await SaidAgainAsync(traders);
        await AddsUpAsync(traders);
    }

    /// <summary>At no moment did a customer owe more than its limit: what it owed at the least would have told.</summary>
    public static void StaysWithinLimits(IEnumerable<(string Customer, decimal Change)> owed)
    {
        var sums = Traders.Customers.ToDictionary(customer => customer, _ => 0m, StringComparer.Ordinal);
        foreach (var (customer, change) in owed)
            Assert.True((sums[customer] += change) <= Traders.Limit, $"{customer} owed {sums[customer]} at a time, with a limit of {Traders.Limit}");
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
            // The rest may be paid some rounds later, or, where the trader was stopped before, not at all.
            var sum = paid.Count() == 1 ? 35m : 90m;
            var receipt = await traders.GetAsync(paid.Key[..^"/allocations".Length]);
            var invoice = await traders.GetAsync(paid.Key[..^"/allocations".Length].Replace("receipts/R-", "invoices/I-", StringComparison.Ordinal));
            Assert.Equal((90m, sum, 90 - sum), (Amount(receipt, "amount"), Amount(receipt, "allocated"), Amount(invoice, "open")));
        }

        foreach (var customer in Traders.Customers)
            Assert.InRange(Amount(await traders.GetAsync($"/customers/{customer}/exposure"), "gross"), 0, Traders.Limit);
    }

    /// <summary>The journal proves; as many documents as were answered are there, and each number once. Nobody serves the store any more.</summary>
    public static async Task HoldsNothingElseAsync(ServerOptions options, Traders traders)
    {
        var (code, said) = await ServedProcess.VerifyAsync(options);
        Assert.True(code == 0, said);
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

using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cash;

/// <summary>One payer whose receipts are matched, allocated, undone and returned by many at once, on PostgreSQL through two servers.</summary>
public sealed class MatchesInParallelTests(PostgresCluster cluster)
{
    const int Invoices = 12;
    const int Receipts = 16;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Many_hands_on_one_payer_lose_no_cent_and_take_nothing_twice(bool postgres)
    {
        var options = RunningServer.NewStore(postgres ? cluster : null);
        await using var one = await RunningServer.StartAsync(options);
        await using var second = postgres ? await RunningServer.StartAsync(options with { Data = Directory.CreateTempSubdirectory("aval-server-").FullName }) : null;
        RunningServer[] servers = [one, second ?? one];
        (await one.Put("/customers/Q", new { name = "Customer Q", country = "FR", currency = "EUR", paymentTerms = "2/10 NET30", riskClass = "B" })).Expect(200);
        for (var at = 1; at <= Invoices; at++)
            (await one.Post("/invoices", new
            {
                number = $"Q-{100 + at}", customer = "Q", date = "2026-02-25", dueDate = "2026-03-20", currency = "EUR", amount = 100,
            })).Expect(200);
        (await one.Post("/credit-notes", new { number = "Q-C", customer = "Q", date = "2026-02-15", currency = "EUR", amount = 60 })).Expect(200);
        for (var at = 1; at <= Receipts; at++)
            (await one.Post("/receipts", new
            {
                number = $"Q-R{at}", payer = "Q", date = "2026-03-01", currency = "EUR", amount = at % 3 == 0 ? 98 : at % 3 == 1 ? 100 : 138,
                reference = at % 3 == 2 ? $"Q-{100 + (at % Invoices) + 1} Q-{101 + ((at + 1) % Invoices)} less Q-C" : $"Q-{100 + (at % Invoices) + 1}",
            })).Expect(200);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(async hand =>
        {
            var random = new Random(hand);
            var said = new List<ServerReply>();
            for (var act = 0; act < 25; act++)
            {
                var (server, receipt) = (servers[random.Next(2)], $"/receipts/Q-R{random.Next(Receipts) + 1}");
                said.Add(random.Next(5) switch
                {
                    0 or 1 => await server.Post(receipt + "/match", new { }),
                    2 => await server.Post(receipt + "/match/undo", new { reason = "wrong" }),
                    3 => await server.Post(receipt + "/allocations", new[] { new { invoice = $"Q-{101 + random.Next(Invoices)}", amount = 55 } }),
                    _ => random.Next(6) == 0
                        ? await server.Post(receipt + "/return", new { date = "2026-03-02", reason = "no funds" })
                        : await server.Post(receipt + "/match/confirm", new { candidate = 1, documents = await First(server, receipt) }),
                });
            }

            return said;
        }));
        string[] expected =
        [
            "nothing-matched", "match-not-proposed", "match-stale", "receipt-returned", "allocation-exceeds-receipt", "allocation-exceeds-invoice", "version-stale",
        ];
        Assert.All(replies.SelectMany(said => said), reply => Assert.True(reply.Code is null || expected.Contains(reply.Code), reply.Text));
        Assert.Contains(replies.SelectMany(said => said), reply => reply.Code is null && reply["status"] == "posted");

        var allocated = 0m;
        for (var at = 1; at <= Receipts; at++)
        {
            var receipt = (await one.Get($"/receipts/Q-R{at}")).Expect(200);
            var parts = (await servers[1].Get($"/receipts/Q-R{at}/allocations")).Expect(200).Body.EnumerateArray().Sum(part => part.GetProperty("amount").GetDecimal());
            Assert.Equal(receipt.Body.GetProperty("allocated").GetDecimal(), parts);
            Assert.InRange(parts, 0, receipt.Body.GetProperty("amount").GetDecimal());
            allocated += parts;
            await one.Post($"/receipts/Q-R{at}/match/undo", new { reason = "to the beginning" });
        }

        Assert.True(allocated <= Invoices * 100);
        for (var at = 1; at <= Invoices; at++) Assert.Equal("100.00", (await one.Get($"/invoices/Q-{100 + at}")).Expect(200)["open"]);
        Assert.Equal("60.00", (await one.Get("/credit-notes/Q-C")).Expect(200)["open"]);
        Assert.Equal("1200.00", (await servers[1].Get("/customers/Q/exposure")).Expect(200)["receivables"]);
        Assert.True((await one.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    /// <summary>The documents of the first candidate, as a person reads them.</summary>
    static async Task<string[]> First(RunningServer server, string receipt) =>
        (await server.Get(receipt + "/match")).Expect(200).Body.GetProperty("candidates").EnumerateArray().Take(1)
            .SelectMany(candidate => candidate.GetProperty("allocations").EnumerateArray()).Select(part => part.GetProperty("invoice").GetString()!).ToArray();
}

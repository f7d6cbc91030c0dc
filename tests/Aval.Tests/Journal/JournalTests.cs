using System.Text.Json;
using Aval.Tests.Infrastructure;
using Dapper;

namespace Aval.Tests.Journal;

public sealed class JournalOnSqlite() : JournalTests(null);

public sealed class JournalOnPostgres(PostgresCluster cluster) : JournalTests(cluster);

public abstract class JournalTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task The_journal_of_a_root_is_read_page_by_page_and_proved()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var name in new[] { "Ada & Söhne", "Ada GmbH", "Ada AG" })
            (await server.Put("/customers/C1", new { name, country = "DE", currency = "EUR", paymentTerms = "net30" })).Expect(200);
        var names = new List<string>();
        var cursor = "";
        while (true)
        {
            var page = JsonDocument.Parse((await server.Get($"/journal?root=C1&limit=2{cursor}")).Expect(200).Text).RootElement;
            Assert.Equal(3, page.GetProperty("sequence").GetInt64());
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                Assert.Equal(names.Count + 1, entry.GetProperty("number").GetInt64());
                Assert.Equal(("putCustomer", "2026-03-02"), (entry.GetProperty("command").GetString(), entry.GetProperty("businessDate").GetString()));
                var named = entry.GetProperty("body").GetProperty("rows").GetProperty("customer")[0].GetProperty("name").GetString()!;
                var text = entry.GetProperty("texts").EnumerateArray().Single(text => named.StartsWith($"{text.GetProperty("number")}:", StringComparison.Ordinal));
                names.Add(text.GetProperty("text").GetString()!);
            }

            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) break;
            cursor = "&cursor=" + page.GetProperty("next").GetString();
        }

        Assert.Equal(["Ada & Söhne", "Ada GmbH", "Ada AG"], names);
        (await server.Get("/journal?root=C9")).Expect(404, "not-found");
        (await server.Get("/journal?root=C1&cursor=-1")).Expect(422, "field-invalid");
        (await server.Get("/journal?root=C1&limit=0")).Expect(422, "field-invalid");
        (await server.Get("/journal")).Expect(200);
        var proof = JsonDocument.Parse((await server.Get("/journal/verify")).Expect(200).Text).RootElement;
        Assert.Equal((true, 2), (proof.GetProperty("valid").GetBoolean(), proof.GetProperty("roots").GetInt64()));
        Assert.Empty(proof.GetProperty("failures").EnumerateArray());
    }

    [Fact]
    public async Task Aval_verify_proves_a_served_store_and_ends_with_1_when_it_was_tampered_with()
    {
        var options = RunningServer.NewStore(cluster);
        await using var server = await RunningServer.StartAsync(options);
        (await server.Put("/customers/C1", new { name = "Ada", country = "DE", currency = "EUR", paymentTerms = "net30" })).Expect(200);
        string[] store = options.Database is null ? ["--data", options.Data] : ["--database", options.Database];
        var (code, output, _) = Verify(store);
        Assert.True(code == 0, output);
        Assert.Contains("2 roots: whole", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        await using (var connection = await server.Store.ConnectAsync(CancellationToken.None))
            await connection.ExecuteAsync("UPDATE customer SET name = 'Eve' WHERE number = 'C1'");
        (code, output, _) = Verify(store);
        Assert.True(code == 1, output);
        Assert.Contains("customer", output, StringComparison.Ordinal);
        Assert.Equal(1, Verify(["--data", Path.Combine(options.Data, "nowhere")]).Code);
    }

    static (int Code, string Output, string Errors) Verify(string[] store) =>
        Repository.Run(Path.Combine(AppContext.BaseDirectory, "Aval.Host"), ["verify", .. store]);
}

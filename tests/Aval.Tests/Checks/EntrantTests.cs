using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Tests.Cover;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class EntrantOnSqlite(SqliteServer fixture) : EntrantTests(fixture), IClassFixture<SqliteServer>;

public sealed class EntrantOnPostgres(PostgresServer fixture) : EntrantTests(fixture), IClassFixture<PostgresServer>;

public abstract class EntrantTests(ServerFixture fixture)
{
    /// <summary>The key stands in the journal as the actor, as it is; a person's name is kept beside it, and with it the hash of what was sent.</summary>
    [Fact]
    public async Task An_order_of_a_key_that_names_nobody_is_the_keys_and_leaves_no_text_beside_the_journal()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/EN1", CoverOverHttpTests.Body(null))).Expect(200);
        var keys = (await server.Post("/orders", CoverOverHttpTests.Order("EN1-1", "EN1", 100), "edi:customerService")).Expect(200);
        var named = (await server.Post("/orders", new
        {
            number = "EN1-2", customer = "EN1", currency = "EUR", orderDate = "2026-03-01", enteredBy = "Maria",
            lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
        }, "edi:customerService")).Expect(200);
        Assert.Equal(("edi", 0L), (keys["enteredBy"], await Texts(server, keys)));
        Assert.Equal(("Maria", 2L), (named["enteredBy"], await Texts(server, named)));
        Assert.Equal("edi", (await server.Get("/orders/EN1-1")).Expect(200)["enteredBy"]);
        var proof = (await server.Get("/journal/verify")).Expect(200);
        Assert.True(proof["valid"] == "True", proof.Text);
    }

    static async Task<long> Texts(RunningServer server, ServerReply order)
    {
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        await using var command = reader.Command("SELECT count(*) FROM entry_text WHERE root = @root AND sequence = @sequence");
        var place = order.Body.GetProperty("journal");
        StoreReader.Add(command, "root", place.GetProperty("root").GetString());
        StoreReader.Add(command, "sequence", place.GetProperty("sequence").GetInt64());
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }
}

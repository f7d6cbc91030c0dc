using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

public sealed class OwnCreditOnSqlite(SqliteServer fixture) : OwnCreditTests(fixture), IClassFixture<SqliteServer>;

public sealed class OwnCreditOnPostgres(PostgresServer fixture) : OwnCreditTests(fixture), IClassFixture<PostgresServer>;

public abstract class OwnCreditTests(ServerFixture fixture)
{
    [Fact]
    public async Task Who_entered_an_order_does_not_credit_its_invoice()
    {
        var server = await fixture.StartedAsync();
        await new CreditDesk(server).Payer("OC", 10_000);
        const string Both = "paula:customerService+billing";
        foreach (var (number, by, enteredBy) in new[] { ("OC-1", Both, (string?)null), ("OC-2", "shop:orderManager", "Paula"), ("OC-3", "shop:orderManager", "Quentin") })
        {
            (await server.Post("/orders", new
            {
                number, customer = "OC", currency = "EUR", orderDate = "2026-03-02", enteredBy,
                lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 100, taxRate = 0 } },
            }, by)).Expect(200);
            (await server.Post($"/orders/{number}/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
            (await server.Post("/invoices", new
            {
                number = "I-" + number, customer = "OC", order = number, date = "2026-03-02", dueDate = "2026-04-01", currency = "EUR", amount = 100,
            })).Expect(200);
        }

        object Note(string order) => new { number = "N-" + order, customer = "OC", date = "2026-03-02", currency = "EUR", amount = 10, invoice = "I-" + order };
        (await server.Post("/credit-notes", Note("OC-1"), Both)).Expect(403, "own-document");
        (await server.Post("/credit-notes", Note("OC-2"), Both)).Expect(403, "own-document");
        (await server.Post("/credit-notes", Note("OC-3"), Both)).Expect(200);
        (await server.Post("/credit-notes", Note("OC-1"), "rita:billing")).Expect(200);
        (await server.Post("/credit-notes", Note("OC-2"))).Expect(200);
    }
}

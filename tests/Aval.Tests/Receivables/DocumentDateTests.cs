using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

/// <summary>The business date is 2026-03-02.</summary>
public class DocumentDateTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public async Task Money_and_debts_of_tomorrow_are_not_recorded_today()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/D1", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        foreach (var (date, status) in new[] { ("2026-03-03", 422), ("2026-03-02", 200) })
        {
            Meets(await server.Post("/invoices", new { number = "D1-I", customer = "D1", date, dueDate = "2026-04-01", currency = "EUR", amount = 100 }));
            Meets(await server.Post("/credit-notes", new { number = "D1-N", customer = "D1", date, currency = "EUR", amount = 10 }));
            Meets(await server.Post("/receipts", new { number = "D1-R", payer = "D1", date, currency = "EUR", amount = 10 }));

            void Meets(ServerReply reply)
            {
                reply.Expect(status, status == 200 ? null : "field-invalid");
                if (status != 200) Assert.Equal("date", reply["field"]);
            }
        }
    }

    [Fact]
    public async Task A_write_off_is_dated_from_its_invoices_to_the_business_date()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/D2", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        (await server.Post("/invoices", new { number = "D2-I", customer = "D2", date = "2026-02-10", dueDate = "2026-03-01", currency = "EUR", amount = 100 })).Expect(200);
        (await WriteOff("2026-02-09")).Expect(422, "field-invalid");
        (await WriteOff("2026-03-03")).Expect(422, "field-invalid");
        (await WriteOff("2026-02-10")).Expect(200);

        Task<ServerReply> WriteOff(string date) => server.Post("/write-offs", new { number = "D2-W", invoice = "D2-I", date, amount = 1, reason = "cents" });
    }
}

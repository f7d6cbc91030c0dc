using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

/// <summary>A customer moves on one node, and another that knew where it stood is asked at once: nothing it answers is older than the move.</summary>
public class MovedElsewhereTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Whatever_is_asked_first_of_a_node_after_a_move_on_another_one_is_answered_as_it_stands()
    {
        var options = RunningServer.NewStore(cluster);
        await using var server = await RunningServer.StartAsync(options, keep: true);
        await using var other = await RunningServer.StartAsync(options);
        await Customer(server, "G");
        Func<string, string, Task<ServerReply>>[] questions =
        [
            (customer, _) => other.Post("/orders/check", Order($"{customer}-X", customer)),
            (customer, _) => other.Post("/orders/check", Order($"{customer}-O", customer)),
            (customer, _) => other.Get($"/orders/{customer}-O"),
            (customer, _) => other.Get($"/invoices/{customer}-I"),
            (customer, _) => other.Get($"/receipts/{customer}-R"),
            (customer, _) => other.Get($"/disputes/{customer}-D"),
            (_, block) => other.Get($"/blocks/{block}"),
            (_, block) => other.Get($"/blocks?cursor={block}"),
        ];
        for (var n = 0; n < questions.Length; n++)
        {
            var customer = $"C{n}";
            await Customer(server, customer);
            var block = (await server.Post("/orders", Order($"{customer}-O", customer))).Expect(200)["block"]!;
            (await server.Post("/invoices", new { number = $"{customer}-I", customer, date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 10 })).Expect(200);
            (await server.Post("/receipts", new { number = $"{customer}-R", payer = customer, date = "2026-02-10", currency = "EUR", amount = 5 })).Expect(200);
            (await server.Post("/disputes", new
            {
                number = $"{customer}-D", invoice = $"{customer}-I", amount = 1, reason = "price", legitimacy = "unqualified", owner = "sales",
            })).Expect(200);
            foreach (var question in questions) (await question(customer, block)).Expect(200);
            (await server.Put($"/customers/{customer}", new { group = "G" })).Expect(200);
            (await questions[n](customer, block)).Expect(200);
        }
    }

    static async Task Customer(RunningServer server, string number) =>
        (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);

    static object Order(string number, string customer) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-01", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 10, taxRate = 0 } },
    };
}

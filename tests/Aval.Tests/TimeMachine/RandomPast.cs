using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.TimeMachine;

/// <summary>A small company that lives at random: orders of every fate, payments, groups that form and fall apart, rates that come late, days that pass.</summary>
sealed class RandomPast(RunningServer server, int seed)
{
    static readonly string[] Customers = ["C1", "C2", "C3", "C4", "C5", "C6"];
    static readonly string[] Currencies = ["EUR", "EUR", "USD", "GBP", "EUR", "USD"];

    readonly Random random = new(seed);
    readonly List<string> orders = [];
    readonly List<string> invoices = [];
    readonly List<string> receipts = [];
    DateOnly today = new(2026, 3, 2);
    int number;

    public async Task LiveAsync(int rounds)
    {
        await AdoptAsync();
        for (var at = 0; at < Customers.Length; at++) await CustomerAsync(at);
        for (var round = 0; round < rounds; round++)
        {
            // Several at once, so that a batch holds them together, what changes the structure among them.
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 6)).Select(_ => ActAsync()));
            if (random.Next(5) == 0) await PassAsync(random.Next(1, 20));
        }
    }

    /// <summary>A policy with scopes, netting and a short horizon, in force before the first order.</summary>
    async Task AdoptAsync()
    {
        var changes = new
        {
            basedOn = "standard", nettingUnapplied = true, horizonDays = 10, authorizationDays = 8,
            rules = new object[]
            {
                new { rule = "overdue", severity = "refer", minDays = 3, minAmount = 50, minSharePercent = 1, level = "group", longestPromiseDays = 20 },
                new { rule = "concentration", severity = "refer", payerPercent = 35, countryPercent = 70, minAmount = 300 },
                new { rule = "orderTooLarge", severity = "refer", amount = 100_000, newCustomers = new { amount = 400, days = 15 } },
                new { rule = "brokenPromise", severity = "refer", count = 1, windowDays = 12 },
                new { rule = "orderTooLarge", severity = "refer", amount = 700, scope = new { country = "FR" } },
                new { rule = "orderTooLarge", severity = "warn", amount = 300, scope = new { group = "C1" } },
                new { rule = "purchaseOrderDuplicate", severity = "complete" },
            },
        };
        (await server.Put("/policies/draft", changes, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "to live by" }, "lea:leadership")).Expect(200);
    }

    async Task CustomerAsync(int at)
    {
        var billingAddress = new { line1 = "1 Road", city = "Town", postalCode = "12345", country = "FR" };
        (await server.Put("/customers/" + Customers[at], new
        {
            name = "Customer", country = at % 2 == 0 ? "FR" : "DE", currency = Currencies[at], paymentTerms = "NET30", billingAddress, riskClass = at % 3 == 0 ? null : "B",
            customerSince = at % 2 == 0 ? Day() : null, paymentRun = at == 1 ? "WED" : at == 4 ? "15,31" : null,
        })).Expect(200);
        await Send("/limits", new
        {
            customer = Customers[at], kind = "standing", limit = "amount", amount = 2500, currency = Currencies[at], validFrom = Day(), reason = "so",
        });
    }

    Task ActAsync() => random.Next(20) switch
    {
        < 5 => OrderAsync(),
        5 => ChangeAsync(),
        6 => DeliverAsync(),
        7 or 8 => InvoiceAsync(),
        9 or 10 => ReceiptAsync(),
        11 => AllocateAsync(),
        12 => LimitAsync(),
        13 => RegroupAsync(),
        14 => RateAsync(),
        15 => EndAsync(),
        16 or 17 => PromiseAsync(),
        18 => DisputeAsync(),
        _ => Send($"/customers/{Any(Customers)}/" + (random.Next(2) == 0 ? "hold" : "unhold"), new { reason = "so" }),
    };

    Task OrderAsync()
    {
        var order = $"O{++number}";
        orders.Add(order);
        return Send("/orders", Order(order, Any(Customers)));
    }

    Task DeliverAsync() => Known(orders) is { } order
        ? Send($"/orders/{order}/deliveries", new { date = Day(), lines = new[] { new { line = 1, quantity = random.Next(1, 6) } } })
        : Task.CompletedTask;

    Task PromiseAsync() => Known(invoices) is { } invoice
        ? Send("/promises", new
        {
            number = $"P{++number}", customer = Any(Customers), invoices = new[] { invoice }, amount = random.Next(1, 300),
            date = today.AddDays(random.Next(2) == 0 ? random.Next(1, 20) : random.Next(20, 400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        })
        : Task.CompletedTask;

    Task DisputeAsync() => Known(invoices) is { } invoice
        ? Send("/disputes", new
        {
            number = $"D{++number}", invoice, amount = random.Next(1, 200), reason = "price", legitimacy = random.Next(2) == 0 ? "companyFault" : "unqualified", owner = "quality",
        })
        : Task.CompletedTask;

    Task EndAsync() => (Known(orders), random.Next(2) == 0) switch
    {
        ({ } order, true) => Send($"/orders/{order}/cancel", new { reason = "so" }),
        ({ } order, false) => Send($"/orders/{order}/pick-release", new { }),
        _ => Task.CompletedTask,
    };

    async Task ChangeAsync()
    {
        if (Known(orders) is not { } order) return;
        var known = await server.Get($"/orders/{order}");
        if (known.Status == 200) await Check(server.Put($"/orders/{order}", Order(order, known["customer"]!)));
    }

    object Order(string order, string customer) => new
    {
        number = order, customer, currency = Currencies[Array.IndexOf(Customers, customer)], orderDate = Day(), shipDate = Day(random.Next(0, 25)),
        purchaseOrder = random.Next(3) == 0 ? null : "PO" + random.Next(4),
        lines = new[] { new { line = 1, item = "steel", quantity = random.Next(1, 11), unitPrice = random.Next(0, 120), taxRate = 19 } },
    };

    Task InvoiceAsync()
    {
        var invoice = $"I{++number}";
        invoices.Add(invoice);
        var at = random.Next(Customers.Length);
        var currency = random.Next(4) == 0 ? "GBP" : Currencies[at];
        return Send("/invoices", new { number = invoice, customer = Customers[at], date = Day(), dueDate = Day(random.Next(0, 15)), currency, amount = random.Next(1, 900) });
    }

    Task ReceiptAsync()
    {
        var receipt = $"R{++number}";
        receipts.Add(receipt);
        var at = random.Next(Customers.Length);
        var depositFor = random.Next(4) == 0 ? Known(orders) : null;
        return Send("/receipts", new
        {
            number = receipt, payer = Customers[at], date = Day(), currency = Currencies[at], amount = random.Next(1, 900), cleared = random.Next(4) > 0, depositFor,
        });
    }

    Task AllocateAsync() => (Known(receipts), Known(invoices)) switch
    {
        ({ } receipt, { } invoice) when random.Next(4) > 0 => Send($"/receipts/{receipt}/allocations", new[] { new { invoice, amount = random.Next(1, 400) } }),
        ({ } receipt, _) when random.Next(2) == 0 => Send($"/receipts/{receipt}/clear", new { date = Day() }),
        ({ } receipt, _) => Send($"/receipts/{receipt}/return", new { date = Day(), reason = "so" }),
        _ => Task.CompletedTask,
    };

    Task LimitAsync()
    {
        var at = random.Next(Customers.Length);
        return Send("/limits", new
        {
            customer = Customers[at], kind = "standing", limit = random.Next(8) == 0 ? "unlimited" : "amount", amount = random.Next(100, 3000), currency = Currencies[at],
            validFrom = Day(), reason = "so", level = random.Next(3) == 0 ? "group" : null,
        });
    }

    /// <summary>Under another customer, for another payer, or alone again. Who stands above others pays for itself.</summary>
    Task RegroupAsync()
    {
        var other = random.Next(3) == 0 ? null : Any(Customers[..3]);
        var pays = random.Next(3) == 0;
        return Check(server.Put("/customers/" + Any(pays ? Customers[3..] : Customers), new { payer = pays ? other : null, group = pays ? null : other }));
    }

    Task RateAsync() => Check(server.Put(
        "/rates/" + Day(-random.Next(0, 3)),
        new { @base = "EUR", rates = new Dictionary<string, decimal> { [random.Next(3) == 0 ? "GBP" : "USD"] = 1 + (random.Next(50) / 100m) } }));

    async Task PassAsync(int days)
    {
        today = today.AddDays(days);
        (await server.Post("/clock", new { today = Day() })).Expect(200);
    }

    Task Send(string path, object body) => Check(server.Post(path, body));

    /// <summary>Much of it is refused, as it should be; nothing of it may fail.</summary>
    static async Task Check(Task<ServerReply> sent) => Assert.True((await sent).Status < 500, (await sent).Text);

    string? Known(List<string> numbers) => numbers.Count == 0 ? null : numbers[random.Next(numbers.Count)];

    string Any(string[] numbers) => numbers[random.Next(numbers.Length)];

    string Day(int later = 0) => today.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

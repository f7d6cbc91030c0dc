using System.Globalization;
using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Exposure;

public sealed class ExposureThenOnSqlite() : ExposureThenTests(null);

public sealed class ExposureThenOnPostgres(PostgresCluster cluster) : ExposureThenTests(cluster);

/// <summary>The exposure of a past business date is what stood then, as it is known now.</summary>
public abstract class ExposureThenTests(PostgresCluster? cluster)
{
    static readonly DateOnly FirstDay = new(2026, 3, 2);
    static readonly string[] Terms =
        ["openOrders", "unbilled", "receivables", "atRisk", "openCreditNotes", "unapplied", "onAccount", "deposits", "overdue"];

    [Theory, InlineData(1), InlineData(6)]
    public async Task Where_nothing_is_dated_back_a_past_day_shows_what_it_showed_and_its_rows_add_up(int seed)
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var companies = Enumerable.Range(0, 6).Select(n => new RandomCompany(server, $"C{n}", new Random((seed * 100) + n))).ToList();
        foreach (var company in companies) await company.BeginAsync();
        var shown = new Dictionary<(string, DateOnly), string>();
        for (var day = FirstDay; day < FirstDay.AddDays(12); day = day.AddDays(1))
        {
            (await server.Post("/clock", new { today = Iso(day) })).Expect(200);
            foreach (var company in companies)
            {
                for (var n = 0; n < 6; n++) await company.ActAsync(day);
                shown[(company.Number, day)] = Figures(await server.Get($"/customers/{company.Number}/exposure"));
            }
        }

        // A group is joined, so that documents of days before stand in two chains.
        (await server.Put("/customers/TOP", RandomCompany.Master())).Expect(200);
        (await server.Put("/customers/C0", new { group = "TOP" })).Expect(200);
        foreach (var ((number, day), figures) in shown)
        {
            var then = (await server.Get($"/customers/{number}/exposure?asOf={Iso(day)}")).Expect(200);
            Assert.True(figures == Figures(then), $"{number} on {Iso(day)}: showed {figures}, shows {Figures(then)}");
            foreach (var term in Terms) await AddsUp(server, number, Iso(day), term, then.Body.GetProperty(term).GetDecimal());
        }

        Assert.All(Terms, term => Assert.Contains(shown.Values, figures => !figures.Contains($"{term} 0.00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_dated_back_counts_from_its_date_and_in_one_bucket()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var company = new RandomCompany(server, "A", new Random(1));
        await company.BeginAsync();
        await company.OrderAsync("A-1", 1000, FirstDay);
        (await server.Post("/clock", new { today = "2026-03-20" })).Expect(200);
        (await server.Post("/orders/A-1/deliveries", new { date = "2026-03-05", lines = new[] { new { line = 1, quantity = 6 } } })).Expect(200);
        (await server.Post("/invoices", new
        {
            number = "I-1", customer = "A", date = "2026-03-08", dueDate = "2026-03-12", currency = "EUR", amount = 400, order = "A-1",
            lines = new[] { new { line = 1, quantity = 4 } },
        })).Expect(200);
        (await server.Post("/receipts", new { number = "R-1", payer = "A", date = "2026-03-10", currency = "EUR", amount = 300, cleared = false })).Expect(200);
        (await server.Post("/receipts/R-1/allocations", new[] { new { invoice = "I-1", amount = 250, date = "2026-03-11" } })).Expect(200);
        (await server.Post("/receipts/R-1/clear", new { date = "2026-03-14" })).Expect(200);
        (await server.Post("/receipts/R-1/return", new { date = "2026-03-18", reason = "recalled" })).Expect(200);
        (await server.Post("/invoices", new
        {
            number = "I-D", customer = "A", date = "2026-03-09", dueDate = "2026-03-12", currency = "EUR", amount = 7, draft = true,
        })).Expect(200);
        await company.OrderAsync("A-2", 500, new DateOnly(2026, 3, 3));

        await Then("""
            asOf        | openOrders unbilled receivables atRisk unapplied overdue
            2026-03-01  | 0          0        0           0      0         0
            2026-03-02  | 1000       0        0           0      0         0
            2026-03-05  | 400        600      0           0      0         0
            2026-03-08  | 400        200      400         0      0         0
            2026-03-10  | 400        200      400         0      0         0
            2026-03-11  | 400        200      150         250    0         0
            2026-03-13  | 400        200      150         250    0         400
            2026-03-14  | 400        200      150         0      50        150
            2026-03-17  | 400        200      150         0      50        150
            2026-03-18  | 400        200      400         0      0         400
            2026-03-20  | 900        200      400         0      0         400
            """);
        (await server.Get("/customers/A/exposure?asOf=2026-03-21")).Expect(422, "field-invalid");

        async Task Then(string table)
        {
            foreach (var row in Table.Rows(table))
            {
                var then = (await server.Get($"/customers/A/exposure?asOf={row["asOf"]}")).Expect(200);
                foreach (var term in new[] { "openOrders", "unbilled", "receivables", "atRisk", "unapplied", "overdue" })
                {
                    Assert.True(then.Body.GetProperty(term).GetDecimal() == row.Number(term), $"{term} on {row["asOf"]}: {then.Text}");
                    await AddsUp(server, "A", row["asOf"], term, row.Number(term));
                }
            }
        }
    }

    static async Task AddsUp(RunningServer server, string number, string asOf, string term, decimal figure)
    {
        var rows = (await server.Get($"/customers/{number}/exposure/rows?term={term}&asOf={asOf}")).Expect(200);
        Assert.Equal(figure, rows.Body.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("amount").GetDecimal()));
    }

    static string Figures(ServerReply exposure) =>
        string.Join(", ", Terms.Append("gross").Append("decision").Append("headroom").Select(term => $"{term} {exposure.Expect(200)[term]}"));

    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A customer to whom everything happens that can, each thing dated on the day on which it is recorded.</summary>
sealed class RandomCompany(RunningServer server, string number, Random random)
{
    readonly List<string> orders = [], invoices = [], receipts = [];
    int count;

    public string Number => number;

    public static Dictionary<string, object> Master() => new()
    {
        ["name"] = "A customer", ["country"] = "DE", ["currency"] = "EUR", ["paymentTerms"] = "NET30",
        ["billingAddress"] = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
    };

    public async Task BeginAsync()
    {
        (await server.Put($"/customers/{number}", Master())).Expect(200);
        (await server.Post("/limits", new
        {
            customer = number, kind = "standing", limit = "amount", amount = 3000, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
    }

    public async Task OrderAsync(string order, decimal worth, DateOnly date) => (await server.Post("/orders", new
    {
        number = order, customer = number, currency = "EUR", orderDate = Iso(date),
        lines = new[] { new { line = 1, item = "steel", quantity = worth / 100, unitPrice = 100, taxRate = 0 } },
    })).Expect(200);

    /// <summary>Does one thing; one that is refused was none.</summary>
    public async Task ActAsync(DateOnly today)
    {
        var date = Iso(today);
        switch (random.Next(15))
        {
            case 0 or 1 or 2: await NewOrderAsync(today); break;
            case 3 or 4 when orders.Count > 0:
                await server.Post($"/orders/{Any(orders)}/deliveries", new { date, lines = new[] { new { line = 1, quantity = random.Next(1, 9) / 2m } } });
                break;
            case 5 or 6 when orders.Count > 0: await InvoiceAsync(date, Any(orders)); break;
            case 7: await InvoiceAsync(date, null); break;
            case 8 or 13: await ReceiptAsync(date); break;
            case 9 or 10 when invoices.Count > 0 && receipts.Count > 0:
                await server.Post($"/receipts/{Any(receipts)}/allocations", new[] { new { invoice = Any(invoices), amount = random.Next(1, 300) } });
                break;
            case 11 or 14: await TurnAsync(date); break;
            case 12 when invoices.Count > 0: await GiveUpAsync(date); break;
        }
    }

    async Task NewOrderAsync(DateOnly today)
    {
        var order = Next("O");
        orders.Add(order);
        await OrderAsync(order, random.Next(1, 12) * 100, today);
    }

    async Task InvoiceAsync(string date, string? order)
    {
        var invoice = Next("I");
        var body = new Dictionary<string, object?>
        {
            ["number"] = invoice, ["customer"] = number, ["date"] = date,
            ["dueDate"] = Iso(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(random.Next(4))),
            ["currency"] = "EUR", ["amount"] = random.Next(1, 500), ["order"] = order,
        };
        if (order is not null && random.Next(2) == 0) body["lines"] = new[] { new { line = 1, quantity = random.Next(1, 4) } };
        if ((await server.Post("/invoices", body)).Status == 200) invoices.Add(invoice);
    }

    async Task ReceiptAsync(string date)
    {
        var receipt = Next("R");
        var body = new Dictionary<string, object?>
        {
            ["number"] = receipt, ["payer"] = number, ["date"] = date, ["currency"] = "EUR", ["amount"] = random.Next(1, 400), ["cleared"] = random.Next(3) > 0,
            ["depositFor"] = orders.Count > 0 && random.Next(2) == 0 ? Any(orders) : null,
        };
        if ((await server.Post("/receipts", body)).Status == 200) receipts.Add(receipt);
    }

    async Task TurnAsync(string date)
    {
        if (random.Next(3) == 0 && orders.Count > 0) await server.Post($"/orders/{Any(orders)}/cancel", new { reason = "not wanted" });
        else if (receipts.Count > 0 && random.Next(2) == 0) await server.Post($"/receipts/{Any(receipts)}/clear", new { date });
        else if (receipts.Count > 0) await server.Post($"/receipts/{Any(receipts)}/return", new { date, reason = "recalled" });
    }

    async Task GiveUpAsync(string date)
    {
        if (random.Next(2) == 0) await server.Post("/write-offs", new { number = Next("W"), invoice = Any(invoices), date, amount = random.Next(1, 20), reason = "small" });
        else await server.Post("/credit-notes", new { number = Next("N"), customer = number, date, currency = "EUR", amount = random.Next(1, 100), invoice = Any(invoices) });
    }

    string Any(List<string> numbers) => numbers[random.Next(numbers.Count)];
    string Next(string kind) => $"{number}-{kind}{++count}";
    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

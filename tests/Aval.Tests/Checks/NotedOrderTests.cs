using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Tests.Cover;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class NotedOrdersOnSqlite(SqliteServer fixture) : NotedOrderTests(fixture), IClassFixture<SqliteServer>;

public sealed class NotedOrdersOnPostgres(PostgresServer fixture) : NotedOrderTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What a customer usually orders is learned from every order and written with few: whoever loads the facts finds what those know who were there.</summary>
public abstract class NotedOrderTests(ServerFixture fixture)
{
    [Fact]
    public async Task The_habit_is_the_same_however_it_came_about()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/NO1", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Post("/limits", CoverOverHttpTests.Limit("NO1", 1_000_000))).Expect(200);
        await Enter(server, 1, 5);
        await Meets(server, rows: 0, last: 5);
        // One that ends takes its place in the row along, and all others with it.
        (await server.Post("/orders/NO1-2/cancel", new { reason = "not wanted" })).Expect(200);
        await Meets(server, rows: 1, last: 5);
        await Enter(server, 6, 21);
        await Meets(server, rows: 1, last: 21);
        await Enter(server, 22, 22);
        await Meets(server, rows: 2, last: 22);
        Assert.Equal(Enumerable.Range(1, 22).Select(at => (at + 10) * 100L), Live(await Known(server)).Habit!.Values);
        await Enter(server, 23, 28);
        // One that the row has is corrected there, one beside it by itself.
        (await server.Put("/orders/NO1-28", Order(28, worth: 8_000))).Expect(200);
        await Meets(server, rows: 2, last: 28);
        (await server.Put("/orders/NO1-20", Order(20, worth: 7_000))).Expect(200);
        await Meets(server, rows: 3, last: 28);
        await Enter(server, 29, 30);
        await Meets(server, rows: 3, last: 30);
        (await server.Put("/orders/NO1-30", Order(30, worth: 9_000))).Expect(200);
        await Meets(server, rows: 3, last: 30);
        // Delivered and billed: what is over leaves the facts, and stays known.
        (await server.Post("/orders/NO1-29/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
        await Meets(server, rows: 3, last: 30);
        (await server.Post("/invoices", new { number = "NO1-I", customer = "NO1", order = "NO1-29", date = "2026-03-02", dueDate = "2026-04-01", currency = "EUR", amount = 39 }))
            .Expect(200);
        await Meets(server, rows: 4, last: 30);
        await Enter(server, 31, 33);
        // At another root, and back: rows and orders go together.
        (await server.Put("/customers/NO1-TOP", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Put("/customers/NO1", new { group = "NO1-TOP" })).Expect(200);
        await Meets(server, rows: 5, last: 33);
        await Enter(server, 34, 36);
        (await server.Put("/customers/NO1", new { group = (string?)null })).Expect(200);
        await Meets(server, rows: 6, last: 36);
        await Enter(server, 37, 40);
        await Meets(server, rows: 6, last: 40);
        var proof = (await server.Get("/journal/verify")).Expect(200);
        Assert.True(proof["valid"] == "True", proof.Text);
    }

    [Fact]
    public void A_row_that_was_written_with_every_order_is_numbered_by_the_next_one()
    {
        var row = new OrderHabit("C1", [100, 200]) { Dates = [Situation.Today, Situation.Today] };
        var noted = NotedOrders.None.With(Numbered(4)).With(row);
        Assert.Equal((true, 2), (noted.IsDue, noted.Habit!.Values.Count));
        noted = noted.With(Numbered(5));
        Assert.Equal((false, 2), (noted.IsLater("O-5"), noted.Habit!.Values.Count));
        noted = noted.With(row.With(Numbered(5)) with { Through = 5 });
        Assert.Equal((false, 3, 5L), (noted.IsDue, noted.Habit!.Values.Count, noted.Last));
        noted = noted.With(Numbered(6));
        Assert.Equal((true, 4, 6L), (noted.IsLater("O-6"), noted.Habit!.Values.Count, noted.Last));
        // As a version writes it that does not know the number.
        noted = noted.With(Numbered(6) with { HabitNumber = null });
        Assert.Equal((false, 3, 5L), (noted.IsLater("O-6"), noted.Habit!.Values.Count, noted.Last));
    }

    [Fact]
    public void Orders_are_noted_by_their_numbers_whatever_the_order_in_which_they_come()
    {
        var noted = NotedOrders.None;
        foreach (var number in new[] { 3, 1, 2, 5, 4, 2 }) noted = noted.With(Numbered(number));
        Assert.Equal([101_00, 102_00, 103_00, 104_00, 105_00], noted.Habit!.Values);
        noted = noted.Without("O-3").Without("O-9");
        Assert.Equal([101_00, 102_00, 104_00, 105_00], noted.Habit!.Values);
        Assert.Equal((5L, false), (noted.Last, noted.Without("O-5").IsLater("O-5")));
        Assert.True(noted.Without("O-1").Without("O-2").Without("O-4").Without("O-5").IsEmpty);
    }

    static Order Numbered(int number) => new Situation().Order with
    {
        Number = $"O-{number}", HabitNumber = number, CreditCurrency = Currency.EUR, Rate = Aval.Rates.Rules.StoredRate.Same(Situation.Today),
        Lines = [new(1, "A", Quantity.Of(1), UnitPrice.Of(100 + number), 0)],
    };

    /// <summary>The facts that have grown with each command are those that the rows tell, and so few rows were written.</summary>
    static async Task Meets(RunningServer server, int rows, long last)
    {
        var live = await Known(server);
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        var row = await reader.RootAsync(live.Root, TestContext.Current.CancellationToken);
        var loaded = (await reader.LoadAsync([row!], TestContext.Current.CancellationToken))[0];
        Assert.Equal(Told(Live(live)), Told(Live(loaded)));
        await using var count = reader.Command("SELECT count(*) FROM order_habit WHERE customer = 'NO1'");
        var written = Convert.ToInt32(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((rows, last), (written, Live(live).Last));
    }

    static string Told(NotedOrders noted) => string.Join(
        " | ", noted.Last, string.Join(' ', noted.Habit?.Values ?? []), string.Join(' ', noted.Habit?.Dates ?? []), string.Join(' ', noted.Habit?.Items.Written() ?? []),
        string.Join(' ', noted.Habit?.ShipTos.Written() ?? []), noted.Row?.Through);

    static NotedOrders Live(Facts root) => root.Get<OrdersFacts>().Noted("NO1");

    static async Task<Facts> Known(RunningServer server) => (await server.Desk.ViewAsync("NO1", TestContext.Current.CancellationToken))!.Value.Root;

    static async Task Enter(RunningServer server, int from, int to)
    {
        for (var number = from; number <= to; number++) (await server.Post("/orders", Order(number, number + 10))).Expect(200);
    }

    static object Order(int number, decimal worth) => CoverOverHttpTests.Order($"NO1-{number}", "NO1", worth);
}

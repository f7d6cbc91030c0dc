using System.Globalization;
using Aval.Exposure;
using Aval.Parties.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Exposure;

public sealed class ExposureMonthsOnSqlite() : ExposureMonthsTests(null);

public sealed class ExposureMonthsOnPostgres(PostgresCluster cluster) : ExposureMonthsTests(cluster);

/// <summary>The exposure at the ends of the last months, told together, is what each of those days tells alone.</summary>
public abstract class ExposureMonthsTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task Month_by_month_it_is_what_the_exposure_of_that_day_is_and_the_limit_is_that_of_the_day()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster, "2025-03-03"));
        var companies = Enumerable.Range(0, 3).Select(n => new RandomCompany(server, $"M{n}", new Random(70 + n))).ToList();
        foreach (var company in companies) await company.BeginAsync();
        var today = new DateOnly(2025, 3, 3);
        for (; today < new DateOnly(2026, 3, 10); today = today.AddDays(11))
        {
            (await server.Post("/clock", new { today = Iso(today) })).Expect(200);
            foreach (var company in companies)
                for (var n = 0; n < 3; n++) await company.ActAsync(today);
        }

        (await server.Post("/limits", new
        {
            customer = "M1", kind = "standing", limit = "amount", amount = 4500, currency = "EUR", validFrom = "2025-08-15", reason = "grown",
        })).Expect(200);
        // Documents of days before stand in two chains from now on.
        (await server.Put("/customers/TOP", RandomCompany.Master())).Expect(200);
        (await server.Put("/customers/M0", new { group = "TOP" })).Expect(200);
        today = today.AddDays(-11);
        var differing = new HashSet<decimal>();
        foreach (var number in new[] { "M0", "M1", "M2" })
        {
            var (root, _) = (await server.Desk.ViewAsync(number, TestContext.Current.CancellationToken))!.Value;
            Assert.NotNull(root.Find<Customer>(number));
            var months = await ExposureMonths.ReadAsync(server.Store, root, number, today, TestContext.Current.CancellationToken);
            Assert.Equal(12, months.Count);
            Assert.Equal((new DateOnly(2025, 3, 31), new DateOnly(2026, 2, 28)), (months[0].Day, months[^1].Day));
            foreach (var at in months)
            {
                var then = (await server.Get($"/customers/{number}/exposure?asOf={Iso(at.Day)}")).Expect(200).Body;
                Assert.Equal(
                    (number, at.Day, then.GetProperty("gross").GetDecimal(), then.GetProperty("overdue").GetDecimal()),
                    (number, at.Day, at.Gross / 100m, at.Overdue / 100m));
                Assert.Equal(then.GetProperty("openOrders").GetDecimal() + then.GetProperty("unbilled").GetDecimal(), at.Orders / 100m);
                Assert.Equal(at.Day.Year == 2026 ? 300000 : number == "M1" && at.Day > new DateOnly(2025, 8, 14) ? 450000 : null, at.Limit.Amount);
                differing.Add(at.Gross);
            }

            Assert.Contains(months, at => at.Overdue > 0);
            Assert.Contains(months, at => at.Orders > 0);
        }

        Assert.True(differing.Count > 12, "the months hardly differ");
    }

    [Theory]
    [InlineData("2026-03-31", "2025-03-31", "2026-02-28")]
    [InlineData("2026-01-01", "2025-01-31", "2025-12-31")]
    [InlineData("2024-03-01", "2023-03-31", "2024-02-29")]
    public void The_ends_are_those_of_the_twelve_months_before_this_one(string today, string first, string last)
    {
        var days = ExposureMonths.EndsBefore(DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal((12, first, last), (days.Count, Iso(days[0]), Iso(days[^1])));
    }

    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

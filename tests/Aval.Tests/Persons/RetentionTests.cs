using System.Data.Common;
using Aval.Company;
using Aval.Kernel.Web;
using Aval.Tests.Access;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Persons;

/// <summary>What has been over for as long as a rule says is erased by itself, and nothing else is.</summary>
public sealed class RetentionTests(PostgresCluster cluster)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_over_for_long_is_erased_by_itself_and_what_is_open_stays(bool postgres)
    {
        var keeps = new[] { new RetentionRule(Kept.Documents, 12), new RetentionRule(Kept.Customers, 24), new RetentionRule(Kept.Users, 12), new RetentionRule(Kept.AccessLog, 1) };
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(postgres ? cluster : null) with { Keeps = keeps });
        var desk = new CreditDesk(server);
        await desk.Payer("RA", 10_000);
        await desk.Payer("RB", 10_000);
        foreach (var number in new[] { "R-closed", "R-open" })
            (await server.Post("/orders", new
            {
                number, customer = "RA", currency = "EUR", orderDate = "2026-03-02", buyerReference = $"Wilma Wren, {number}",
                lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 5, taxRate = 0 } },
            })).Expect(200);
        (await server.Post("/orders/R-closed/cancel", new { reason = "not needed" })).Expect(200);
        await server.UserAsync("Otto Old", "sales");
        (await server.Put("/users/Otto%20Old", new { roles = new[] { "sales" }, fullName = "Otto Oldfield" })).Expect(200);
        (await server.Post("/users/Otto%20Old/disable", new { reason = "left" })).Expect(200);
        (await server.Put("/customers/RB", new { active = false })).Expect(200);

        await MovedToAsync(server, "2027-02-01");
        Assert.Contains("Wilma Wren, R-closed", (await server.Get("/journal?root=RA&limit=500")).Text, StringComparison.Ordinal);
        await MovedToAsync(server, "2027-03-03");
        await ForgottenAsync(server, "/journal?root=RA&limit=500", "Wilma Wren, R-closed");
        Assert.DoesNotContain("R-closed", (await server.Get("/orders/R-closed")).Expect(200)["buyerReference"] ?? "", StringComparison.Ordinal);
        Assert.Equal("Wilma Wren, R-open", (await server.Get("/orders/R-open")).Expect(200)["buyerReference"]);
        Assert.Equal("Customer RB", (await server.Get("/customers/RB")).Expect(200)["name"]);
        await MovedToAsync(server, "2028-03-03");
        await ForgottenAsync(server, "/journal?root=RB&limit=500", "Customer RB");
        Assert.Equal(("[erased]", "Customer RA"), ((await server.Get("/customers/RB")).Expect(200)["name"], (await server.Get("/customers/RA")).Expect(200)["name"]));
        Assert.Contains("rule:retention", (await server.Get("/journal?root=RA&limit=500")).Text, StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Without_a_rule_nothing_goes_by_itself()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        var desk = new CreditDesk(server);
        await desk.Payer("RC", 10_000);
        (await server.Put("/customers/RC", new { active = false })).Expect(200);
        await MovedToAsync(server, "2036-03-03");
        Assert.Equal("Customer RC", (await server.Get("/customers/RC")).Expect(200)["name"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_access_log_gives_up_what_is_older_than_a_year_and_nothing_younger(bool postgres)
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(postgres ? cluster : null));
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        var now = DateTimeOffset.UtcNow;
        foreach (var days in new[] { 800, 370, 300, 1 })
        {
            var id = $"{now.AddDays(-days).ToUnixTimeMilliseconds():x12}0000";
            await RunAsync(connection, $"INSERT INTO access_log (id, who, event, detail, address) VALUES ('{id}', 'nobody', 'called', '', '')");
        }

        Assert.Equal(2, await new Aval.Access.UserTraces(server.Store).ForgetLogAsync(now, 1, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<DbException>(() => RunAsync(connection, $"DELETE FROM access_log WHERE id < '{now.AddDays(-200).ToUnixTimeMilliseconds():x12}'"));
    }

    /// <summary>Moves the date and runs the day's rounds, as the leader does.</summary>
    static async Task MovedToAsync(RunningServer server, string date)
    {
        (await server.Post("/clock", new { today = date })).Expect(200);
        foreach (var round in server.Get<IEnumerable<IDayRound>>()) await round.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The leader may be at the same round: it is waited for.</summary>
    static async Task ForgottenAsync(RunningServer server, string address, string text)
    {
        for (var tries = 0; tries < 50 && (await server.Get(address)).Text.Contains(text, StringComparison.Ordinal); tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(text, (await server.Get(address)).Expect(200).Text, StringComparison.Ordinal);
    }

    static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

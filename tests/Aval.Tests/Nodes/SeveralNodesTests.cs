using System.Net;
using System.Xml.Linq;
using Aval.Access;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using Dapper;

namespace Aval.Tests.Nodes;

/// <summary>Two whole servers on one PostgreSQL, started at the same moment on a database that is not there yet.</summary>
public sealed class SeveralNodesTests(PostgresCluster cluster)
{
    static readonly int Pairs = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 10_000 : 300;
    const int Racers = 8;

    [Fact]
    public async Task Whoever_signs_in_at_one_node_and_opens_a_form_there_sends_it_to_the_other()
    {
        var (here, there) = await StartAsync();
        await using var one = here;
        await using var other = there;
        using var browser = new Browser(here);
        await browser.SignInAsync(RunningServer.AdminKey);
        var token = await browser.TokenAsync("/blocks");
        browser.Visit(there);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/blocks")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", new() { ["token"] = "made up" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/sign-out", new() { ["token"] = token })).StatusCode);
        browser.Visit(here);
        Assert.Equal("/sign-in?return=%2Fblocks", (await browser.GetAsync("/blocks")).Headers.Location!.OriginalString);
        await using var connection = await here.Store.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1L, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM session_key"));
    }

    [Fact]
    public async Task Nodes_that_both_miss_a_key_for_forms_come_to_the_same_one()
    {
        var (here, there) = await StartAsync();
        await using var one = here;
        await using var other = there;
        SessionKeys[] repositories = [new(here.Store), new(there.Store)];
        for (var round = 0; round < 3; round++)
        {
            var known = repositories.Select(repository => repository.GetAllElements().Count).ToList();
            Assert.Equal(known[0], known[1]);
            foreach (var (place, repository) in repositories.Index()) repository.StoreElement(new XElement("key", $"{round} of {place}"), $"any-{round}-{place}");
            var read = repositories.Select(repository => string.Join(' ', repository.GetAllElements())).ToList();
            Assert.Equal(read[0], read[1]);
            Assert.Contains($"{round} of 0", read[0], StringComparison.Ordinal);
            Assert.DoesNotContain($"{round} of 1", read[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_one_node_was_told_the_other_decides_by_and_who_was_shut_out_at_one_is_out_at_both()
    {
        var (here, there) = await StartAsync();
        await using var one = here;
        await using var other = there;
        RunningServer[] turns = [here, there];
        for (var n = 1; n <= 10; n++)
        {
            var (asks, decides) = (turns[n % 2], turns[(n + 1) % 2]);
            await EnterAsync(asks, $"C-{n}", limit: 100);
            Assert.Equal("held", (await OrderAsync(decides, $"O-{n}", $"C-{n}", 150)).Expect(200)["status"]);
            await LimitAsync(asks, $"C-{n}", 1000);
            Assert.Equal("released", (await OrderAsync(decides, $"P-{n}", $"C-{n}", 300)).Expect(200)["status"]);
        }

        var key = (await here.Post("/api-keys", new { name = "cora", roles = new[] { "customerService" } })).Expect(201)["key"]!;
        (await there.Get("/orders/P-1", by: key)).Expect(200);
        (await here.Delete("/api-keys/cora")).Expect(200);
        await Eventually.TrueAsync(async () => (await there.Get("/orders/P-1", by: key)).Status == 401, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Of_two_orders_that_fit_alone_and_not_together_sent_to_two_nodes_at_once_one_is_released()
    {
        var (here, there) = await StartAsync();
        await using var one = here;
        await using var other = there;
        var released = await Task.WhenAll(Enumerable.Range(0, Racers).Select(async racer =>
        {
            var (customer, all) = ($"C-{racer}", 0);
            await EnterAsync(here, customer, limit: 100);
            for (var n = 0; n < Pairs / Racers; n++)
            {
                var (left, right) = ($"L-{racer}-{n}", $"R-{racer}-{n}");
                var replies = await Task.WhenAll(OrderAsync(here, left, customer, 60), OrderAsync(there, right, customer, 60));
                all += replies.Count(reply => reply.Expect(200)["status"] == "released");
                Assert.Equal(n + 1, all);
                foreach (var number in new[] { left, right }) (await here.Post($"/orders/{number}/cancel", new { reason = "the next pair" })).Expect(200);
            }

            return all;
        }));
        Assert.Equal(Pairs / Racers * Racers, released.Sum());
        Assert.True((await here.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    async Task<(RunningServer Here, RunningServer There)> StartAsync()
    {
        var options = RunningServer.NewStore(cluster);
        var both = await Task.WhenAll(RunningServer.StartAsync(options), RunningServer.StartAsync(RunningServer.NewStore(null) with { Database = options.Database }));
        return (both[0], both[1]);
    }

    static async Task EnterAsync(RunningServer server, string customer, decimal limit)
    {
        (await server.Put($"/customers/{customer}", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        await LimitAsync(server, customer, limit);
    }

    static async Task LimitAsync(RunningServer server, string customer, decimal limit) => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount = limit, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
    })).Expect(200);

    static Task<ServerReply> OrderAsync(RunningServer server, string number, string customer, decimal amount) => server.Post("/orders", new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = amount, taxRate = 0 } },
    });
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aval.Checks;
using Aval.Tests.Decisions;
using Aval.Tests.Access;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Casework;

/// <summary>Who follows the lists hears what changes, on whichever node, and misses nothing while they were away.</summary>
public sealed class EventsTests(PostgresCluster cluster)
{
    [Fact]
    public async Task What_changes_is_told_as_it_changes_and_who_was_away_goes_on_where_they_were()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("N", 1_000);
        using var client = Client();
        string first, last;
        await using (var follower = await Follower.StartAsync(client, server))
        {
            var block = await desk.Order("N-1", "N", 3_000);
            var heard = await follower.NextAsync(told => Text(told, "order") == "N-1");
            Assert.Equal((block, "decide", "open", "credit"), (Text(heard, "id"), Text(heard, "kind"), Text(heard, "status"), Text(heard, "owner")));
            first = follower.LastId;
            (await server.Post($"/work/{block}/claim", new { }, CreditDesk.Ana)).Expect(200);
            Assert.Equal("ana", Text(await follower.NextAsync(told => Text(told, "person") is not null), "person"));
            last = follower.LastId;
        }

        await desk.Order("N-2", "N", 3_000);
        await using (var again = await Follower.StartAsync(client, server, last))
            Assert.Equal("N-2", Text(await again.NextAsync(told => Text(told, "order") == "N-2"), "order"));
        // From the first on: the present state of all that changed since.
        await using (var all = await Follower.StartAsync(client, server, first))
            Assert.Equal("ana", Text(await all.NextAsync(told => Text(told, "order") == "N-1"), "person"));
    }

    [Fact]
    public async Task What_another_node_changes_is_heard_here()
    {
        var options = RunningServer.NewStore(cluster);
        await using var here = await RunningServer.StartAsync(options);
        await using var there = await RunningServer.StartAsync(options with { Data = Directory.CreateTempSubdirectory("aval-node-").FullName });
        var desk = new CreditDesk(there);
        await desk.Payer("O", 1_000);
        using var client = Client();
        await using var follower = await Follower.StartAsync(client, here);
        var block = await desk.Order("O-1", "O", 3_000);
        await follower.NextAsync(told => Text(told, "order") == "O-1");
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal(block, Text(await follower.NextAsync(told => Text(told, "status") == "done"), "id"));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(60)]
    public async Task What_another_node_changes_is_heard_although_its_clock_stands_wrong(int minutes)
    {
        var options = RunningServer.NewStore(cluster);
        await using var here = await RunningServer.StartAsync(options);
        await using var there = await RunningServer.StartAsync(options with
        {
            Data = Directory.CreateTempSubdirectory("aval-node-").FullName, Clock = new WrongClock(TimeSpan.FromMinutes(minutes)),
        });
        var (desk, other) = (new CreditDesk(here), new CreditDesk(there));
        await desk.Payer("W", 1_000);
        using var client = Client();
        await using var follower = await Follower.StartAsync(client, here);
        await desk.Order("W-1", "W", 3_000);
        await follower.NextAsync(told => Text(told, "order") == "W-1");
        await other.Order("W-2", "W", 3_000);
        await follower.NextAsync(told => Text(told, "order") == "W-2");
        await desk.Order("W-3", "W", 3_000);
        await follower.NextAsync(told => Text(told, "order") == "W-3");
    }

    [Fact]
    public async Task Nobody_hears_what_they_may_not_see_and_a_stream_needs_a_right_and_a_place_that_was()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("Q", 1_000);
        (await server.Get("/events", "nobody")).Expect(401, "key-unknown");
        using var client = Client();
        using (var wrong = await client.SendAsync(Follower.Asking(server, RunningServer.AdminKey, "yesterday"), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var strange = await client.GetAsync(new Uri(server.Address, "/events"), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Forbidden, strange.StatusCode);
        var key = (await server.Post("/api-keys", new { name = "otto", roles = new[] { "accountsReceivable" } })).Expect(201)["key"]!;
        await using var follower = await Follower.StartAsync(client, server, key: key);
        (await server.Post("/limit-requests", new
        {
            customer = "Q", kind = "standing", limit = "amount", amount = 5_000, currency = "EUR", validFrom = "2026-03-02", reason = "they grow",
        }, "sam:sales")).Expect(200);
        await desk.Order("Q-1", "Q", 3_000);
        // The request came first, and is not what is heard first.
        Assert.Equal("decide", Text(await follower.NextAsync(_ => true), "kind"));
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_follower_has_signed_out_or_been_disabled()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        await server.UserAsync("Otto", "creditAnalyst");
        var token = await server.UserAsync("Dora", "creditAnalyst");
        var stays = (await server.Post("/api-keys", new { name = "stays", roles = new[] { "creditAnalyst" } })).Expect(201)["key"]!;
        using var browser = new Browser(server);
        await browser.PostAsync("/sign-in", new() { ["token"] = await browser.TokenAsync(), ["name"] = "Otto", ["password"] = People.Password });
        using var client = Client();
        using var screen = await browser.FollowAsync("/events");
        await using var caller = await Follower.StartAsync(client, server, key: token);
        await using var other = await Follower.StartAsync(client, server, key: stays);
        await browser.PostAsync("/sign-out", new() { ["token"] = await browser.TokenAsync("/account") });
        (await server.Post("/users/Dora/disable", new { reason = "left" })).Expect(200);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Both are read to their end, which comes within a beat.
        Assert.DoesNotContain("data: {", await screen.Content.ReadAsStringAsync(patience.Token), StringComparison.Ordinal);
        await caller.EndAsync(patience.Token);
        var desk = new CreditDesk(server);
        await desk.Payer("E", 1_000);
        await desk.Order("E-1", "E", 3_000);
        Assert.Equal("E-1", Text(await other.NextAsync(told => Text(told, "order") is not null), "order"));
    }

    [Fact]
    public async Task A_seller_hears_of_their_own_customers_alone()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("Q", 1_000);
        await desk.Payer("R", 1_000);
        (await server.Put("/customers/Q", new { salesOwner = "Tess" })).Expect(200);
        using var client = Client();
        var key = (await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!;
        string first;
        await using (var follower = await Follower.StartAsync(client, server, key: key))
        {
            await desk.Order("Q-1", "Q", 3_000);
            await desk.Order("R-1", "R", 3_000);
            Assert.Equal("R-1", Text(await follower.NextAsync(_ => true), "order"));
            first = follower.LastId;
        }

        await desk.Order("Q-2", "Q", 3_000);
        await desk.Order("R-2", "R", 3_000);
        await using var again = await Follower.StartAsync(client, server, first, key);
        Assert.Equal("R-2", Text(await again.NextAsync(_ => true), "order"));
    }

    [Fact]
    public async Task Of_a_document_that_they_do_not_see_a_seller_hears_that_it_waits_and_not_its_number()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("HQ", 1_000);
        (await server.Put("/customers/HQ", new { salesOwner = "Tess" })).Expect(200);
        (await server.Put("/customers/BR", new { name = "BR", country = "FR", currency = "EUR", paymentTerms = "NET30", payer = "HQ", salesOwner = "Sam" })).Expect(200);
        await desk.Invoice("HQ-I", "HQ", 900);
        (await server.Post("/receipts", new { number = "HQ-R", payer = "HQ", date = "2026-03-02", currency = "EUR", amount = 900 })).Expect(200);
        using var client = Client();
        var key = (await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!;
        await using var follower = await Follower.StartAsync(client, server, key: key);
        await desk.Order("BR-1", "BR", 500);
        var told = await follower.NextAsync(heard => Text(heard, "kind") == "defect");
        Assert.Equal((Unseen.Document, "BR-1"), (Text(told, "subject"), Text(told, "order")));
    }

    static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });

    static string? Text(JsonElement told, string field) => told.GetProperty(field).GetString();

    sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    sealed class Follower(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public string LastId { get; private set; } = "";

        public static HttpRequestMessage Asking(RunningServer server, string key, string? after)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/v1/events"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (after is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
            return request;
        }

        public static async Task<Follower> StartAsync(HttpClient client, RunningServer server, string? after = null, string key = RunningServer.AdminKey)
        {
            var response = await client.SendAsync(Asking(server, key, after), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.Equal("retry: 3000", await reader.ReadLineAsync());
            return new Follower(response, reader);
        }

        /// <summary>The next event that is wanted.</summary>
        public async Task<JsonElement> NextAsync(Func<JsonElement, bool> wanted)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = line[4..];
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                var told = JsonDocument.Parse(line[6..]).RootElement;
                if (wanted(told)) return told;
            }

            throw new InvalidOperationException("the stream has ended");
        }

        /// <summary>Comes back when the server has nothing more to say.</summary>
        public async Task EndAsync(CancellationToken patience)
        {
            while (await reader.ReadLineAsync(patience) is not null) continue;
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Histories;

/// <summary>A call that was answered, with what was sent.</summary>
sealed record Acknowledged(string Path, object Body, string? Key, ServerReply Reply);

/// <summary>
/// Clients that sell, ship, bill and collect over HTTP as fast as they can, at any of the nodes.
/// Whoever gets no answer asks again with the same number or key until there is one.
/// </summary>
sealed class Traders : IDisposable
{
    public const decimal Limit = 1000;
    public static readonly string[] Customers = ["K0", "K1", "K2", "K3"];
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Of so many orders of a trader one is paid in part at first, and the rest so many rounds later: customers come near their limits, and none is stuck there.</summary>
    const int OrdersToOneOwing = 3, RoundsOwing = 21;

    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
    readonly ConcurrentQueue<Acknowledged> answers = new();
    readonly ConcurrentQueue<Acknowledged> refusals = new();
    readonly ConcurrentQueue<(string Customer, decimal Change)> owed = new();
    volatile Uri[] addresses = [new("http://127.0.0.1:1")];
    int unanswered;

    public Traders() => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminKey);

    /// <summary>Where the server is now.</summary>
    public Uri Address { set => addresses = [value]; }

    /// <summary>Where the nodes are now: each call, and each of its repetitions, goes to any of them.</summary>
    public IReadOnlyList<Uri> Addresses { set => addresses = [.. value]; }

    /// <summary>Where it is set, a client gives an answer up to so long and then asks again, with as much more patience each time.</summary>
    public TimeSpan? Patience { get; set; }

    /// <summary>False where the server's own clock moves the business date.</summary>
    public bool MovesDate { get; init; } = true;

    public IReadOnlyCollection<Acknowledged> Answers => answers;

    /// <summary>What was refused, and must therefore have left nothing.</summary>
    public IReadOnlyCollection<Acknowledged> Refusals => refusals;

    /// <summary>
    /// What customers owe at the least, as it changed: a release once it was answered, a payment before it is sent. A released order counts until it is paid, in whichever
    /// part of the exposure it is, and neither repetitions nor held orders change that; so what a customer truly owed was never less than the sum so far.
    /// </summary>
    public IReadOnlyCollection<(string Customer, decimal Change)> Owed => owed;

    /// <summary>Attempts that ended without an answer: broken, timed out, or told to come again.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Each customer with a limit that a dozen orders use up.</summary>
    public async Task OpenAsync()
    {
        foreach (var customer in Customers)
        {
            await AskAsync(HttpMethod.Put, $"/customers/{customer}", new
            {
                name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30",
                billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
            }, $"enter-{customer}");
            await AskAsync(HttpMethod.Post, "/limits", new
            {
                customer, kind = "standing", limit = "amount", amount = Limit, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
            }, $"limit-{customer}");
        }
    }

    /// <summary>One trader: orders of 90, of which those that are released are delivered in two parts, billed and paid in two parts, and the others cancelled.</summary>
    public async Task TradeAsync(int trader, CancellationToken stop)
    {
        var owing = new Queue<(int Since, string Id, string Customer)>();
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            if (owing.TryPeek(out var rest) && n - rest.Since >= RoundsOwing)
            {
                owing.Dequeue();
                await PayAsync(rest.Id, rest.Customer, 55);
            }

            var (id, customer) = ($"{trader}-{n}", Customers[(trader + n) % Customers.Length]);
            var order = await PostAsync("/orders", new
            {
                number = $"O-{id}", customer, currency = "EUR", orderDate = "2026-03-02",
                lines = new[] { new { line = 1, item = "steel", quantity = 10, unitPrice = 9, taxRate = 0 } },
            });
            if (order["status"] != "released")
            {
                await PostAsync($"/orders/O-{id}/cancel", new { reason = "too late" }, $"cancel-{id}");
                continue;
            }

            owed.Enqueue((customer, 90));
            foreach (var quantity in new[] { 4, 6 })
                await PostAsync($"/orders/O-{id}/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity } } }, $"ship-{quantity}-{id}");
            await PostAsync("/invoices", new { number = $"I-{id}", customer, date = "2026-03-02", dueDate = "2027-12-31", currency = "EUR", amount = 90, order = $"O-{id}" });
            await PostAsync("/receipts", new { number = $"R-{id}", payer = customer, date = "2026-03-02", currency = "EUR", amount = 90 });
            await PayAsync(id, customer, 35);
            if (n % OrdersToOneOwing == 0) owing.Enqueue((n, id, customer));
            else await PayAsync(id, customer, 55);
            await RefusedAsync($"/receipts/R-{id}/allocations", new[] { new { invoice = $"I-{id}", amount = 91 } }, $"over-{id}");
            await RefusedAsync("/receipts", new { number = $"R-{id}", payer = customer, date = "2026-03-02", currency = "EUR", amount = 91 });
            if (MovesDate && trader == 0 && n % 10 == 9) await PostAsync("/clock", new { today = new DateOnly(2026, 3, 2).AddDays(n / 10) }, $"clock-{n}");
        }
    }

    /// <summary>Sends the same once more.</summary>
    public Task<ServerReply> AgainAsync(Acknowledged answer) => AskAsync(HttpMethod.Post, answer.Path, answer.Body, answer.Key);

    public Task<ServerReply> GetAsync(string path) => AskAsync(HttpMethod.Get, path, null, null);

    public void Dispose() => http.Dispose();

    /// <summary>Two orders that fit alone and not together, sent at the same moment, and cancelled when both are answered.</summary>
    /// <returns>How many of them were released.</returns>
    public async Task<int> RaceAsync(string customer, int pair)
    {
        var numbers = new[] { $"L-{customer}-{pair}", $"R-{customer}-{pair}" };
        var replies = await Task.WhenAll(numbers.Select(number => PostAsync("/orders", new
        {
            number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 10, unitPrice = 60, taxRate = 0 } },
        })));
        foreach (var number in numbers) await PostAsync($"/orders/{number}/cancel", new { reason = "the next pair" }, $"cancel-{number}");
        return replies.Count(reply => reply["status"] == "released");
    }

    async Task PayAsync(string id, string customer, decimal amount)
    {
        owed.Enqueue((customer, -amount));
        await PostAsync($"/receipts/R-{id}/allocations", new[] { new { invoice = $"I-{id}", amount } }, $"pay-{amount}-{id}");
    }

    async Task<ServerReply> PostAsync(string path, object body, string? key = null)
    {
        var reply = await AskAsync(HttpMethod.Post, path, body, key);
        answers.Enqueue(new Acknowledged(path, body, key, reply));
        return reply;
    }

    async Task RefusedAsync(string path, object body, string? key = null)
    {
        var reply = await AskAsync(HttpMethod.Post, path, body, key, refused: true);
        refusals.Enqueue(new Acknowledged(path, body, key, reply));
    }

    /// <summary>Until somebody answers; then it must have been accepted, or refused where it is to be.</summary>
    async Task<ServerReply> AskAsync(HttpMethod method, string path, object? body, string? key, bool refused = false)
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            using var request = new HttpRequestMessage(method, new Uri(addresses[Random.Shared.Next(addresses.Length)], Api.Prefix + path));
            if (body is not null) request.Content = RunningServer.Raw(JsonSerializer.SerializeToUtf8Bytes(body, Aval.Kernel.Json.Options));
            if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var patience = new CancellationTokenSource();
            if (Patience is { } longest) patience.CancelAfter(longest * ((attempt + 1) * Random.Shared.NextDouble()));
            try
            {
                using var response = await http.SendAsync(request, patience.Token);
                var reply = await ServerReply.Of(response);
                // The database may be told to be away while a killed server's locks are taken from it.
                if (reply.Status == 503) throw new HttpRequestException(reply.Text);
                if (refused) Assert.InRange(reply.Status, 400, 499);
                return refused ? reply : reply.Expect(200);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                Interlocked.Increment(ref unanswered);
                await Task.Delay(Pause);
            }
        }

        throw new TimeoutException($"{path} was never answered");
    }
}

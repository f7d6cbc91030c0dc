using System.Net.Http.Json;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Aval.Browser;

/// <summary>A small invented company behind a real server, and a real browser in front of it: one for each class of tests, since what one does others see.
/// Where there is no Chromium the tests are visibly skipped.</summary>
public sealed class DemoCompany : IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";
    internal const string AdminKey = "tests-admin-key-0123456789abcdef";

    /// <summary>A customer whose name and order try to be more than text.</summary>
    public const string Hostile = "C-HOSTILE";
    public const string HostileName = """<script>document.title='broken'</script> & "Söhne" O'Neil مرحبا""";
    public const string HostileOrder = "SO-<b>1</b>";

    /// <summary>Who applies receipts.</summary>
    public const string Receivables = "Omar Haddad";

    /// <summary>A customer with a decision, something set aside and what came of it.</summary>
    public const string Decided = "C-DECIDED";

    readonly SimulationPlan plan = new(40, 4, 7, new DateOnly(2026, 3, 2));
    readonly bool isPlain;
    readonly string data = Directory.CreateTempSubdirectory("aval-browser-").FullName;
    WebApplication? app;
    IPlaywright? playwright;
    IBrowser? browser;

    public DemoCompany()
    {
    }

    /// <summary>Another company, with nothing in it but its history.</summary>
    internal DemoCompany(SimulationPlan plan) => (this.plan, isPlain) = (plan, true);

    public string Address => app!.Urls.First();

    /// <summary>The blocks of its two orders: decided and closed, and still open.</summary>
    public string ClosedBlock { get; private set; } = "";
    public string OpenBlock { get; private set; } = "";

    /// <summary>The page of a bank line whose payer is not known.</summary>
    public string WaitingLine { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        await Template.CopyAsync(plan, data);
        app = await AvalServer.BuildAsync(new ServerOptions(data, null, ["http://127.0.0.1:0"], plan.EndDate, AdminKey, Currency.EUR) { Demo = true });
        await app.StartAsync();
        if (!isPlain)
        {
            await AddHostileAsync();
            await AddDecidedAsync();
            await AddCashAsync();
        }

        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <summary>Of the window.</summary>
    public static ViewportSize SizeOf(bool phone) => phone ? new() { Width = 390, Height = 844 } : new() { Width = 1366, Height = 900 };

    /// <summary>A browser of its own: no cookies, no cache.</summary>
    public Task<IBrowserContext> NewAsync(bool dark = false, bool phone = false, bool scripts = true)
    {
        if (browser is null) Assert.Skip($"there is no {Chromium}");
        return browser.NewContextAsync(new()
        {
            BaseURL = Address,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = SizeOf(phone),
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await DeleteAsync(data);
    }

    /// <summary>A file that is just being closed may appear once more while its folder is emptied.</summary>
    static async Task DeleteAsync(string folder)
    {
        for (var left = 20; ; left--)
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
    }

    /// <summary>Makes a key, as an administrator would elsewhere.</summary>
    public async Task KeyAsync(string name, string role)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        (await client.PostAsJsonAsync("/api/v1/api-keys", new { name, roles = new[] { role } })).EnsureSuccessStatusCode();
    }

    /// <summary>Enters something, as another system would; the answer.</summary>
    public async Task<JsonElement> EnterAsync(string path, object body, bool put = false, string key = AdminKey)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address + "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var reply = put ? await client.PutAsJsonAsync(path, body) : await client.PostAsJsonAsync(path, body);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    async Task AddHostileAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        (await client.PutAsJsonAsync(
            $"/api/v1/customers/{Hostile}", new { name = HostileName, country = "DE", currency = "EUR", paymentTerms = "NET30" })).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("/api/v1/orders", new
        {
            number = HostileOrder, customer = Hostile, currency = "EUR", orderDate = "2026-03-02", purchaseOrder = "\"'><img src=x onerror=alert(1)>",
            lines = new[] { new { line = 1, item = "<i>item</i>", quantity = 2, unitPrice = 100, taxRate = 19, description = "</td><script>alert(1)</script>" } },
        })).EnsureSuccessStatusCode();
    }

    /// <summary>A receipt of which somebody must choose the invoice, and a bank line whose payer is not known.</summary>
    async Task AddCashAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address + "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        foreach (var number in new[] { "SO-D-8-I", "SO-D-9-I" })
            (await client.PostAsJsonAsync("invoices", new { number, customer = Decided, date = "2026-02-20", dueDate = "2026-03-20", currency = "EUR", amount = 777 }))
                .EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("receipts", new { number = "RC-D-1", payer = Decided, date = "2026-03-01", currency = "EUR", amount = 777, cleared = true }))
            .EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("receipts/RC-D-1/match", new { })).EnsureSuccessStatusCode();
        const string Statement = ":20:S1\r\n:25:DE89370400440532013000\r\n:28C:1/1\r\n:60F:C260301EUR0,00\r\n:61:2603010301C777,00NTRFNONREF\r\n"
            + ":86:payment <b>of</b> somebody, many thanks\r\n:62F:C260301EUR777,00\r\n";
        using var sent = await client.PostAsync("bank-statements", new StringContent(Statement));
        var line = JsonDocument.Parse(await sent.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("lines")[0];
        WaitingLine = "/cash/lines/" + Uri.EscapeDataString(line.GetProperty("number").GetString()!);
    }

    async Task AddDecidedAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address + "/api/v1/") };
        async Task<JsonElement> SendAsync(string path, object body, string key = AdminKey, bool put = false)
        {
            using var request = new HttpRequestMessage(put ? HttpMethod.Put : HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new("Bearer", key);
            using var reply = await client.SendAsync(request);
            return JsonDocument.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
        }

        async Task<string> KeyAsync(string name, string role) => (await SendAsync("api-keys", new { name, roles = new[] { role } })).GetProperty("key").GetString()!;
        async Task<JsonElement> OrderAsync(string number) => await SendAsync("orders", new
        {
            number, customer = Decided, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "A-100", quantity = 2, unitPrice = 1000, taxRate = 0 } },
        });
        var (service, lead) = (await KeyAsync("cora", "customerService"), await KeyAsync("Lea Lindqvist-Hohenberger", "leadership"));
        await SendAsync($"customers/{Decided}", new
        {
            name = "Decided & Sons", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "C", profile = new { purchaseOrderRequired = true },
            billingAddress = new { line1 = "1 Road", city = "Town", postalCode = "12345", country = "DE" },
        }, put: true);
        await SendAsync("limits", new
        {
            customer = Decided, kind = "standing", limit = "amount", amount = 1000, currency = "EUR", validFrom = "2026-01-01", reason = "agreed",
        });
        ClosedBlock = (await OrderAsync("SO-D-1")).GetProperty("block").GetString()!;
        await SendAsync("orders/SO-D-1/waive", new { finding = "purchase-order-missing", reason = "It comes by post, as the buyer has told us" }, service);
        await SendAsync(
            $"blocks/{ClosedBlock}/decisions", new { decision = "release", reason = "They have paid for ten years", basis = "the file", dissent = "sales thinks otherwise" }, lead);
        await SendAsync("invoices", new
        {
            number = "SO-D-1-I", customer = Decided, order = "SO-D-1", date = "2026-03-02", dueDate = "2026-03-02", currency = "EUR", amount = 2000,
        });
        await SendAsync("disputes", new
        {
            number = "SO-D-1-D", invoice = "SO-D-1-I", amount = 300, reason = "documentation", legitimacy = "unqualified", owner = "customerService",
            preventedBy = "purchase-order-missing",
        });
        OpenBlock = (await OrderAsync("SO-D-2")).GetProperty("block").GetString()!;
    }
}

using System.Net.Http.Json;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Aval.Browser.DemoCompany))]

namespace Aval.Browser;

/// <summary>A small invented company behind a real server, and a real browser in front of it. Where there is no Chromium the tests are visibly skipped.</summary>
public sealed class DemoCompany : IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";
    const string AdminKey = "tests-admin-key-0123456789abcdef";

    /// <summary>A customer whose name and order try to be more than text.</summary>
    public const string Hostile = "C-HOSTILE";
    public const string HostileName = """<script>document.title='broken'</script> & "Söhne" O'Neil مرحبا""";
    public const string HostileOrder = "SO-<b>1</b>";

    static readonly SimulationPlan Plan = new(40, 4, 7, new DateOnly(2026, 3, 2));

    readonly string data = Directory.CreateTempSubdirectory("aval-browser-").FullName;
    WebApplication? app;
    IPlaywright? playwright;
    IBrowser? browser;

    public string Address => app!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        await LoadAsync();
        app = await AvalServer.BuildAsync(new ServerOptions(data, null, ["http://127.0.0.1:0"], Plan.EndDate, AdminKey, Currency.EUR) { Demo = true });
        await app.StartAsync();
        await AddHostileAsync();
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

    /// <summary>A browser of its own: no cookies, no cache.</summary>
    public Task<IBrowserContext> NewAsync(bool dark = false, bool phone = false, bool scripts = true)
    {
        if (browser is null) Assert.Skip($"there is no {Chromium}");
        return browser.NewContextAsync(new()
        {
            BaseURL = Address,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1366, Height = 900 },
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

        Directory.Delete(data, recursive: true);
    }

    async Task LoadAsync()
    {
        var history = Directory.CreateTempSubdirectory("aval-history-");
        SimulationFolder.Write(Plan, history.FullName);
        await using (var store = await OpenStore.OpenAsync(data, null)) await Replay.RunAsync(store, history.FullName, null, null, CancellationToken.None);
        history.Delete(recursive: true);
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
}

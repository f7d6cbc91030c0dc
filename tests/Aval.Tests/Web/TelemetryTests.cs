using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Aval.Tests.Web;

/// <summary>What a server at work tells of itself to whoever was named, and that it names nobody.</summary>
public sealed partial class TelemetryTests
{
    const string Number = "QUIRKE-77";

    [Fact]
    public async Task Metrics_spans_and_the_log_reach_a_collector_and_name_no_customer()
    {
        await using var collector = await Collector.StartAsync();
        var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Otlp = collector.Address, LogLevel = LogLevel.Information });
        await using (server)
        {
            var desk = new CreditDesk(server);
            await desk.Payer(Number, 10_000);
            Assert.Equal("", await desk.Order($"{Number}-1", Number, 100));
            Assert.NotEqual("", await desk.Order($"{Number}-2", Number, 12_000));
            (await server.Get($"/orders/{Number}-9")).Expect(404, "order-unknown");
            Assert.Equal(200, (int)await server.StatusOfStreamAsync("/events", RunningServer.AdminKey));
            (await server.Get("/company", by: "aval_nobodys")).Expect(401, "key-unknown");
        }

        var metrics = collector.Received("/v1/metrics");
        foreach (var name in Documented()) Assert.Contains(name, metrics, StringComparison.Ordinal);
        foreach (var tag in new[] { "putCustomer", "enterOrder", "released", "held", "entry", "order-unknown", "keyUnknown", "kept" })
            Assert.Contains(tag, metrics, StringComparison.Ordinal);
        var spans = collector.Received("/v1/traces");
        foreach (var name in new[] { "batch", "PUT /api/v1/customers/{number}", "POST /api/v1/orders" }) Assert.Contains(name, spans, StringComparison.Ordinal);
        Assert.Contains("Now listening on", collector.Received("/v1/logs"), StringComparison.Ordinal);
        foreach (var whose in new[] { "rue du Port", Number, RunningServer.AdminKey }) Assert.DoesNotContain(whose, metrics + spans, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_of_ours_is_in_the_documented_table()
    {
        var declared = Repository.Files.Where(file => file.Path.StartsWith("src/Aval/", StringComparison.Ordinal))
            .SelectMany(file => Declared().Matches(file.Text).Select(match => match.Groups["name"].Value)).Order(StringComparer.Ordinal);
        Assert.Equal(declared, Documented().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_name_for_a_collector_nothing_listens()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        Assert.Null(server.GetIfThere<TelemetryExport>());
        (await server.Get("/company")).Expect(200);
    }

    [Fact]
    public void While_nobody_listens_a_number_costs_no_memory()
    {
        Tell();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Tell();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Tell()
        {
            Telemetry.Answered("enterOrder", "done");
            Telemetry.Facts(1, 2, 3);
            Telemetry.Batch(256, 0);
            Telemetry.Committed(0);
            Telemetry.Refused("busy");
            Telemetry.Stranger("keyUnknown");
            Telemetry.Passed(1);
            Telemetry.Step("opened");
            Assert.Null(Telemetry.SpanOf([]));
        }
    }

    /// <summary>The names in the first column of the page's table.</summary>
    static List<string> Documented() => [.. Row().Matches(Repository.Read("docs/operating/telemetry.md")).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"Create(?:Counter|Histogram|UpDownCounter|ObservableGauge)(?:<\w+>)?\(\s*""(?<name>aval\.[a-z.]+)""")]
    private static partial Regex Declared();

    [GeneratedRegex(@"^\| `(?<name>aval\.[a-z.]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}

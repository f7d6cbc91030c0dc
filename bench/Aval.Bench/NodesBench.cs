using System.Diagnostics;
using System.Globalization;
using Aval.Bench.Comparison;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Aval.Bench;

/// <summary>
/// One node and two on one PostgreSQL, by turns, with as many clients in all: orders of many payers, any payer at any node as a balancer would send them, and orders of one payer
/// that meet at both. Each node is a process of its own.
/// </summary>
static class NodesBench
{
    const string Key = "bench-key-of-this-run";
    const int Payers = 1_000;
    const int Clients = 64;
    const int Rounds = 5;
    const int Seconds = 4;

    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, string? database)
    {
        await using var own = database is null ? await OwnPostgres.StartAsync() : null;
        var place = new NpgsqlConnectionStringBuilder(database ?? own!.Connection) { Database = $"aval_{Guid.CreateVersion7():N}" }.ToString();
        await using var first = await Node.StartAsync(place);
        await using var second = await Node.StartAsync(place);
        await first.AskAsync("payers");
        var ways = new (string Meaning, Node[] Nodes, int Payers)[]
        {
            ("one node", [first], Payers), ("two nodes", [first, second], Payers), ("one node, one payer", [first], 1), ("two nodes, one payer", [first, second], 1),
        };
        var postmaster = await Sample.PostmasterAsync(place);
        var (series, rates) = (0, ways.ToDictionary(way => way.Meaning, _ => new List<Measured>()));
        // The first round is not counted: what runs for the first time is compiled on the way.
        for (var round = 0; round <= Rounds; round++)
            foreach (var (meaning, nodes, payers) in ways)
                if (await MeasureAsync(nodes, postmaster, payers, () => ++series) is var measured && round > 0) rates[meaning].Add(measured);

        await output.WriteAsync("                        orders/s   lowest  highest   p50 ms   p99 ms   processor, microseconds an order: nodes, PostgreSQL; ");
        await output.WriteLineAsync("a batch: orders, passed over, roots caught up, ms, of it commit");
        foreach (var (meaning, all) in rates)
        {
            double Of(Func<Measured, double> part) => Sample.Median(all.Select(part));
            var (lowest, highest) = (all.Min(one => one.Rate), all.Max(one => one.Rate));
            await output.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{meaning,-22}  {Of(one => one.Rate),8:N0} {lowest,8:N0} {highest,8:N0}"));
            await output.WriteAsync(string.Create(
                CultureInfo.InvariantCulture, $" {Of(one => one.P50),8:N2} {Of(one => one.P99),8:N2}   {Of(one => one.Ours),6:N0} {Of(one => one.Database),6:N0}"));
            double Each(Func<DeskCounted, double> part) => Of(one => part(one.Counted) / one.Counted.Batches);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"   {Each(one => one.Commands - one.Passed),6:N1} {Each(one => one.Passed),6:N1} {Each(one => one.CaughtUp),6:N1} "
                + $"{Each(one => one.Seconds * 1000),6:N2} {Each(one => one.Commit * 1000),6:N2}"));
        }
    }

    /// <summary>A node until its input ends: tells its address first.</summary>
    public static async Task ServeAsync(TextReader input, TextWriter output, string place)
    {
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        await using (var served = await AvalServer.BuildAsync(new ServerOptions(folder.FullName, place, ["http://127.0.0.1:0"], BenchOrders.Today, Key, Currency.EUR)))
        {
            await served.StartAsync();
            await output.WriteLineAsync(new Uri(served.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));
            using var counted = new DeskCounts();
            while (await input.ReadLineAsync() is { Length: > 0 } asked)
            {
                if (asked == "payers") await BenchOrders.EnterPayersAsync(served.Services.GetRequiredService<Desk>(), Payers);
                await output.WriteLineAsync(counted.Told());
            }

            await served.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    static async Task<Measured> MeasureAsync(Node[] nodes, int? postmaster, int payers, Func<int> series)
    {
        TimeSpan Ours() => nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + Sample.TimeOf(node.Process));
        var before = await CountedAsync(nodes);
        var (ours, theirs) = (Ours(), Sample.TimeOf(postmaster));
        var taken = await Task.WhenAll(nodes.Select(node => new HttpLoad(node.Port, Key, Clients / nodes.Length, 0, "C", payers, series(), Seconds).AskAsync()));
        var (byNodes, byDatabase) = (Ours() - ours, Sample.TimeOf(postmaster) - theirs);
        var counted = (await CountedAsync(nodes)).Less(before);
        var each = taken.SelectMany(one => one.Each).Order().ToList();
        double Milliseconds(int percent) => each[each.Count * percent / 100] * 1000.0 / Stopwatch.Frequency;
        return new Measured(
            taken.Sum(one => one.Each.Count / one.Seconds), Milliseconds(50), Milliseconds(99), byNodes.TotalMicroseconds / each.Count,
            byDatabase.TotalMicroseconds / each.Count, counted);
    }

    static async Task<DeskCounted> CountedAsync(Node[] nodes)
    {
        var sum = new DeskCounted();
        foreach (var node in nodes) sum = sum.And(await node.AskAsync("counts"));
        return sum;
    }

    sealed record Measured(double Rate, double P50, double P99, double Ours, double Database, DeskCounted Counted);

    /// <summary>A server process.</summary>
    sealed class Node(Process process, int port) : IAsyncDisposable
    {
        public int Process => process.Id;

        public int Port => port;

        public static async Task<Node> StartAsync(string place)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(NodesBench).Assembly.Location, "node", place])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            };
            var process = System.Diagnostics.Process.Start(start)!;
            return new Node(process, int.Parse(await process.StandardOutput.ReadLineAsync() ?? "", CultureInfo.InvariantCulture));
        }

        /// <summary>Has it do this, and tells what its Desk has done until then.</summary>
        public async Task<DeskCounted> AskAsync(string what)
        {
            await process.StandardInput.WriteLineAsync(what);
            return DeskCounted.Of(await process.StandardOutput.ReadLineAsync() ?? "");
        }

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}

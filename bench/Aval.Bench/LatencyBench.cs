using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Aval.Bench;

/// <summary>
/// How long a node takes to answer an order: of payers drawn evenly from all of a store, of whom it knows nothing yet, and of some hundred that it has just been asked about.
/// A few callers, each with a connection of its own, an order of three lines after the other, durable before the answer.
/// </summary>
static class LatencyBench
{
    const int Warm = 300;
    const int Rounds = 3;

    /// <param name="customers">A file whose first column is the numbers of customers, as <c>aval simulate</c> writes it.</param>
    public static async Task RunAsync(TextWriter output, Uri server, string key, string customers, int callers, int seconds)
    {
        var numbers = File.ReadLines(customers).Skip(1).Select(row => row[..row.IndexOf(',', StringComparison.Ordinal)]).ToArray();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = callers }) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await output.WriteLineAsync($"{numbers.Length:N0} customers, {callers} callers; orders, p50, p95, p99, most in milliseconds; answers of another status than 200");
        var run = Guid.CreateVersion7().ToString("N")[^12..];
        await OneAsync(output, "(not counted)", http, numbers, run + "x", callers, 5);
        for (var round = 1; round <= Rounds; round++)
        {
            await OneAsync(output, $"{round} cold", http, numbers, $"{run}c{round}", callers, seconds);
            // Each once, so that all of them are known.
            var few = Enumerable.Range(0, Warm).Select(n => numbers[(int)((long)n * numbers.Length / Warm)]).ToArray();
            foreach (var (n, number) in few.Index()) await SendAsync(http, $"{run}w{round}-{n}", number, new List<double>());
            await OneAsync(output, $"{round} warm", http, few, $"{run}h{round}", callers, seconds);
        }
    }

    static async Task OneAsync(TextWriter output, string name, HttpClient http, string[] numbers, string run, int callers, int seconds)
    {
        var all = new List<double>[callers];
        var others = 0;
        var until = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var (random, took) = (new Random(run.GetHashCode(StringComparison.Ordinal) ^ caller), all[caller] = []);
            for (var n = 0; until.Elapsed.TotalSeconds < seconds; n++)
                if (!await SendAsync(http, $"{run}-{caller}-{n}", numbers[random.Next(numbers.Length)], took)) Interlocked.Increment(ref others);
        }));
        var sorted = all.SelectMany(took => took).Order().ToArray();
        double At(double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name} | {sorted.Length:N0} | {At(0.5):0.0} | {At(0.95):0.0} | {At(0.99):0.0} | {sorted[^1]:0.0} | {others}"));
    }

    /// <summary>False for an answer that is neither a release nor a hold.</summary>
    static async Task<bool> SendAsync(HttpClient http, string order, string customer, List<double> took)
    {
        var body = $$"""
            {"number":"{{order}}","customer":"{{customer}}","currency":"EUR","orderDate":"{{DateTime.UtcNow:yyyy-MM-dd}}","lines":[
            {"line":1,"item":"desk","quantity":2,"unitPrice":100,"taxRate":20},{"line":2,"item":"chair","quantity":4,"unitPrice":50,"taxRate":20},
            {"line":3,"item":"lamp","quantity":1,"unitPrice":30,"taxRate":20}]}
            """;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync("/api/v1/orders", content);
        await answer.Content.ReadAsByteArrayAsync();
        took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return answer.IsSuccessStatusCode;
    }
}

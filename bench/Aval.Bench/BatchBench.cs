using System.Diagnostics;
using System.Globalization;
using Aval.Bench.Comparison;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aval.Bench;

/// <summary>What an order costs by how many the Desk takes together at most, with so many callers that each batch is full.</summary>
static class BatchBench
{
    const int Payers = 2_000;
    const int Rounds = 2;

    /// <summary>Two that are under way and two that wait.</summary>
    const int BatchesAtOnce = 4;

    static readonly int[] Sizes = [64, 128, 256, 512, 1024, 2048, 4096];

    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, string? database, TimeSpan measured)
    {
        await using var server = database is null ? await OwnPostgres.StartAsync() : null;
        output.WriteLine("at most  round  store       orders/s   p50 ms   p99 ms   microseconds of a processor an order: ours, PostgreSQL; kilobytes");
        for (var round = 0; round <= Rounds; round++)
            foreach (var most in Sizes)
                foreach (var embedded in new[] { false, true })
                {
                    // The first round is not counted: what runs for the first time is compiled on the way.
                    var sample = await MeasureAsync(embedded ? null : database ?? server!.Connection, most, measured);
                    if (round == 0) continue;
                    output.Write(string.Create(
                        CultureInfo.InvariantCulture, $"{most,7}  {round,5}  {(embedded ? "SQLite" : "PostgreSQL"),-10}  {sample.Rate,8:N0} {sample.P50,8:N1} {sample.P99,8:N1}"));
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {sample.Ours,6:N0} {sample.Database,6:N0}   {sample.Kilobytes,6:N1}"));
                }
    }

    /// <param name="connection">Null for the embedded store.</param>
    static async Task<Sample> MeasureAsync(string? connection, int most, TimeSpan measured)
    {
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            var place = connection is null ? null : $"{connection};Database=aval_bench_{Guid.CreateVersion7():N}";
            return await MeasureAsync(place, folder.FullName, most, measured);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<Sample> MeasureAsync(string? place, string folder, int most, TimeSpan measured)
    {
        var composition = new Composition(Capabilities.All);
        await using Store store = place is null ? new SqliteStore(composition, folder) : new PostgresStore(composition, place);
        await store.MigrateAsync(CancellationToken.None);
        var settings = new DeskSettings(MostInBatch: most, MostWaiting: Math.Max(10_000, BatchesAtOnce * most));
        await using var desk = new Desk(store, TimeProvider.System, NullLogger<Desk>.Instance, settings);
        foreach (var command in new Command[] { new StartStore(BenchOrders.Today, Currency.EUR, "UTC"), new AdoptStandard() })
            if ((await desk.SubmitAsync(command, Actor.Rule("start"))).Problem is { } problem) throw new InvalidOperationException(problem.ToString());
        await BenchOrders.EnterPayersAsync(desk, Payers);
        var random = new Random(most);
        return await Sample.TakeAsync(place, async () =>
        {
            var begun = Stopwatch.GetTimestamp();
            var took = await BenchOrders.EnterAsync(desk, "O", BatchesAtOnce * most, (_, _) => BenchOrders.Payer(Next(random)), measured);
            return new(took, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        });
    }

    static int Next(Random random)
    {
        lock (random) return random.Next(Payers);
    }
}

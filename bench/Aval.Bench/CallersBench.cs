using System.Diagnostics;
using System.Globalization;
using Aval.Import;
using Aval.Kernel;

namespace Aval.Bench;

/// <summary>Orders a second through the whole Desk in this process, by how many ask at once: full preset, group limit, claim, chained journal, durable before the answer.</summary>
static class CallersBench
{
    const int Spread = 2_000;

    /// <param name="database">A connection string without its database, for PostgreSQL; null for the embedded store in a folder of its own.</param>
    public static async Task RunAsync(TextWriter output, string? database, TimeSpan measured)
    {
        output.WriteLine("payers  callers  orders a second  mean ms  orders a commit");
        foreach (var payers in new[] { 1, Spread })
            foreach (var callers in new[] { 1, 8, 64, 512 })
                await MeasureAsync(output, database, payers, callers, measured);
    }

    static async Task MeasureAsync(TextWriter output, string? database, int payers, int callers, TimeSpan measured)
    {
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            var place = database is null ? null : $"{database};Database=aval_bench_{Guid.CreateVersion7():N}";
            await using var store = await OpenStore.OpenAsync(folder.FullName, place);
            await store.StartAsync(BenchOrders.Today, Currency.EUR, CancellationToken.None);
            await BenchOrders.EnterPayersAsync(store.Desk, payers);
            await LoadAsync(store.Desk, "W", payers, callers, TimeSpan.FromSeconds(1));
            var before = await CommitsAsync(store);
            var watch = Stopwatch.StartNew();
            var done = await LoadAsync(store.Desk, "O", payers, callers, measured);
            var seconds = watch.Elapsed.TotalSeconds;
            var commits = await CommitsAsync(store) - before;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{payers,6}  {callers,7}  {done / seconds,15:N0}  {seconds * 1000 * callers / done,7:N2}  {(double)done / commits,15:N1}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<int> LoadAsync(Desk desk, string series, int payers, int callers, TimeSpan measured) =>
        (await BenchOrders.EnterAsync(desk, series, callers, (caller, count) => BenchOrders.Payer(((caller * 31) + count) % payers), measured)).Count;

    static async Task<long> CommitsAsync(OpenStore store)
    {
        await using var connection = await store.Store.ConnectAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM batch";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

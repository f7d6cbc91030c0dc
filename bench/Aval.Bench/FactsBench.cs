using System.Globalization;
using Aval.Import;
using Aval.Kernel;

namespace Aval.Bench;

/// <summary>What the facts of a store's payers take in memory, which the estimate of the cache goes by.</summary>
static class FactsBench
{
    /// <summary>Roots loaded by one statement a table.</summary>
    const int AtOnce = 500;

    /// <param name="folder">Of an embedded store.</param>
    /// <param name="most">Roots that are loaded, the first by their names.</param>
    public static async Task RunAsync(TextWriter output, string folder, int most)
    {
        await using var store = await OpenStore.OpenAsync(folder, null);
        await using var reader = await store.Store.SnapshotAsync(CancellationToken.None);
        var roots = new List<string>(most);
        await using (var connection = await store.Store.ConnectAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT root FROM root WHERE root <> '{Facts.Company}' ORDER BY lane, root LIMIT {most}");
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) roots.Add(rows.GetString(0));
        }

        var kept = new List<Facts>(roots.Count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var some in roots.Chunk(AtOnce))
        {
            var found = new List<Kernel.Storage.RootRow>(some.Length);
            foreach (var root in some) found.Add((await reader.RootAsync(root, CancellationToken.None))!);
            kept.AddRange(await reader.LoadAsync(found, CancellationToken.None));
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        long rowsKept = kept.Sum(facts => (long)facts.Count);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{kept.Count:N0} payers, {rowsKept:N0} rows: {bytes / 1e6:N0} MB, "
            + $"{bytes / Math.Max(1, kept.Count):N0} bytes a payer, {bytes / Math.Max(1, rowsKept):N0} a row"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"the estimate of the cache: {kept.Sum(FactsCache.BytesOf) / 1e6:N0} MB"));
        GC.KeepAlive(kept);
    }
}

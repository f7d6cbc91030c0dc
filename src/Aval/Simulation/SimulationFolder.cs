using Aval.Kernel.Storage;

namespace Aval.Simulation;

/// <summary>How far the writing has come.</summary>
public sealed record SimulationProgress(int CustomersWritten, int Customers);

/// <summary>How many rows went into each file of the folder, by file name.</summary>
public sealed record SimulationTotals(IReadOnlyDictionary<string, long> RowsByFile);

/// <summary>Writes a simulated company as a history folder: CSV files (RFC 4180, UTF-8, invariant), named and headed as replay reads them.</summary>
public static class SimulationFolder
{
    const int CustomersPerReport = 100;
    internal const string Unfinished = ".part";

    /// <summary>Writes all files, replacing those of an earlier simulation; one family of customers is in memory at a time.</summary>
    /// <remarks>The files get their names when all are whole, so that a replay never takes the beginning of a history for a history.</remarks>
    /// <exception cref="StoreRefusedException">The folder holds something that is no simulation.</exception>
    public static SimulationTotals Write(SimulationPlan plan, string folder, IProgress<SimulationProgress>? progress = null, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(folder);
        var mark = Path.Combine(folder, "simulation.txt");
        if (!File.Exists(mark) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new StoreRefusedException($"{folder} holds something that is no simulation; name a new or empty folder.");
        foreach (var earlier in Directory.EnumerateFiles(folder, "*.csv").Concat(Directory.EnumerateFiles(folder, "*.csv" + Unfinished)).ToList()) File.Delete(earlier);
        File.WriteAllText(mark, "unfinished\n");
        using var files = new HistoryFiles(folder);
        foreach (var rate in ExchangeRates.Of(plan)) files.Rates.Add(rate);
        for (var head = 0; head < plan.Customers;)
        {
            cancel.ThrowIfCancellationRequested();
            var told = Family.Tell(plan, head);
            foreach (var history in told.Take(plan.Customers - head)) files.Add(history);
            var before = head;
            head = Math.Min(plan.Customers, head + told.Count);
            if (before / CustomersPerReport != head / CustomersPerReport || head == plan.Customers)
                progress?.Report(new SimulationProgress(head, plan.Customers));
        }
        files.Finish();
        File.WriteAllText(mark, plan.Said + "\n");
        return files.Totals;
    }
}

namespace Aval.Simulation;

/// <summary>How far the writing has come.</summary>
public sealed record SimulationProgress(int CustomersWritten, int Customers);

/// <summary>How many rows went into each file of the folder, by file name.</summary>
public sealed record SimulationTotals(IReadOnlyDictionary<string, long> RowsByFile);

/// <summary>Writes a simulated company as a history folder: CSV files (RFC 4180, UTF-8, invariant), named and headed as replay reads them.</summary>
public static class SimulationFolder
{
    const int CustomersPerReport = 100;

    /// <summary>Writes all files, replacing those of the same names; one family of customers is in memory at a time.</summary>
    public static SimulationTotals Write(SimulationPlan plan, string folder, IProgress<SimulationProgress>? progress = null)
    {
        Directory.CreateDirectory(folder);
        using var files = new HistoryFiles(folder);
        foreach (var rate in ExchangeRates.Of(plan)) files.Rates.Add(rate);
        for (var head = 0; head < plan.Customers;)
        {
            var told = Family.Tell(plan, head);
            foreach (var history in told.Take(plan.Customers - head)) files.Add(history);
            var before = head;
            head = Math.Min(plan.Customers, head + told.Count);
            if (before / CustomersPerReport != head / CustomersPerReport || head == plan.Customers)
                progress?.Report(new SimulationProgress(head, plan.Customers));
        }
        return files.Totals;
    }
}

using Aval.Kernel.Storage;

namespace Aval.Simulation;

/// <summary>How far the writing has come.</summary>
public sealed record SimulationProgress(int CustomersWritten, int Customers);

/// <summary>How many rows went into each file of the folder, by file name.</summary>
/// <param name="BankPayments">How many payments the bank's files tell.</param>
public sealed record SimulationTotals(IReadOnlyDictionary<string, long> RowsByFile, long BankPayments, int BankFiles);

/// <summary>Writes a simulated company as a history folder: CSV files (RFC 4180, UTF-8, invariant), named and headed as replay reads them, and beside them what the bank
/// told of the receipts.</summary>
public static class SimulationFolder
{
    /// <summary>The folder of the bank's files, which a replay does not read.</summary>
    public const string Bank = "bank";

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
        using var bank = new BankFiles(folder);
        foreach (var rate in ExchangeRates.Of(plan)) files.Rates.Add(rate);
        for (var head = 0; head < plan.Customers;)
        {
            cancel.ThrowIfCancellationRequested();
            var told = Family.Tell(plan, head);
            foreach (var (at, history) in told.Take(plan.Customers - head).Index())
            {
                files.Add(history);
                if (plan.Opening is null) Remit(plan, head + at, history, told, bank);
            }

            var before = head;
            head = Math.Min(plan.Customers, head + told.Count);
            if (before / CustomersPerReport != head / CustomersPerReport || head == plan.Customers)
                progress?.Report(new SimulationProgress(head, plan.Customers));
        }
        files.Finish();
        bank.Finish();
        File.WriteAllText(mark, plan.Said + "\n");
        return new SimulationTotals(files.Totals, bank.Payments, bank.Files);
    }

    /// <summary>What the bank tells of a customer's receipts; a branch's money may come from its head office.</summary>
    static void Remit(SimulationPlan plan, int place, CustomerHistory history, IReadOnlyList<CustomerHistory> family, BankFiles bank)
    {
        var remittance = new Remittance(plan, place);
        foreach (var receipt in history.Receipts)
        {
            var payer = family.FirstOrDefault(member => member.Customer.Number == receipt.Payer) ?? history;
            if (remittance.Of(receipt, payer.Customer.Name) is { } entry) bank.Add(entry);
        }
    }
}

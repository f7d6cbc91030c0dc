using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval report reconciliation</c>: totals of the general ledger beside the balances of the documents; what differs is written as CSV.</summary>
static class ReconciliationVerb
{
    /// <summary>All was compared and something differs.</summary>
    const int Differs = 3;

    static readonly Option<FileInfo> Totals = new("--totals")
    {
        Description = "CSV with a line of heads: currency, amount, and payer where payers are told", HelpName = "FILE", Required = true,
    };

    static readonly Option<DateOnly?> AsOf = new("--as-of") { Description = "The day of the totals; the business date when absent", HelpName = "DAY" };
    static readonly Option<FileInfo?> Output = new("--output") { Description = "The file to write; standard output when absent", HelpName = "FILE" };

    public static Command Verb()
    {
        var verb = new Command("reconciliation", $"Compares totals of the general ledger with the documents; ends with {Differs} when something differs")
        {
            Totals, AsOf, Output, StoreOptions.Data, StoreOptions.Database,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        try
        {
            var totals = LedgerTotals.Read(await File.ReadAllTextAsync(given.GetValue(Totals)!.FullName, cancel));
            if (totals.Problem is { } unreadable) return await RefuseAsync(unreadable.Detail);
            await using var store = StoreOptions.Of(given);
            await store.AttachAsync(cancel);
            var company = await new Desk(store, TimeProvider.System, NullLogger<Desk>.Instance).CompanyAsync(cancel);
            await using var reader = await store.SnapshotAsync(cancel);
            var compared = await Reconcile.RunAsync(reader, new ReconciliationBody(totals.Value!, given.GetValue(AsOf)), company.Through, cancel);
            if (compared.Problem is { } refusal) return await RefuseAsync(refusal.Detail);
            await WriteAsync(compared.Value!, given.GetValue(Output));
            await Console.Error.WriteLineAsync($"{compared.Value!.Compared} totals compared, {compared.Value.Agree} agree, {compared.Value.Differences.Count} differences");
            return compared.Value.Differences.Count == 0 ? 0 : Differs;
        }
        catch (DbException e)
        {
            throw new StoreRefusedException("The store cannot be read: " + e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(e.Message);
        }
    }

    static async Task WriteAsync(ReconciliationAnswer compared, FileInfo? file)
    {
        await using var output = file is null ? Console.Out : file.CreateText();
        await output.WriteLineAsync("payer,currency,ledger,ours,difference,invoices,creditNotes,receipts");
        foreach (var row in compared.Differences)
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quoted(row.Payer)},{row.Currency},{row.Ledger},{row.Ours},{row.Difference},{row.Invoices},{row.CreditNotes},{row.Receipts}"));
    }

    static string Quoted(string? text) => text is not null && text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text ?? "";

    static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync("aval: " + why);
        return 2;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Runtime;
using Aval.Import;
using Aval.Kernel;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval import</c>: files of one kind into a store.</summary>
static class ImportVerb
{
    const int MostListed = 1_000;

    static readonly Argument<string> KindName = new("KIND") { Description = "What the rows are: " + string.Join(", ", Kinds.All.Select(kind => kind.Name)) };
    static readonly Argument<FileInfo[]> Files = new("FILE") { Description = "CSV, compressed or not", Arity = ArgumentArity.OneOrMore };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Says what would happen and changes nothing" };
    static readonly Option<bool> SkipErrors = new("--skip-errors") { Description = "Takes what can be taken; without it one refused row refuses all" };
    static readonly string InMasses = string.Join(", ", Kinds.All.Where(kind => kind.IsBulk).Select(kind => kind.Name));
    static readonly Option<bool> Bulk = new("--bulk") { Description = $"Takes the rows in masses: one entry of the journal a customer's root and part of the file ({InMasses})" };
    static readonly Option<string?> Lines = new("--lines") { Description = "The file with the lines of the orders; by default order-lines.csv beside them", HelpName = "FILE" };

    public static Command Verb()
    {
        KindName.AcceptOnlyFromAmong([.. Kinds.All.Select(kind => kind.Name)]);
        var verb = new Command("import", "Brings files into a store: all rows or none")
        {
            KindName, Files, DryRun, SkipErrors, Bulk, Lines, StoreOptions.Data, StoreOptions.Database,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = new ImportPlan(
            Kinds.Find(given.GetValue(KindName)!)!, [.. given.GetValue(Files)!.Select(file => file.FullName)], given.GetValue(Lines), given.GetValue(DryRun),
            given.GetValue(SkipErrors), given.GetValue(Bulk));
        // Nobody waits for an answer of this process: what is dead is collected at one go, and not beside the work, which costs it a tenth (docs/performance.md).
        if (plan.Bulk) GCSettings.LatencyMode = GCLatencyMode.Batch;
        try
        {
            await using var store = await OpenStore.OpenAsync(given.GetValue(StoreOptions.Data)!, given.GetValue(StoreOptions.Database));
            await store.StartAsync(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), Currency.EUR, cancel);
            var imported = await LongWork.ShowAsync("Importing", progress => ImportRun.RunAsync(store, plan, new Rows(progress), cancel));
            foreach (var refusal in imported.Refusals.Take(MostListed)) await Console.Error.WriteLineAsync(refusal.ToString());
            if (imported.Refusals.Count > MostListed) await Console.Error.WriteLineAsync($"… and {imported.Refusals.Count - MostListed} more");
            Console.WriteLine(imported.ToText(plan));
            return imported.Refusals.Count == 0 ? 0 : 2;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or FilesStoppedException)
        {
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
    }

    sealed class Rows(IProgress<Step> steps) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => steps.Report(new Step(value.Rows, value.AllRows, value.Phase.ToLower(CultureInfo.InvariantCulture)));
    }
}

using System.Globalization;
using System.Text;
using Aval.Kernel;

namespace Aval.Import;

/// <summary>How an import is asked for.</summary>
/// <param name="Files">Of one kind, taken in this order.</param>
/// <param name="Lines">The file with the lines of the orders; null looks for <c>order-lines.csv</c> beside each, and without one the rows are lines themselves.</param>
/// <param name="DryRun">Says what would happen and changes nothing.</param>
/// <param name="SkipErrors">Takes what can be taken and lists the rest; else one refused row refuses all.</param>
/// <param name="Bulk">Takes the rows in masses: what a part of the file brings to a customer's root is one entry, not one a row.</param>
/// <param name="RowsInPart">Rows that are one transaction in masses: larger parts save nothing any more, hold more roots for longer, and outlive more collections of
/// what is dead.</param>
public sealed record ImportPlan(
    Kind Kind, IReadOnlyList<string> Files, string? Lines = null, bool DryRun = false, bool SkipErrors = false, bool Bulk = false, int RowsInPart = 10_000);

/// <summary>How far an import has come.</summary>
public sealed record ImportProgress(string Phase, long Rows, long AllRows);

/// <summary>What an import did, for comparison with what the other system says.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Applied">Documents recorded by this run; with a dry run, those that would be.</param>
/// <param name="Repeated">Documents that were there before, exactly so.</param>
/// <param name="Refused">Documents refused.</param>
/// <param name="Left">Documents not taken because another one was refused.</param>
/// <param name="Mended">Fields that lost characters without a shape.</param>
/// <param name="Sums">Of what was applied or repeated, by currency or unit.</param>
public sealed record Imported(
    long Rows, long Applied, long Repeated, long Refused, long Left, long Mended, IReadOnlyDictionary<string, decimal> Sums, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>The control totals, for a person.</summary>
    public string ToText(ImportPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Kind.Name}: {Rows:N0} rows read\n");
        Line(plan.DryRun ? "would be recorded" : "recorded", Applied);
        Line("there already", Repeated);
        Line("refused", Refused);
        if (Left > 0) Line(plan.DryRun ? "not tried" : "not recorded, because of the refused", Left);
        if (Mended > 0) Line("fields without their shapeless characters", Mended);
        foreach (var (unit, sum) in Sums) text.Append(CultureInfo.InvariantCulture, $"  {"sum " + unit,-40}{sum,18:N2}\n");
        return text.ToString().TrimEnd('\n');

        void Line(string what, long number) => text.Append(CultureInfo.InvariantCulture, $"  {what,-40}{number,15:N0}\n");
    }
}

/// <summary>Brings files of one kind into the store: first every row is tried, then all are recorded, or none.</summary>
public sealed class ImportRun
{
    readonly OpenStore store;
    readonly ImportPlan plan;
    readonly IProgress<ImportProgress>? progress;
    readonly List<Refusal> refusals = [];
    readonly SortedDictionary<string, decimal> sums = new(StringComparer.Ordinal);
    Count count;
    volatile bool stopped;

    ImportRun(OpenStore store, ImportPlan plan, IProgress<ImportProgress>? progress) => (this.store, this.plan, this.progress) = (store, plan, progress);

    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Task<Imported> RunAsync(OpenStore store, ImportPlan plan, IProgress<ImportProgress>? progress, CancellationToken cancel) => plan.Bulk
        ? BulkImport.RunAsync(store, plan, progress, cancel)
        : new ImportRun(store, plan, progress).RunAsync(cancel);

    async Task<Imported> RunAsync(CancellationToken cancel)
    {
        var files = new List<KindFile>();
        try
        {
            foreach (var path in plan.Files) files.Add(Open(path));
            var sound = files.TrueForAll(file => file.IsSound);
            var unplaced = refusals.Count;
            if (sound && (plan.DryRun || !plan.SkipErrors)) await RehearseAsync(files, cancel);
            var records = sound && !plan.DryRun && (plan.SkipErrors || refusals.Count == 0);
            if (records || !plan.DryRun)
            {
                // What the rehearsal counted did not happen.
                sums.Clear();
                count = new Count(0, 0, refusals.Count);
            }

            if (records) await RecordAsync(files, cancel);
            var documents = files.Sum(file => (long)file.Index.Count) + unplaced;
            return new Imported(
                files.Sum(file => (long)file.Rows), count.Applied, count.Repeated, count.Refused, documents - count.Applied - count.Repeated - count.Refused,
                files.Sum(file => (long)file.Mended), sums, Refusal.Sorted(refusals));
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }

    KindFile Open(string path)
    {
        var lines = plan.Lines;
        if (lines is null && plan.Kind.LinesFile is { } name)
            lines = new[] { name, name + ".gz" }.Select(beside => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, beside)).FirstOrDefault(File.Exists);
        return plan.Kind.Open(CsvFile.Open(path), lines is null ? null : CsvFile.Open(lines), dated: false, refusals.Add);
    }

    /// <summary>Tries every document on a snapshot, each after those before it.</summary>
    async Task RehearseAsync(List<KindFile> files, CancellationToken cancel)
    {
        await using var rehearsal = await Rehearsal.BeginAsync(store.Store, store.Clock.GetUtcNow(), cancel);
        foreach (var item in Items(files, "Checking", cancel))
        {
            var tried = await rehearsal.TryAsync(item.Command!, Kind.Importer, cancel);
            if (tried.Problem is { } problem) Refuse(item.RefusalOf(problem));
            else Done(item, tried.Repeated);
        }
    }

    async Task RecordAsync(List<KindFile> files, CancellationToken cancel)
    {
        await using var submission = new Submission(store.Desk, plan.Kind.ChangesStructure ? Submission.Few : Submission.Many, Answered);
        foreach (var item in Items(files, "Recording", cancel))
        {
            if (stopped) break;
            await submission.AddAsync(item, cancel);
        }

        await submission.DrainAsync();
    }

    /// <summary>The documents whose rows can be read; the others are refused on the way.</summary>
    IEnumerable<Item> Items(List<KindFile> files, string phase, CancellationToken cancel)
    {
        var all = files.Sum(file => (long)file.Rows);
        var read = 0L;
        foreach (var file in files)
        {
            file.Rewind();
            for (var group = 0; group < file.Index.Count; group++)
            {
                cancel.ThrowIfCancellationRequested();
                var item = file.Read(group);
                read += item.Rows;
                if (group % 500 == 0 || group == file.Index.Count - 1) progress?.Report(new ImportProgress(phase, read, all));
                if (item.Command is not null) yield return item;
                else foreach (var fault in item.Faults) Refuse(fault);
            }
        }
    }

    void Answered(Item item, Answer answer)
    {
        if (answer.Problem is not { } problem)
        {
            Done(item, answer.Outcome is { Repeated: true } or { Rows.Count: 0 });
            return;
        }

        if (problem.Kind.Status >= 500) throw new FilesStoppedException($"{item.Place}: {problem.Detail} What was recorded stays; run it again to go on from there.");
        // What the rehearsal could not foresee: somebody else has been at work meanwhile.
        stopped |= !plan.SkipErrors;
        Refuse(item.RefusalOf(problem));
    }

    void Done(Item item, bool again)
    {
        lock (refusals)
        {
            count = again ? count with { Repeated = count.Repeated + 1 } : count with { Applied = count.Applied + 1 };
            foreach (var (unit, value) in item.Amounts) sums[unit] = sums.GetValueOrDefault(unit) + value;
        }
    }

    void Refuse(Refusal refusal)
    {
        lock (refusals)
        {
            count = count with { Refused = count.Refused + 1 };
            refusals.Add(refusal);
        }
    }

    readonly record struct Count(long Applied, long Repeated, long Refused);
}

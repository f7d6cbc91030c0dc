using System.Collections;
using System.Data.Common;
using Aval.Kernel;

namespace Aval.Import;

/// <summary>
/// Brings the rows of a file into the store in masses: read once and checked one by one, then ordered by the roots that they belong to, rehearsed and recorded in parts.
/// A part is one transaction, and what it brings to a root is one entry of that root.
/// </summary>
sealed class BulkImport : IDisposable
{
    /// <summary>Refusals that are told; of more only how many there are.</summary>
    const int MostTold = 10_000;

    /// <summary>Times that a part is begun again because a party has moved meanwhile.</summary>
    const int MostMoves = 20;

    readonly ImportPlan plan;
    readonly IProgress<ImportProgress>? progress;
    readonly BulkDesk desk;
    readonly bool byLane;
    readonly CsvFile file;
    readonly BulkKind kind;
    readonly BulkIndex index = new();
    readonly List<Refusal> refusals = [];
    readonly SortedDictionary<string, decimal> sums = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    readonly Dictionary<int, int> nth = [];
    PartyRoots roots = PartyRoots.None;
    long generation;
    long applied, repeated, refused, read;
    BitArray there = new(0);
    BitArray left = new(0);
    BitArray again = new(0);
    byte[] digest = [];
    volatile bool stopped;

    BulkImport(BulkDesk desk, bool byLane, ImportPlan plan, IProgress<ImportProgress>? progress, CsvFile file, BulkKind kind) =>
        (this.desk, this.byLane, this.plan, this.progress, this.file, this.kind) = (desk, byLane, plan, progress, file, kind);

    public void Dispose() => file.Dispose();

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FilesStoppedException">The kind is not taken in masses, or the store did not take a part.</exception>
    public static async Task<Imported> RunAsync(OpenStore store, ImportPlan plan, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (plan.Kind.Bulk is not { } kind) throw new FilesStoppedException($"{plan.Kind.Name} cannot be taken in masses; {Names} can.");
        if (plan.Files is not [var path]) throw new FilesStoppedException("In masses one file is taken at a time.");
        using var bulk = await store.OpenBulkAsync(cancel);
        using var import = new BulkImport(bulk, store.Store.ByLane, plan, progress, CsvFile.Open(path), kind);
        return await import.RunAsync(cancel);
    }

    static string Names => string.Join(", ", Kinds.All.Where(kind => kind.Bulk is not null).Select(kind => kind.Name));

    async Task<Imported> RunAsync(CancellationToken cancel)
    {
        if (Opened() is not { } reader) return Counted();
        var hashed = Task.Run(() => file.Digest(cancel), cancel);
        Index(reader, cancel);
        (left, there, again) = (new BitArray(index.Count), new BitArray(index.Count), new BitArray(index.Count));
        RefuseReused(reader);
        await ResolveAsync(cancel);
        digest = await hashed;
        var parts = index.Parts(roots, row => left[row], plan.RowsInPart, byLane);
        if (plan.DryRun || !plan.SkipErrors) await EachAsync(parts, "Checking", RehearseAsync, cancel);
        if (plan.DryRun || (!plan.SkipErrors && refused > 0)) return plan.DryRun ? Counted() : Nothing();
        (applied, repeated) = (0, 0);
        sums.Clear();
        await EachAsync(parts, "Recording", RecordAsync, cancel);
        return Counted();
    }

    /// <summary>Understands the header.</summary>
    BulkReader? Opened()
    {
        var opened = file.Columns.Count == 0 ? ImportProblems.RowMalformed.With("The file has no header.") : kind.Open(file.Columns);
        if (opened.Problem is { } problem) Refuse(new Refusal(new Place(file.Name, 1), problem));
        return opened.Value;
    }

    void Index(BulkReader reader, CancellationToken cancel)
    {
        while (file.Next())
        {
            read++;
            if (read % 10_000 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress("Reading", read, read));
            }

            if (file.Fault() is { } fault)
            {
                Refuse(new Refusal(file.Place, fault));
                continue;
            }

            var row = reader(file.Record);
            if ((row.Problem ?? row.Value.Command.Refuse()) is { } problem) Refuse(new Refusal(file.Place, problem));
            else index.Add(file.Offset, file.Line, row.Value);
        }
    }

    /// <summary>Of rows with one number the first holds; others say the same, or are refused. Rows without a number are counted.</summary>
    void RefuseReused(BulkReader reader)
    {
        using var beside = file.Beside();
        foreach (var alike in index.Alike())
        {
            var (first, seen) = (new Dictionary<string, BulkItem>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
            foreach (var row in alike)
            {
                beside.ReadAt(index[row].Offset, index[row].Line);
                if (reader(beside.Record).Value is { Nth: not null, Number: var content })
                {
                    nth[row] = seen[content] = seen.GetValueOrDefault(content) + 1;
                    continue;
                }

                var item = Read(row, beside, reader);
                if (first.TryAdd(item.Number, item)) continue;
                again[row] = item.SaysAs(first[item.Number]);
                if (again[row]) continue;
                left[row] = true;
                Refuse(new Refusal(new Place(file.Name, item.Line), BundleRun.Reused(item.Command, item.Number)));
            }
        }
    }

    async Task<PartyRoots> RootsAsync(IReadOnlyList<string> parties, CancellationToken cancel)
    {
        if (!kind.Enters) return PartyRoots.Stored(await desk.RootsOfAsync(parties, cancel));
        var above = index.Aboves.Values.SelectMany(above => new[] { above.Payer, above.Group }).OfType<string>();
        return PartyRoots.OfEntered(
            index.Parties, index.Aboves, await desk.RootsOfAsync([.. index.Parties.Concat(above).Distinct(StringComparer.Ordinal)], cancel));
    }

    async Task ResolveAsync(CancellationToken cancel)
    {
        generation = desk.Generation;
        roots = await RootsAsync(index.Parties, cancel);
        if (roots.Roots.Count == index.Parties.Count) return;
        for (var row = 0; row < index.Count; row++)
        {
            if (left[row] || roots.Roots.ContainsKey(index.PartyOf(row))) continue;
            left[row] = true;
            Refuse(new Refusal(new Place(file.Name, index[row].Line), kind.Unknown(index.PartyOf(row))));
        }
    }

    /// <summary>Does something with each part: several at once, but those of one root one after the other.</summary>
    async Task EachAsync(IReadOnlyList<FilePart> parts, string phase, Func<FilePart, Worker, Task> doAsync, CancellationToken cancel)
    {
        var done = 0L;
        var heads = Enumerable.Range(0, parts.Count).Where(i => !parts[i].Follows);
        await Parallel.ForEachAsync(heads, new ParallelOptions { MaxDegreeOfParallelism = desk.Writers, CancellationToken = cancel }, async (head, stop) =>
        {
            using var worker = new Worker(file.Beside(), kind.Open(file.Columns).Value!);
            for (var i = head; i < parts.Count && (i == head || parts[i].Follows) && !stopped; i++)
            {
                stop.ThrowIfCancellationRequested();
                await doAsync(parts[i], worker);
                progress?.Report(new ImportProgress(phase, Interlocked.Add(ref done, parts[i].End - parts[i].Start), index.Count));
            }
        });
    }

    async Task RehearseAsync(FilePart part, Worker worker)
    {
        var items = await ThroughMovesAsync(
            part, worker, (bundles, since) => desk.RehearseAsync(bundles, kind.Reads, Kind.Importer, since, worker.Carried, CancellationToken.None));
        lock (gate)
            foreach (var (row, item) in items)
            {
                // The first of them may stand in another part, and none was recorded.
                if (again[row] && item.Problem is null) item.WasThere();
                there[row] = Told(item);
            }
    }

    async Task RecordAsync(FilePart part, Worker worker)
    {
        try
        {
            var unused = !plan.SkipErrors && !Enumerable.Range(part.Start, part.End - part.Start).Any(place => again[index.RowAt(place)]);
            var items = await ThroughMovesAsync(part, worker, (bundles, since) => desk.RecordAsync(bundles, Kind.Importer, since, plan.SkipErrors, unused));
            lock (gate)
            {
                // What the rehearsal could not foresee: somebody else has been at work meanwhile.
                var nothing = !plan.SkipErrors && Array.Exists(items, item => item.Item.Problem is not null);
                stopped |= nothing;
                foreach (var (_, item) in items)
                    if (item.Problem is not null || !nothing) Told(item);
            }
        }
        catch (DbException e)
        {
            throw new FilesStoppedException($"{file.Name}, part {part.Number}: {e.Message} What was recorded stays; run it again to go on from there.");
        }
    }

    /// <summary>Counts what came of a row; true when it had been done before.</summary>
    bool Told(BulkItem item)
    {
        if (item.Problem is { } problem)
        {
            Refuse(new Refusal(new Place(file.Name, item.Line), problem));
            return false;
        }

        if (item.Repeated) repeated++;
        else applied++;
        if (item.Amount is { } amount) sums[amount.Unit] = sums.GetValueOrDefault(amount.Unit) + amount.Value;
        return item.Repeated;
    }

    /// <summary>Does it with the part's bundles; again with other roots where a party has moved since they were looked for.</summary>
    async Task<(int Row, BulkItem Item)[]> ThroughMovesAsync(
        FilePart part, Worker worker, Func<IReadOnlyList<Bundle>, long, Task<PartOutcome>> doAsync)
    {
        var items = Items(part, worker);
        var fresh = Array.FindAll(items, item => !there[item.Row]);
        foreach (var (row, item) in items)
            if (there[row]) item.WasThere();
        var (now, since) = (roots, generation);
        for (var moves = 0; fresh.Length > 0 && await doAsync(Bundles(part, fresh, now), since) == PartOutcome.Moved; moves++)
        {
            if (moves == MostMoves) throw new FilesStoppedException($"{file.Name}, part {part.Number}: its parties move all the time; run it again to go on from there.");
            since = desk.Generation;
            now = await RootsAsync([.. fresh.Select(item => index.PartyOf(item.Row)).Distinct(StringComparer.Ordinal)], CancellationToken.None);
        }

        return items;
    }

    /// <summary>The part's rows in its order, read in that of the file: those of one customer stand all over it.</summary>
    (int Row, BulkItem Item)[] Items(FilePart part, Worker worker)
    {
        var (rows, places) = (new int[part.End - part.Start], new int[part.End - part.Start]);
        for (var i = 0; i < rows.Length; i++) (rows[i], places[i]) = (index.RowAt(part.Start + i), i);
        Array.Sort(rows, places);
        worker.File.Expect(rows.Length, index[rows[^1]].Offset - index[rows[0]].Offset);
        var items = new (int Row, BulkItem Item)[rows.Length];
        for (var i = 0; i < rows.Length; i++) items[places[i]] = (rows[i], Read(rows[i], worker.File, worker.Read));
        return items;
    }

    BulkItem Read(int row, CsvFile beside, BulkReader reader)
    {
        var at = index[row];
        beside.ReadAt(at.Offset, at.Line);
        var told = reader(beside.Record).Value;
        return new BulkItem(told.Nth?.Invoke(nth.GetValueOrDefault(row, 1)) ?? told.Command, at.Line, told.Number, told.Amount);
    }

    List<Bundle> Bundles(FilePart part, (int Row, BulkItem Item)[] items, PartyRoots now)
    {
        var bundles = new List<Bundle>();
        var known = new Dictionary<string, List<Bundled>>(StringComparer.Ordinal);
        foreach (var (row, item) in items)
        {
            var root = now.Roots[index.PartyOf(row)];
            if (!known.TryGetValue(root, out var commands))
            {
                known[root] = commands = [];
                bundles.Add(new Bundle(kind.Verb, root, commands, taken => TakenOver.Of(digest, part.Number, taken)));
            }

            commands.Add(item);
        }

        return bundles;
    }

    void Refuse(Refusal refusal)
    {
        lock (gate)
        {
            refused++;
            if (refusals.Count < MostTold) refusals.Add(refusal);
        }
    }

    Imported Counted() => new(read, applied, repeated, refused, read - applied - repeated - refused, file.Mended, sums, Refusal.Sorted(refusals));

    /// <summary>What the rehearsal counted did not happen.</summary>
    Imported Nothing() => new(read, 0, 0, refused, read - refused, file.Mended, new Dictionary<string, decimal>(), Refusal.Sorted(refusals));

    /// <summary>Reads for one of those who are at work at the same time.</summary>
    sealed record Worker(CsvFile File, BulkReader Read) : IDisposable
    {
        /// <summary>Of the root that a part shares with the one after it, what is known there after a rehearsal.</summary>
        public Dictionary<string, Facts> Carried { get; } = new(StringComparer.Ordinal);

        public void Dispose() => File.Dispose();
    }
}

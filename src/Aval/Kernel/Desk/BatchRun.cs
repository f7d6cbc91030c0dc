using System.Diagnostics;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>One transaction of the Desk: locks, facts, decisions one after the other on evolving facts, and one write.</summary>
sealed class BatchRun(
    Composition composition, Store store, RootDirectory directory, FactsCache cache, EntryFormat format, bool alone, int mostReactions, DateTimeOffset at, ILogger log)
{
    /// <summary>After so many rounds without getting its root a command waits for the lock instead of passing it over.</summary>
    const int MostSkipped = 3;

    readonly Recording recording = new(composition, format, alone, at);
    readonly List<(Pending Pending, Answer Answer)> answers = [];
    long generation;

    RecordedConsequences Follows => field ??= new(composition, recording, mostReactions, log);

    public string Id => recording.Write.Id;
    public bool CommitSent { get; private set; }
    public IReadOnlyList<string> LockedRoots => [.. recording.Roots];

    /// <summary>Commands to be resolved and queued again: another node held their root, or a party has moved.</summary>
    public List<Pending> Again { get; } = [];

    /// <summary>Roots where reactions are left to be done.</summary>
    public IReadOnlyList<string> Unfinished { get; private set; } = [];

    public async Task ExecuteAsync(IReadOnlyList<Pending> batch)
    {
        // A batch that shares the company knows its roots beforehand, and takes them on the way in.
        var wanted = alone ? null : WantedBy(batch);
        var (session, locked) = wanted is null ? (await store.BeginAsync(true, CancellationToken.None), null) : await store.BeginAsync(wanted, CancellationToken.None);
        await using var held = session;
        Telemetry.Step("opened");
        recording.Open(session.Company, await cache.AtAsync(session.Company, session.Reader, CancellationToken.None));
        generation = directory.Generation;
        var ready = locked is null
            ? await LockAsync(session, await ResolvedAsync(session, batch))
            : await OpenAsync(session, Unmoved(batch), wanted!, locked);
        Telemetry.Step("known");
        foreach (var pending in ready)
            if (!NeedsAnotherLook(pending) && StandsElsewhere(pending)) Again.Add(pending);
            else if (!NeedsAnotherLook(pending) || await FoundAgainAsync(session, pending)) await RunAsync(session, pending);
        Unfinished = recording.Finish();
        if (recording.Write.IsEmpty) return;
        Telemetry.Step("decided");
        CommitSent = true;
        var began = Stopwatch.GetTimestamp();
        await session.CommitAsync(recording.Write, CancellationToken.None);
        Telemetry.Committed(began);
        Telemetry.Step("committed");
    }

    /// <summary>Makes the committed facts known on this node and answers everybody.</summary>
    public void Publish()
    {
        foreach (var enrolment in recording.Write.Enrolments.Values)
            if (!recording.Moved.Contains(enrolment.Party)) directory.Remember(enrolment.Party, enrolment.Root, generation);
        directory.Forget(recording.Moved);
        foreach (var claim in recording.Write.Claims)
            if (claim.Party.Length > 0) directory.Remember(claim.Scope, claim.Number, claim.Party);
        foreach (var known in recording.Known()) cache.Keep(known);
        if (Telemetry.Listens) Telemetry.Count(recording.Write, answers, composition);
        foreach (var (pending, answer) in answers) pending.Answered.TrySetResult(answer);
    }

    /// <summary>Answers everybody whose outcome was to be committed with a refusal: nobody can tell whether it was.</summary>
    public void Abandon(Problem problem)
    {
        foreach (var (pending, answer) in answers) pending.Answered.TrySetResult(answer.Problem is null ? problem : answer);
    }

    List<Pending> Unmoved(IReadOnlyList<Pending> batch)
    {
        var ready = new List<Pending>(batch.Count);
        foreach (var pending in batch) (pending.Generation == generation ? ready : Again).Add(pending);
        return ready;
    }

    /// <summary>Under the company's lock alone no party can move: what changes the structure, and what was resolved before a move, is resolved here for good.</summary>
    async Task<List<Pending>> ResolvedAsync(WriteSession session, IReadOnlyList<Pending> batch)
    {
        var ready = new List<Pending>(batch.Count);
        var here = new UncachedDirectory(session.Reader);
        foreach (var pending in batch)
        {
            var unknown = pending.Command.ChangesStructure || pending.Generation != generation ? await ResolveAsync(pending, here) : null;
            if (unknown is not null && !ready.Exists(earlier => earlier.Enters(pending.Command.Subject)))
            {
                answers.Add((pending, unknown));
                continue;
            }

            if (unknown is not null) pending.Roots = [];
            ready.Add(pending);
        }

        return ready;
    }

    async Task<Problem?> ResolveAsync(Pending pending, IDirectory here)
    {
        try
        {
            return await Desk.ResolveAsync(pending, here, CancellationToken.None);
        }
        catch (Exception e) when (!Store.IsOfTheStore(e))
        {
            log.LogError(e, "{Command} failed while its roots were looked for", pending.Command.Name);
            return KernelProblems.Internal.With($"The roots of {pending.Command.Name} could not be found; nothing was changed by it.");
        }
    }

    /// <summary>Once parties have been entered or moved in this very batch, nobody can say without looking whose root is whose.</summary>
    bool NeedsAnotherLook(Pending pending) => alone && (recording.Write.Enrolments.Count > 0 || pending.Roots.Count == 0);

    /// <summary>Looks for the command's roots as the batch has them by now, and opens those that it has not opened yet: who holds the company alone waits for nobody.</summary>
    async Task<bool> FoundAgainAsync(WriteSession session, Pending pending)
    {
        if (await ResolveAsync(pending, new BatchDirectory(session.Reader, recording)) is { } unknown)
        {
            answers.Add((pending, unknown));
            return false;
        }

        if (pending.Roots.Any(root => !recording.Roots.Contains(root))) await LockAsync(session, [pending]);
        return true;
    }

    async Task<List<Pending>> LockAsync(WriteSession session, List<Pending> ready)
    {
        if (ready.Count == 0) return ready;
        var wanted = WantedBy(ready);
        return await OpenAsync(session, ready, wanted, await session.LockAsync(wanted, CancellationToken.None));
    }

    WantedRoots WantedBy(IReadOnlyList<Pending> batch) =>
        BatchNeeds.Of(batch, recording.Roots, skipLocked: !alone && !batch.Any(pending => pending.Rounds >= MostSkipped));

    /// <summary>Takes the facts of what was locked; whose root was passed over goes round once more.</summary>
    async Task<List<Pending>> OpenAsync(WriteSession session, List<Pending> ready, WantedRoots wanted, LockedRoots locked)
    {
        foreach (var claim in locked.Claims) recording.Used(claim);
        var rows = new List<RootRow>(wanted.Roots.Count);
        foreach (var root in wanted.Roots)
            if (!locked.Skipped.Contains(root)) rows.Add(locked.Rows.GetValueOrDefault(root) ?? RootRow.New(root, recording.Company.Through));
        var known = await cache.AtAsync(rows, session.Reader, CancellationToken.None);
        foreach (var row in rows) recording.Open(row, known[row.Root]);
        var open = locked.Skipped.Count == 0 ? ready : ready.FindAll(pending => !pending.Roots.Any(locked.Skipped.Contains));
        Telemetry.Passed(ready.Count - open.Count);
        if (open.Count < ready.Count) Again.AddRange(ready.Where(pending => pending.Roots.Any(locked.Skipped.Contains)));
        return open;
    }

    ClaimRow? Expected(Pending pending) => recording.ClaimOf(pending.Command.Subject.Scope!, pending.Command.Subject.Number);

    /// <summary>The document that was expected has been entered, and belongs to another party than its number said: it is looked for again.</summary>
    bool StandsElsewhere(Pending pending) => pending.Expects && Expected(pending) is { } entered && entered.Root != pending.Primary;

    async Task RunAsync(WriteSession session, Pending pending)
    {
        try
        {
            answers.Add((pending, await RepeatedAsync(session, pending) ?? await DecideAsync(session, pending)));
        }
        catch (Exception e) when (!Store.IsOfTheStore(e))
        {
            log.LogError(e, "{Command} failed in its decision", pending.Command.Name);
            answers.Add((pending, KernelProblems.Internal.With($"The decision of {pending.Command.Name} failed; nothing was changed by it.")));
        }
    }

    async Task<Answer?> RepeatedAsync(WriteSession session, Pending pending)
    {
        foreach (var claim in pending.Claims)
        {
            if (recording.ClaimOf(claim) is not { } used) continue;
            if (!used.ContentHash.AsSpan().SequenceEqual(claim.ContentHash))
                return KernelProblems.KeyReused.With($"{claim.Number} was used before with other content.", ReferenceEquals(claim, pending.Command.Key) ? null : "number");
            return recording.DoneAt(used) is { } here ? here with { Repeated = true } : await StoredAsync(session, used);
        }

        return null;
    }

    async Task<Outcome> StoredAsync(WriteSession session, ClaimRow used)
    {
        var own = format.Read(await EntryAsync(used.Root, used.Sequence), later: true);
        var rows = new List<object>();
        foreach (var (root, sequence) in own.With) rows.AddRange(format.Read(await EntryAsync(root, sequence), later: true).Rows.Select(row => row.Row));
        rows.AddRange(own.RowsFor(used));
        return new Outcome(used.Root, used.Sequence, rows, own.Result, true, null, null, recording.Company);

        async Task<Entry> EntryAsync(string root, long sequence) => await session.Reader.EntryAsync(root, sequence, CancellationToken.None)
            ?? throw new InvalidOperationException($"the journal lacks entry {sequence} of {root}");
    }

    async Task<Answer> DecideAsync(WriteSession session, Pending pending)
    {
        if (pending.Expects && Expected(pending) is null) return Desk.Unknown(pending.Command.Subject);
        foreach (var root in pending.Roots)
            if (root != Facts.Company) recording[root] = Follows.At(root).Advance(recording[root], recording.Company);
        if (pending.Command is RunDue due) return Tend(pending.Primary, due.Afresh);
        var live = recording.FactsOf(pending.Roots);
        var before = pending.Command.Cites.Count == 0 ? live : new Dictionary<string, Facts>(live, StringComparer.Ordinal);
        var brought = await CitedDocuments.BringAsync(recording, session.Reader, pending.Command.Cites, pending.Roots, before);
        var @case = new Case(pending.Primary, pending.Actor, recording.Write.At, recording.Company.Through, before, composition)
        {
            Brought = brought, Closed = await ClosedAsync(session, pending),
        };
        if ((pending.Command.RefuseStale(@case) ?? pending.Command.Decide(@case)) is { } refusal) return refusal;
        if (@case.IsEmpty && !pending.Command.AlwaysLeavesEntry)
            return new Outcome(pending.Primary, before[pending.Primary].Sequence, [], null, false, before[pending.Primary], before[pending.Primary], recording.Company);
        var outcome = recording.Record(pending.Command.Name, @case, before[pending.Primary], pending.Claims);
        foreach (var root in pending.Roots)
            if (root != Facts.Company) Follows.React(root, live[root], @case);
        return outcome;
    }

    /// <summary>Looks at some of what waits at a root; the rest waits on.</summary>
    Outcome Tend(string root, bool afresh)
    {
        if (afresh)
            foreach (var reaction in composition.Reactions)
                foreach (var key in reaction.Concerns(recording[root], recording.Company)) recording.Leave(root, reaction.Rule, key);
        foreach (var (rule, key) in recording.WaitingAt(root).Take(mostReactions))
            if (composition.Reactions.FirstOrDefault(reaction => reaction.Rule == rule) is { } reaction)
                recording[root] = Follows.At(root).Run(reaction, key, recording[root], recording.Company, recording.Company.Through);

        return new Outcome(root, recording[root].Sequence, [], null, false, null, recording[root], recording.Company);
    }

    async Task<IReadOnlyDictionary<string, IReadOnlyList<(Table, object)>>> ClosedAsync(WriteSession session, Pending pending)
    {
        var closed = new Dictionary<string, IReadOnlyList<(Table, object)>>(StringComparer.Ordinal);
        if (!pending.Command.MovesRows([.. pending.Roots.Select(root => recording[root])]) && !pending.Command.LooksAtClosed(recording[pending.Primary])) return closed;
        foreach (var root in pending.Roots)
        {
            var found = recording.ClosedAt(root).ToList();
            foreach (var table in composition.TablesInOrder)
                foreach (var stored in await session.Reader.CurrentAsync(table, root, CancellationToken.None))
                    if (recording[root].Find(table.RowType, table.KeyOf(stored)) is null && !recording.Touched(table, root, table.KeyOf(stored)))
                        found.Add((table, stored));
            closed[root] = found;
        }

        return closed;
    }
}

using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>The one write path: every command that changes anything goes through here (docs/concepts/desk.md).</summary>
public sealed class Desk : IAsyncDisposable
{
    /// <summary>Rounds after which a command is given back: others have held its roots, or moved its party, all the time.</summary>
    const int MostRounds = 200;

    readonly Composition composition;
    readonly Store store;
    readonly TimeProvider clock;
    readonly ILogger<Desk> log;
    readonly DeskSettings settings;
    readonly RootDirectory directory;
    readonly FactsCache cache;
    readonly LoadTurns loads;
    readonly InTime inTime;
    readonly WorkQueue[] queues;
    readonly Task[] workers;

    // One place a worker. A batch that holds the company alone takes all of them, since the database's lock is not between connections of one node only.
    readonly SemaphoreSlim places;
    readonly SemaphoreSlim alone = new(1);
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int admitted;
    int stopping;

    public Desk(Store store, TimeProvider clock, ILogger<Desk> log, DeskSettings? settings = null)
    {
        composition = store.Composition;
        this.store = store;
        this.clock = clock;
        this.log = log;
        this.settings = settings ?? new DeskSettings();
        directory = new RootDirectory(store, this.settings.Patience);
        inTime = new InTime(this.settings.Patience);
        cache = new FactsCache(composition, directory, this.settings.MostFactsBytes);
        loads = new LoadTurns(cache, this.settings.Patience);
        places = new SemaphoreSlim(store.Writers);
        queues = [.. Enumerable.Range(0, store.Writers).Select(_ => new WorkQueue(this.settings.MostWaiting))];
        workers = [.. queues.Select(queue => Task.Run(() => WorkAsync(queue)))];
    }

    public IDirectory Directory => directory;

    /// <summary>Reads the roots of many parties in one go, before as many commands ask for them one by one.</summary>
    public Task LearnRootsAsync(IReadOnlyList<string> parties, CancellationToken cancel) => directory.LearnAsync(parties, cancel);

    /// <summary>Commands that wait, over all queues.</summary>
    public int Depth => queues.Sum(queue => queue.Depth);

    /// <summary>What the facts kept in memory take, in bytes by estimate, and of how many roots.</summary>
    public (long Bytes, int Roots) Kept => (cache.Bytes, cache.Roots);

    /// <summary>Decides and commits a command; the answer comes when it is durable. Refuses with <c>busy</c> when too much waits, or when the Desk stops.</summary>
    /// <param name="low">True for work nobody waits for: due runs, follow-ups.</param>
    /// <param name="cancel">Takes the command back as long as no batch has taken it; after that it is decided and the answer comes.</param>
    public async Task<Answer> SubmitAsync(Command command, Actor actor, bool low = false, CancellationToken cancel = default)
    {
        if (command.Refuse() is { } refusal) return refusal;
        var pending = new Pending(command, actor, low, cancel);
        Interlocked.Increment(ref admitted);
        try
        {
            return await QueueAsync(pending, cancel) is { } problem ? problem : await pending.Answered.Task;
        }
        finally
        {
            Leave(pending);
        }
    }

    /// <summary>As <see cref="SubmitAsync"/>, for a caller who is told in time that nobody knows yet: refuses with <c>store-unavailable</c> after
    /// <see cref="DeskSettings.Patience"/>, and at once while others have waited so long in vain.</summary>
    /// <remarks>That takes nothing back: the command may still be committed, and who asks again with its number or key finds what became of it.</remarks>
    /// <param name="refuseAsync">Why this caller may not, which is part of the wait; null where nothing is to be asked.</param>
    public Task<Answer> SubmitInTimeAsync(Command command, Actor actor, CancellationToken cancel, Func<Task<Problem?>>? refuseAsync = null) => inTime.AnswerAsync(async () =>
        refuseAsync is not null && await refuseAsync() is { } refusal ? refusal : await SubmitAsync(command, actor, cancel: cancel));

    /// <summary>As <see cref="SubmitAsync"/>, but back as soon as the command waits in its root's queue: who awaits this before the next call keeps the order of a root.</summary>
    /// <remarks>A document that a waiting command enters is known to those queued behind it.</remarks>
    /// <returns>The answer to come.</returns>
    public async Task<Task<Answer>> EnqueueAsync(Command command, Actor actor, CancellationToken cancel)
    {
        if (command.Refuse() is { } refusal) return Task.FromResult<Answer>(refusal);
        var pending = new Pending(command, actor, low: false, cancel);
        Interlocked.Increment(ref admitted);
        var queued = false;
        try
        {
            if (await QueueAsync(pending, cancel) is { } problem) return Task.FromResult<Answer>(problem);
            queued = true;
            return AnsweredAsync(pending);
        }
        finally
        {
            if (!queued) Leave(pending);
        }
    }

    /// <summary>The facts of a party's root at this moment, brought to the business date, and the company's; null when the party is unknown. Locks and changes nothing.</summary>
    /// <param name="unrecorded">Told each row that the date brings and that is not written yet, in order; the last of a document counts.</param>
    public async Task<(Facts Root, Facts Company)?> ViewAsync(string party, CancellationToken cancel, Action<object>? unrecorded = null)
    {
        while (true)
        {
            var generation = directory.Generation;
            if (await directory.RootOfAsync(party, cancel) is not { } root) return null;
            var view = await ViewRootAsync(root, cancel, unrecorded);
            // The snapshot tells of a move that the directory had not seen.
            if (directory.Generation == generation) return view;
        }
    }

    /// <summary>As <see cref="ViewAsync"/>, for a root.</summary>
    public async Task<(Facts Root, Facts Company)> ViewRootAsync(string root, CancellationToken cancel, Action<object>? unrecorded = null)
    {
        using var turn = await loads.TakeAsync(root, cancel);
        await using var reader = await store.SnapshotInTimeAsync(cancel);
        return await ViewRootAsync(reader, root, cancel, unrecorded);
    }

    async Task<(Facts Root, Facts Company)> ViewRootAsync(StoreReader reader, string root, CancellationToken cancel, Action<object>? unrecorded = null)
    {
        var company = await cache.AtAsync(await reader.RootAsync(Facts.Company, cancel) ?? RootRow.New(Facts.Company, DateOnly.MinValue), reader, cancel);
        if (company.Sequence > 0) cache.Keep(company);
        if (root == Facts.Company) return (company, company);
        var facts = await cache.AtAsync(await reader.RootAsync(root, cancel) ?? RootRow.New(root, company.Through), reader, cancel);
        if (facts.Sequence > 0) cache.Keep(facts);
        return (Consequences.Unwritten(composition, clock.GetUtcNow(), unrecorded).Advance(facts, company), company);
    }

    /// <summary>Decides a command on a snapshot and throws it away: what would happen, with nothing locked, written or journaled.</summary>
    public async Task<Answer> TryAsync(Command command, Actor actor, CancellationToken cancel)
    {
        if (command.Refuse() is { } refusal) return refusal;
        var pending = new Pending(command, actor, low: false, cancel);
        Facts facts, company;
        do
        {
            if (await ResolveAsync(pending, directory, cancel) is { } unknown) return unknown;
            using var turn = await loads.TakeAsync(pending.Primary, cancel);
            await using var reader = await store.SnapshotInTimeAsync(cancel);
            (facts, company) = await ViewRootAsync(reader, pending.Primary, cancel);
            foreach (var cite in command.Cites)
                if (facts.Find(cite.Row, cite.Key) is null && await reader.FindAsync(cite.Table, facts.Root, cite.Key, cancel) is { } row) facts = facts.With(row);
        }
        while (directory.Generation != pending.Generation); // The snapshot tells of a move that the directory had not seen.

        var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [Facts.Company] = company, [facts.Root] = facts };
        var @case = new Case(facts.Root, actor, clock.GetUtcNow(), company.Through, known, composition);
        if (command.Decide(@case) is { } refused) return refused;
        return new Outcome(
            facts.Root, facts.Sequence, [.. @case.Changes.Select(change => change.Row)], @case.Result, false, facts, @case.Facts, company);
    }

    /// <summary>The facts of what no root owns: policy, rates, keys, the business date in <see cref="Facts.Through"/>.</summary>
    public async Task<Facts> CompanyAsync(CancellationToken cancel) => (await ViewRootAsync(Facts.Company, cancel)).Company;

    /// <summary>Admits nothing more, answers everybody who was admitted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref stopping, 1);
        if (Volatile.Read(ref admitted) > 0) await drained.Task;
        foreach (var queue in queues) queue.Close();
        await Task.WhenAll(workers);
        foreach (var queue in queues) queue.Dispose();
        directory.Dispose();
        places.Dispose();
        alone.Dispose();
    }

    /// <summary>Puts the command into its root's queue; or says why it cannot stand there.</summary>
    async ValueTask<Problem?> QueueAsync(Pending pending, CancellationToken cancel)
    {
        try
        {
            if (Volatile.Read(ref stopping) != 0) return KernelProblems.Busy.With("Aval is stopping; nothing was changed.");
            if (await ResolveAsync(pending, directory, cancel) is { } unknown) return unknown;
            pending.Announced = directory.Expect(pending.Claims);
            return QueueOf(pending).TryAdd(pending) ? null : KernelProblems.Busy.With($"{Depth} commands are waiting; nothing was changed.");
        }
        catch (Exception e) when (Store.IsOfTheStore(e))
        {
            log.LogError(Store.Trace(e), "The store did not answer while {Command} was resolved: {Reason}", pending.Command.Name, e.Message);
            return KernelProblems.StoreUnavailable.With("The database did not answer; nothing was changed.");
        }
    }

    async Task<Answer> AnsweredAsync(Pending pending)
    {
        try
        {
            return await pending.Answered.Task;
        }
        finally
        {
            Leave(pending);
        }
    }

    void Leave(Pending pending)
    {
        directory.Unexpect(pending.Announced);
        if (Interlocked.Decrement(ref admitted) == 0 && Volatile.Read(ref stopping) != 0) drained.TrySetResult();
    }

    /// <summary>Finds the command's roots without a lock. The generation is read first, so that a move seen meanwhile makes it look again.</summary>
    internal static async Task<Problem?> ResolveAsync(Pending pending, IDirectory directory, CancellationToken cancel)
    {
        var subject = pending.Command.Subject;
        if (directory is RootDirectory cached)
        {
            pending.Generation = cached.Generation;
            pending.Expects = subject.Scope is not null && cached.IsExpected(subject.Scope, subject.Number);
        }

        var party = subject.Scope is null ? subject.Number : await directory.PartyOfAsync(subject.Scope, subject.Number, cancel);
        var root = party is null ? null : await directory.RootOfAsync(party, cancel);
        if (root is null && subject.Unknown is not null) return Unknown(subject);
        pending.Primary = root ?? subject.Number;
        var others = await pending.Command.OtherRootsAsync(directory, cancel);
        pending.Roots = others.Count == 0 ? [pending.Primary] : [.. others.Append(pending.Primary).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return null;
    }

    internal static Problem Unknown(Subject subject) =>
        subject.Unknown!.With($"{subject.Scope ?? "customer"} {subject.Number} is not known.", subject.Scope ?? "customer");

    /// <summary>What holds the company alone runs beside nothing: it waits in one queue, and keeps its order.</summary>
    WorkQueue QueueOf(Pending pending) => queues[pending.Command.ChangesStructure ? 0 : (Lane.Of(pending.Primary) & 0x7fff) % queues.Length];

    async Task WorkAsync(WorkQueue queue)
    {
        var format = new EntryFormat(composition);
        while (await queue.TakeAsync(settings.MostInBatch) is { } taken)
        {
            var batch = new List<Pending>(taken.Count);
            foreach (var pending in taken)
                if (pending.Cancel.IsCancellationRequested) pending.Answered.TrySetCanceled(pending.Cancel);
                else batch.Add(pending);
            if (batch.Count > 0) await RunAsync(batch, format);
        }
    }

    async Task RunAsync(List<Pending> batch, EntryFormat format)
    {
        var structure = batch.Exists(pending => pending.Command.ChangesStructure);
        if (structure) await alone.WaitAsync();
        for (var taken = 0; taken < (structure ? queues.Length : 1); taken++) await places.WaitAsync();
        inTime.Begin();
        try
        {
            BatchRun Run() => new(composition, store, directory, cache, format, structure, settings.MostReactions, clock.GetUtcNow(), log);
            await new BatchAttempt(store, clock, log, Run, FollowAsync).RunAsync(batch);
        }
        catch (Exception e)
        {
            log.LogCritical(e, "A batch of {Count} failed outside its decisions", batch.Count);
            foreach (var pending in batch) pending.Answered.TrySetResult(KernelProblems.Internal.With("The batch failed; ask again with the same number to learn the outcome."));
        }
        finally
        {
            inTime.End();
            places.Release(structure ? queues.Length : 1);
            if (structure) alone.Release();
        }
    }

    async Task FollowAsync(BatchRun run)
    {
        foreach (var pending in run.Again) await RequeueAsync(pending);
        foreach (var root in run.Unfinished) _ = SubmitAsync(new RunDue(root), Actor.Rule("due"), low: true);
    }

    /// <summary>Never throws: whoever cannot be queued again is answered.</summary>
    async Task RequeueAsync(Pending pending)
    {
        try
        {
            if (pending.Cancel.IsCancellationRequested) pending.Answered.TrySetCanceled(pending.Cancel);
            else if (pending.Rounds++ >= MostRounds)
                pending.Answered.TrySetResult(KernelProblems.Busy.With("Others hold this customer's records for too long; nothing was changed."));
            else if (await ResolveAsync(pending, directory, CancellationToken.None) is { } unknown) pending.Answered.TrySetResult(unknown);
            else QueueOf(pending).Return(pending);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Command} could not be queued again", pending.Command.Name);
            pending.Answered.TrySetResult(KernelProblems.StoreUnavailable.With("The database did not answer; nothing was changed."));
        }
    }
}

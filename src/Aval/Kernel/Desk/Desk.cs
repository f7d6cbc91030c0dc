using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>How the Desk is set up. The defaults suit one machine of two to sixteen cores.</summary>
/// <param name="MostInBatch">Commands taken together; larger batches hold locks longer than they save commits.</param>
/// <param name="MostWaiting">Commands that may wait in one worker's queue; the next one is refused with <c>busy</c>.</param>
/// <param name="MostRoots">Roots whose facts are kept in memory.</param>
public sealed record DeskSettings(int MostInBatch = 256, int MostWaiting = 10_000, int MostRoots = 200_000);

/// <summary>The one write path: every command that changes anything goes through here (docs/concepts/desk.md).</summary>
public sealed class Desk : IAsyncDisposable
{
    readonly Composition composition;
    readonly Store store;
    readonly TimeProvider clock;
    readonly ILogger<Desk> log;
    readonly DeskSettings settings;
    readonly RootDirectory directory;
    readonly FactsCache cache;
    readonly WorkQueue[] queues;
    readonly Task[] workers;

    // One place a worker. A batch that needs the company's row alone takes all of them, since the database would let those who share it pass for ever.
    readonly SemaphoreSlim places;
    readonly SemaphoreSlim alone = new(1);

    public Desk(Store store, TimeProvider clock, ILogger<Desk> log, DeskSettings? settings = null)
    {
        composition = store.Composition;
        this.store = store;
        this.clock = clock;
        this.log = log;
        this.settings = settings ?? new DeskSettings();
        directory = new RootDirectory(store);
        cache = new FactsCache(composition, this.settings.MostRoots);
        places = new SemaphoreSlim(store.Writers);
        queues = [.. Enumerable.Range(0, store.Writers).Select(_ => new WorkQueue(this.settings.MostWaiting))];
        workers = [.. queues.Select(queue => Task.Run(() => WorkAsync(queue)))];
    }

    public IDirectory Directory => directory;

    /// <summary>Commands that wait, over all queues.</summary>
    public int Depth => queues.Sum(queue => queue.Depth);

    /// <summary>Decides and commits a command; the answer comes when it is durable. Refuses with <c>busy</c> when too much waits.</summary>
    /// <param name="low">True for work nobody waits for: due runs, follow-ups.</param>
    public async Task<Answer> SubmitAsync(Command command, Actor actor, bool low = false, CancellationToken cancel = default)
    {
        if (command.Refuse() is { } refusal) return refusal;
        var pending = new Pending(command, actor, cancel);
        try
        {
            if (await ResolveAsync(pending, directory) is { } unknown) return unknown;
        }
        catch (System.Data.Common.DbException e)
        {
            log.LogError(e, "The store did not answer while {Command} was resolved", command.Name);
            return KernelProblems.StoreUnavailable.With("The database did not answer; nothing was changed.");
        }

        if (!QueueOf(pending).TryAdd(pending, low)) return KernelProblems.Busy.With($"{Depth} commands are waiting; nothing was changed.");
        return await pending.Answered.Task;
    }

    /// <summary>The facts of a party's root at this moment, brought to the business date, and the company's; null when the party is unknown. Locks and changes nothing.</summary>
    public async Task<(Facts Root, Facts Company)?> ViewAsync(string party, CancellationToken cancel) =>
        await directory.RootOfAsync(party, cancel) is { } root ? await ViewRootAsync(root, cancel) : null;

    /// <summary>As <see cref="ViewAsync"/>, for a root.</summary>
    public async Task<(Facts Root, Facts Company)> ViewRootAsync(string root, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (company, moved) = await cache.AtAsync(await reader.RootAsync(Facts.Company, cancel) ?? RootRow.New(Facts.Company, DateOnly.MinValue), reader, cancel);
        if (moved) directory.ForgetRoots();
        cache.Keep(company);
        if (root == Facts.Company) return (company, company);
        var row = await reader.RootAsync(root, cancel) ?? RootRow.New(root, company.Through);
        var (facts, _) = await cache.AtAsync(row, reader, cancel);
        if (row.Sequence > 0) cache.Keep(facts);
        return (DueRun.Advance(composition, facts, company, company.Through, clock.GetUtcNow(), done: null), company);
    }

    /// <summary>Decides a command on a snapshot and throws it away: what would happen, with nothing locked, written or journaled.</summary>
    public async Task<Answer> TryAsync(Command command, Actor actor, CancellationToken cancel)
    {
        if (command.Refuse() is { } refusal) return refusal;
        var pending = new Pending(command, actor, cancel);
        if (await ResolveAsync(pending, directory) is { } unknown) return unknown;
        var (facts, company) = await ViewRootAsync(pending.Primary, cancel);
        await using (var reader = await store.SnapshotAsync(cancel))
            foreach (var cite in command.Cites)
                if (facts.Find(cite.Row, cite.Key) is null && await reader.FindAsync(cite.Table, facts.Root, cite.Key, cancel) is { } row) facts = facts.With(row);
        var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [Facts.Company] = company, [facts.Root] = facts };
        var @case = new Case(facts.Root, actor, clock.GetUtcNow(), company.Through, known, composition);
        if (command.Decide(@case) is { } refused) return refused;
        return new Outcome(
            facts.Root, facts.Sequence, [.. @case.Changes.Select(change => change.Row)], @case.Result, false, facts, @case.Facts, company);
    }

    /// <summary>The facts of what no root owns: policy, rates, keys, the business date in <see cref="Facts.Through"/>.</summary>
    public async Task<Facts> CompanyAsync(CancellationToken cancel) => (await ViewRootAsync(Facts.Company, cancel)).Company;

    /// <summary>Finishes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues) queue.Close();
        await Task.WhenAll(workers);
        places.Dispose();
        alone.Dispose();
    }

    /// <summary>Finds the command's roots without a lock; they are looked at again under it.</summary>
    internal static async Task<Problem?> ResolveAsync(Pending pending, IDirectory directory)
    {
        var subject = pending.Command.Subject;
        var party = subject.Scope is null ? subject.Number : await directory.PartyOfAsync(subject.Scope, subject.Number, pending.Cancel);
        var root = party is null ? null : await directory.RootOfAsync(party, pending.Cancel);
        if (root is null && subject.Unknown is not null)
            return subject.Unknown.With($"{subject.Scope ?? "customer"} {subject.Number} is not known.", subject.Scope ?? "customer");
        pending.Primary = root ?? subject.Number;
        var others = await pending.Command.OtherRootsAsync(directory, pending.Cancel);
        pending.Roots = [.. others.Append(pending.Primary).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return null;
    }

    WorkQueue QueueOf(Pending pending) => queues[(Lane.Of(pending.Primary) & 0x7fff) % queues.Length];

    async Task WorkAsync(WorkQueue queue)
    {
        var format = new Journal.EntryFormat(composition);
        while (await queue.TakeAsync(settings.MostInBatch) is { } taken)
        {
            var batch = new List<Pending>(taken.Count);
            foreach (var pending in taken)
                if (pending.Cancel.IsCancellationRequested) pending.Answered.TrySetCanceled(pending.Cancel);
                else batch.Add(pending);
            if (batch.Count > 0) await RunAsync(batch, queue, format);
        }
    }

    async Task RunAsync(List<Pending> batch, WorkQueue queue, Journal.EntryFormat format)
    {
        var structure = batch.Exists(pending => pending.Command.ChangesStructure);
        if (structure) await alone.WaitAsync();
        for (var taken = 0; taken < (structure ? queues.Length : 1); taken++) await places.WaitAsync();
        var run = new BatchRun(composition, store, directory, cache, format, clock.GetUtcNow(), log);
        try
        {
            await run.ExecuteAsync(batch, structure);
            await FollowAsync(run);
        }
        catch (Exception e) when (IsOfTheStore(e))
        {
            await RecoverAsync(batch, run, format, e);
        }
        catch (Exception e)
        {
            log.LogCritical(e, "A batch of {Count} failed outside its decisions", batch.Count);
            foreach (var pending in batch) pending.Answered.TrySetResult(KernelProblems.Internal.With("The batch failed; nothing was changed."));
        }
        finally
        {
            places.Release(structure ? queues.Length : 1);
            if (structure) alone.Release();
        }
    }

    /// <summary>After a failed transaction: what was committed is answered, what was not is tried one by one, so that one command never fails its neighbours.</summary>
    async Task RecoverAsync(List<Pending> batch, BatchRun run, Journal.EntryFormat format, Exception failure)
    {
        log.LogWarning(failure, "A batch of {Count} failed in its transaction", batch.Count);
        if (await SettledAsync(run)) return;
        foreach (var pending in batch)
        {
            if (pending.Answered.Task.IsCompleted) continue;
            var single = new BatchRun(composition, store, directory, cache, format, clock.GetUtcNow(), log);
            try
            {
                await single.ExecuteAsync([pending], pending.Command.ChangesStructure);
                await FollowAsync(single);
            }
            catch (Exception e) when (IsOfTheStore(e))
            {
                log.LogError(e, "{Command} failed alone in its transaction", pending.Command.Name);
                if (await SettledAsync(single)) continue;
                pending.Answered.TrySetResult(KernelProblems.StoreUnavailable.With("The database did not store this; try again with the same number."));
            }
        }
    }

    /// <summary>True when the failed batch needs nothing more: it was committed after all, or nobody can tell, and the callers have been told so.</summary>
    async Task<bool> SettledAsync(BatchRun run)
    {
        run.ForgetFacts();
        if (!run.CommitSent) return false;
        switch (await OutcomeAsync(run))
        {
            case true:
                run.Publish();
                await FollowAsync(run);
                return true;
            case false:
                return false;
            case null:
                run.Abandon(KernelProblems.StoreUnavailable.With("The connection broke while this was stored; ask again with the same number to learn the outcome."));
                return true;
        }
    }

    async Task FollowAsync(BatchRun run)
    {
        foreach (var pending in run.Again) await RequeueAsync(pending);
        foreach (var (command, actor) in run.FollowUps) _ = SubmitAsync(command, actor, low: true);
    }

    static bool IsOfTheStore(Exception e) => e is System.Data.Common.DbException or IOException or TimeoutException or InvalidOperationException;

    /// <summary>Whether the batch was committed; null when the database cannot be asked within about ten seconds.</summary>
    async Task<bool?> OutcomeAsync(BatchRun run)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                return await store.WasCommittedAsync(run.Id, run.LockedRoots, CancellationToken.None);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException)
            {
                log.LogWarning(e, "The outcome of batch {Batch} could not be read yet", run.Id);
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock);
            }
        }

        return null;
    }

    async Task RequeueAsync(Pending pending)
    {
        if (pending.Rounds++ > 1000)
        {
            pending.Answered.TrySetResult(KernelProblems.Busy.With("Another node holds this customer's records for too long; nothing was changed."));
            return;
        }

        if (await ResolveAsync(pending, directory) is { } unknown) pending.Answered.TrySetResult(unknown);
        else QueueOf(pending).Return(pending);
    }
}

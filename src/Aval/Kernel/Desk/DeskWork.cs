using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>The queues of a Desk and those who work on them: for each queue one that takes what waits, and one that waits for the roots which another node held.</summary>
sealed class DeskWork : IAsyncDisposable
{
    /// <summary>Rounds after which a command is given back: others have moved its party all the time.</summary>
    const int MostRounds = 200;

    /// <summary>So often a root is waited for, each time as long as the database lets one wait.</summary>
    const int MostWaits = 2;

    readonly Store store;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly DeskSettings settings;
    readonly RootDirectory directory;
    readonly FactsCache cache;
    readonly Action<string> due;
    readonly WorkQueue[] queues;
    readonly Task[] workers;

    // One place a worker. A batch that holds the company alone takes all of them, since the database's lock is not between connections of one node only.
    readonly int placesInAll;
    readonly SemaphoreSlim places;
    readonly SemaphoreSlim alone = new(1);

    /// <param name="due">Told the roots where more is to be done at once.</param>
    public DeskWork(Store store, TimeProvider clock, ILogger log, DeskSettings settings, RootDirectory directory, FactsCache cache, Action<string> due)
    {
        (this.store, this.clock, this.log, this.settings, this.directory, this.cache, this.due) = (store, clock, log, settings, directory, cache, due);
        queues = [.. Enumerable.Range(0, store.Writers).Select(_ => new WorkQueue(settings.MostWaiting))];
        placesInAll = 2 * queues.Length;
        places = new SemaphoreSlim(placesInAll);
        workers = [.. queues.SelectMany(queue => new[] { Task.Run(() => WorkAsync(queue)), Task.Run(() => WaitAsync(queue)) })];
    }

    /// <summary>Commands that wait, over all queues.</summary>
    public int Depth => queues.Sum(queue => queue.Depth);

    /// <summary>Puts a resolved command into the queue of its root. False when that is full.</summary>
    public bool TryAdd(Pending pending) => QueueOf(pending).TryAdd(pending);

    /// <summary>Ends once nothing waits. Whoever calls it has seen to it that nothing is added any more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues) queue.Close();
        await Task.WhenAll(workers);
        foreach (var queue in queues) queue.Dispose();
        places.Dispose();
        alone.Dispose();
    }

    /// <summary>What holds the company alone runs beside nothing: it waits in one queue, and keeps its order.</summary>
    WorkQueue QueueOf(Pending pending) => queues[pending.Command.ChangesStructure ? 0 : (Lane.Of(pending.Primary) & 0x7fff) % queues.Length];

    async Task WorkAsync(WorkQueue queue)
    {
        var format = new EntryFormat(store.Composition);
        while (await queue.TakeAsync(settings.MostInBatch) is { } taken)
            if (Wanted(taken) is { Count: > 0 } batch) await RunAsync(batch, format, waits: false);
    }

    async Task WaitAsync(WorkQueue queue)
    {
        var format = new EntryFormat(store.Composition);
        while (await queue.NextHeldAsync() is { } turn)
        {
            var others = false;
            if (turn.Crosses is not { } crosses) others = await RunHeldAsync(queue, turn.Root, format);
            else if (Wanted([crosses]) is { Count: > 0 } batch) await RunAsync(batch, format, waits: true);
            queue.EndTurn(turn.Root, others);
        }
    }

    /// <summary>Without those that were taken back.</summary>
    static List<Pending> Wanted(List<Pending> taken)
    {
        var batch = new List<Pending>(taken.Count);
        foreach (var pending in taken)
            if (pending.Cancel.IsCancellationRequested) pending.Answered.TrySetCanceled(pending.Cancel);
            else batch.Add(pending);
        return batch;
    }

    Task RunAsync(List<Pending> batch, EntryFormat format, bool waits) =>
        AttemptAsync(batch, format, batch.Exists(pending => pending.Command.ChangesStructure), run => run.ExecuteAsync(batch, waits));

    /// <summary>Waits for a root and decides what has queued for it. When it cannot be had what waits is tried one by one, and given back the second time.</summary>
    /// <returns>True when others write the root too.</returns>
    async Task<bool> RunHeldAsync(WorkQueue queue, string root, EntryFormat format)
    {
        var (batch, others, had) = (new List<Pending>(), false, false);
        await AttemptAsync(batch, format, structure: false, async run =>
        {
            try
            {
                others = await run.ExecuteHeldAsync(root, Take);
            }
            catch when (!had)
            {
                foreach (var pending in Take())
                    if (++pending.WaitedInVain >= MostWaits)
                        pending.Answered.TrySetResult(KernelProblems.Busy.With("Others hold this customer's records for too long; nothing was changed."));
                throw;
            }
        });
        return others;

        IReadOnlyList<Pending> Take()
        {
            had = true;
            batch.AddRange(Wanted(queue.TakeHeld(root, settings.MostInBatch)));
            return batch;
        }
    }

    async Task AttemptAsync(List<Pending> batch, EntryFormat format, bool structure, Func<BatchRun, Task> execute)
    {
        if (structure) await alone.WaitAsync();
        for (var taken = 0; taken < (structure ? placesInAll : 1); taken++) await places.WaitAsync();
        try
        {
            BatchRun Run() => new(store.Composition, store, directory, cache, format, structure, settings.MostReactions, clock.GetUtcNow(), log);
            await new BatchAttempt(store, log, Run, FollowAsync).RunAsync(batch, execute);
        }
        catch (Exception e)
        {
            log.LogCritical(e, "A batch of {Count} failed outside its decisions", batch.Count);
            foreach (var pending in batch) pending.Answered.TrySetResult(KernelProblems.Internal.With("The batch failed; ask again with the same number to learn the outcome."));
        }
        finally
        {
            places.Release(structure ? placesInAll : 1);
            if (structure) alone.Release();
        }
    }

    async Task FollowAsync(BatchRun run)
    {
        foreach (var queue in run.Passed.GroupBy(QueueOf)) queue.Key.Hold([.. queue]);
        foreach (var pending in run.Again) await RequeueAsync(pending);
        foreach (var root in run.Unfinished) due(root);
    }

    /// <summary>Never throws: whoever cannot be queued again is answered.</summary>
    async Task RequeueAsync(Pending pending)
    {
        try
        {
            if (pending.Cancel.IsCancellationRequested) pending.Answered.TrySetCanceled(pending.Cancel);
            else if (pending.Rounds++ >= MostRounds)
                pending.Answered.TrySetResult(KernelProblems.Busy.With("Others move this customer's records all the time; nothing was changed."));
            else if (await Desk.ResolveAsync(pending, directory, CancellationToken.None) is { } unknown) pending.Answered.TrySetResult(unknown);
            else QueueOf(pending).Return(pending);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Command} could not be queued again", pending.Command.Name);
            pending.Answered.TrySetResult(KernelProblems.StoreUnavailable.With("The database did not answer; nothing was changed."));
        }
    }
}

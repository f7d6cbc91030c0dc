using System.Diagnostics;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>
/// Sees a batch through whatever breaks: what was committed is answered, what was not is tried one by one, so that one command never fails
/// its neighbours, and nothing is assumed about a commit whose connection broke.
/// </summary>
sealed class BatchAttempt(Store store, TimeProvider clock, ILogger log, Func<BatchRun> newRun, Func<BatchRun, Task> followAsync)
{
    /// <summary>Tries of a single command that lost a race for its number or its new root against another batch.</summary>
    const int MostTries = 5;

    /// <summary>Commands that could not even begin before the rest of the batch is told that the store is unavailable.</summary>
    const int MostUnreachable = 2;

    static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(10);
    static readonly TimeSpan BetweenLookups = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(List<Pending> batch)
    {
        if (await TryAsync(batch) is not { } failure) return;
        log.LogWarning(Store.Trace(failure), "A batch of {Count} failed in its transaction: {Reason}", batch.Count, failure.Message);
        var unreachable = 0;
        foreach (var pending in batch)
        {
            if (pending.Answered.Task.IsCompleted) continue;
            if (unreachable >= MostUnreachable) pending.Answered.TrySetResult(Unavailable);
            else if (!await AloneAsync(pending)) unreachable++;
        }
    }

    static Problem Unavailable => KernelProblems.StoreUnavailable.With("The database did not store this; try again with the same number.");

    /// <summary>False when the store was not to be reached.</summary>
    async Task<bool> AloneAsync(Pending pending)
    {
        Exception? failure = null;
        for (var tries = 0; tries < MostTries; tries++)
        {
            failure = await TryAsync([pending]);
            if (failure is null) return true;
            if (!store.LostRace(failure)) break;
        }

        var defect = store.Refused(failure!) || !Store.IsOfTheStore(failure!);
        log.LogError(Store.Trace(failure!), "{Command} failed alone in its transaction: {Reason}", pending.Command.Name, failure!.Message);
        pending.Answered.TrySetResult(
            defect ? KernelProblems.Internal.With($"{pending.Command.Name} could not be stored; nothing was changed by it.") : Unavailable);
        return defect;
    }

    /// <summary>Null when everybody has been answered or queued again; else why nothing was committed.</summary>
    async Task<Exception?> TryAsync(List<Pending> batch)
    {
        using var span = Telemetry.SpanOf(batch);
        var (began, begin) = (Stopwatch.GetTimestamp(), BatchBegin.Now(clock));
        var run = newRun();
        try
        {
            await run.ExecuteAsync(batch);
            Telemetry.Batch(batch.Count, began);
        }
        catch (Exception e)
        {
            var committed = !run.CommitSent ? false : await CommittedAsync(run, begin);
            span?.SetStatus(ActivityStatusCode.Error);
            if (committed == false) return e;
            if (committed is null)
            {
                run.Abandon(KernelProblems.StoreUnavailable.With("The connection broke while this was stored; ask again with the same number to learn the outcome."));
                await followAsync(run);
                return null;
            }
        }

        run.Publish();
        await followAsync(run);
        return null;
    }

    /// <summary>Whether the batch was committed; null when the database cannot be asked in time, or cannot know any more.</summary>
    async Task<bool?> CommittedAsync(BatchRun run, BatchBegin begin)
    {
        using var limit = new CancellationTokenSource(LongestLookup);
        while (true)
        {
            try
            {
                var found = await store.WasCommittedAsync(run.Id, run.LockedRoots, limit.Token);
                return found || !begin.IsLongAgo(clock) ? found : null;
            }
            catch (Exception e) when (Store.IsOfTheStore(e) || e is OperationCanceledException)
            {
                log.LogWarning(Store.Trace(e), "The outcome of batch {Batch} could not be read yet: {Reason}", run.Id, e.Message);
            }

            try
            {
                await Task.Delay(BetweenLookups, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }
}

using System.Collections.Concurrent;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Company;

/// <summary>Runs what is due everywhere, as work that lets others pass.</summary>
public sealed class DueRoots(Desk desk, Store store, TimeProvider clock, ScheduledWork work, ILogger<DueRoots> log)
{
    /// <summary>Roots in work at once: enough to fill the Desk's batches, few beside its queue.</summary>
    const int AtOnce = 256;

    /// <summary>Roots read at a time: of a million that are due on one day nobody holds the names.</summary>
    internal int RootsAtOnce { get; init; } = 10_000;

    /// <summary>Brings every root with something due on or before the date to the business date, and every root at all where a policy has brought dates nearer.</summary>
    /// <remarks>Interrupted, it begins again: a root that is there is not due any more, and how far the policy was followed is kept.</remarks>
    /// <param name="goesOnAsync">Asked between pages: false ends it there. Null where only the token does.</param>
    /// <returns>How many roots had something due, or might have, and were brought there.</returns>
    public async Task<int> RunAsync(DateOnly today, CancellationToken cancel, Func<Task<bool>>? goesOnAsync = null)
    {
        var (run, ended) = (0, false);
        if (await NearerAsync(cancel) is { } nearer)
        {
            (run, ended) = await WalkAsync(date: null, nearer.After, async (roots, failed) =>
            {
                // Whoever could not be looked at is due, and is tried again with those that are.
                await store.LookOnAsync(failed, today, cancel);
                await store.FollowedAsync(nearer, roots[^1], cancel);
            }, goesOnAsync, cancel);
            if (!ended) await store.FollowedAsync(nearer, after: null, cancel);
        }

        return ended ? run : run + (await WalkAsync(today, after: null, (_, _) => Task.CompletedTask, goesOnAsync, cancel)).Run;
    }

    /// <summary>All roots with a date on or before this one, a page at a time; null for all there are.</summary>
    /// <param name="doneAsync">Told each page, and which of its roots could not do it.</param>
    /// <returns>How many could do it, and whether it was ended before it had come to all.</returns>
    async Task<(int Run, bool Ended)> WalkAsync(
        DateOnly? date, string? after, Func<IReadOnlyList<string>, IReadOnlyList<string>, Task> doneAsync, Func<Task<bool>>? goesOnAsync, CancellationToken cancel)
    {
        var run = 0;
        ScheduledWork.Step? step = null;
        try
        {
            for (var last = after; await NextAsync(date, last, cancel) is { Count: > 0 } roots; last = roots[^1])
            {
                if (step is not null && goesOnAsync is not null && !await goesOnAsync()) return (run, Ended: true);
                step ??= work.Begin("due", await CountAsync(date, cancel));
                var failed = await SubmitAsync(roots, afresh: false, step, cancel);
                await doneAsync(roots, failed);
                run += roots.Count - failed.Count;
            }
        }
        finally
        {
            step?.Dispose();
        }

        return (run, Ended: false);
    }

    async Task<DatesNearer?> NearerAsync(CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.DatesNearerAsync(cancel);
    }

    async Task<IReadOnlyList<string>> NextAsync(DateOnly? today, string? after, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.DueRootsAsync(today, cancel, after, RootsAtOnce);
    }

    async Task<long> CountAsync(DateOnly? today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.CountDueAsync(today, cancel);
    }

    /// <summary>Has what a new policy or rate may concern looked at again at these roots.</summary>
    /// <returns>How many of them could do it.</returns>
    public async Task<int> LookAfreshAsync(IReadOnlyList<string> roots, ScheduledWork.Step step, CancellationToken cancel) =>
        roots.Count - (await SubmitAsync(roots, afresh: true, step, cancel)).Count;

    /// <returns>Those that could not do it.</returns>
    async Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<string> roots, bool afresh, ScheduledWork.Step step, CancellationToken cancel)
    {
        var failed = new ConcurrentBag<string>();
        await desk.LearnRootsAsync(roots, cancel);
        await Parallel.ForEachAsync(roots, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (root, token) =>
        {
            if (!await SubmitAsync(new RunDue(root, afresh), token)) failed.Add(root);
            step.Advance();
        });
        return [.. failed];
    }

    async Task<bool> SubmitAsync(RunDue work, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var answer = await desk.SubmitAsync(work, Actor.Rule("due"), low: true, cancel);
            if (answer.Problem is null) return true;
            if (answer.Problem.Kind != KernelProblems.Busy)
            {
                // Nothing is lost: the root runs what is due before its next decision, and at the next round.
                log.LogWarning("What is due at {Root} could not be run: {Problem}", work.Root, answer.Problem);
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancel);
        }

        return false;
    }
}

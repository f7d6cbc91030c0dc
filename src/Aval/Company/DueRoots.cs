using Aval.Kernel;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Company;

/// <summary>Runs what is due everywhere, as work that lets others pass.</summary>
public sealed class DueRoots(Desk desk, Store store, TimeProvider clock, ILogger<DueRoots> log)
{
    /// <summary>Roots in work at once: enough to fill the Desk's batches, few beside its queue.</summary>
    const int AtOnce = 256;

    /// <summary>Brings every root with something due on or before the date to the business date.</summary>
    /// <returns>How many roots had something due and were brought there.</returns>
    public async Task<int> RunAsync(DateOnly today, CancellationToken cancel)
    {
        IReadOnlyList<string> roots;
        await using (var reader = await store.SnapshotAsync(cancel)) roots = await reader.DueRootsAsync(today, cancel);
        return await SubmitAsync(roots, afresh: false, cancel);
    }

    /// <summary>Has what a new policy or rate may concern looked at again at these roots.</summary>
    /// <returns>How many of them could do it.</returns>
    public Task<int> LookAfreshAsync(IReadOnlyList<string> roots, CancellationToken cancel) => SubmitAsync(roots, afresh: true, cancel);

    async Task<int> SubmitAsync(IReadOnlyList<string> roots, bool afresh, CancellationToken cancel)
    {
        var run = 0;
        await Parallel.ForEachAsync(roots, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (root, token) =>
        {
            if (await SubmitAsync(new RunDue(root, afresh), token)) Interlocked.Increment(ref run);
        });
        return run;
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

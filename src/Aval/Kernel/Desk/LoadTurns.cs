using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aval.Kernel;

/// <summary>
/// One viewer at a time loads a root of which nothing is known; whoever comes meanwhile waits, with no connection in hand, and finds it known:
/// a page that shows fifty orders of a large payer must not hold that payer fifty times.
/// </summary>
/// <param name="patience">For how long one waits for others who do not succeed; a load that goes on is waited for, since the reader itself gives up one that hangs,
/// and one whose caller has gone is no failure.</param>
sealed class LoadTurns(FactsCache cache, TimeSpan patience)
{
    readonly ConcurrentDictionary<string, Turn> taken = new(StringComparer.Ordinal);

    /// <summary>The turn to load this root, which ends with its disposal; null, and that is most often, where the root is known.</summary>
    /// <exception cref="TimeoutException">Others have failed for longer than the patience.</exception>
    public async ValueTask<IDisposable?> TakeAsync(string root, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (cache.Known(root) is null)
        {
            var mine = new Turn(this, root, cancel);
            var first = taken.GetOrAdd(root, mine);
            if (first == mine) return mine;
            await first.Ended.WaitAsync(cancel);
            // A load that failed, or a root that has nothing yet, leaves the turn to one of those who wait, and nobody waits for failures without end.
            if (!first.IsTakenBack && patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(began) > patience && cache.Known(root) is null)
                throw new TimeoutException("The facts were not loaded by those who asked before.");
        }

        return null;
    }

    sealed class Turn(LoadTurns turns, string root, CancellationToken cancel) : IDisposable
    {
        readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => ended.Task;

        /// <summary>True when whoever had it does not wait for it any more.</summary>
        public bool IsTakenBack => cancel.IsCancellationRequested;

        public void Dispose()
        {
            turns.taken.TryRemove(new(root, this));
            ended.TrySetResult();
        }
    }
}

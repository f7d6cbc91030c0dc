using Aval.Kernel.Storage;

namespace Aval.Web;

/// <summary>Figures as they were counted.</summary>
/// <param name="Batch">The last that was committed by then; null before the first.</param>
/// <param name="At">When they were counted.</param>
public sealed record Counted<TFigures>(TFigures Figures, string? Batch, DateTimeOffset At);

/// <summary>Figures over all that is open, counted anew when something has changed.</summary>
/// <remarks>Where they are over very much, they are shown as they were a moment ago while they are counted again.</remarks>
/// <param name="isLarge">Over so much that nobody should wait for the counting: a matter of how much there is, not of how fast the machine is just now.</param>
public sealed class KeptFigures<TAsked, TFigures>(TimeProvider clock, Func<TFigures, bool> isLarge) where TAsked : notnull
{
    const int MostKept = 100;

    /// <summary>Nothing older is shown.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly Dictionary<TAsked, Counted<TFigures>> kept = [];
    readonly Dictionary<TAsked, Task<Counted<TFigures>>> counting = [];

    /// <param name="store">As whoever asks sees it: who sees other rows asks for something else.</param>
    /// <param name="count">Goes on when nobody waits any more.</param>
    /// <returns>The figures, and since when something may have changed: null when nothing has.</returns>
    public async Task<(TFigures Figures, DateTimeOffset? Since)> OfAsync(TAsked asked, Store store, Func<Task<TFigures>> count, CancellationToken cancel)
    {
        string? batch;
        await using (var reader = await store.SnapshotAsync(cancel)) batch = await reader.LastBatchAsync(cancel);
        Task<Counted<TFigures>> begun;
        lock (gate)
        {
            var known = kept.GetValueOrDefault(asked);
            if (known is not null && known.Batch == batch) return (known.Figures, null);
            if (known is null || !isLarge(known.Figures)) begun = Begin(asked, batch, count);
            else
            {
                begun = counting.TryGetValue(asked, out var underWay) ? underWay : counting[asked] = Begin(asked, batch, count);
                if (clock.GetUtcNow() - known.At <= Longest) return (known.Figures, known.At);
            }
        }

        return ((await begun.WaitAsync(cancel)).Figures, null);
    }

    Task<Counted<TFigures>> Begin(TAsked asked, string? batch, Func<Task<TFigures>> count) => Task.Run(async () =>
    {
        try
        {
            var at = clock.GetUtcNow();
            var counted = new Counted<TFigures>(await count(), batch, at);
            lock (gate)
            {
                if (kept.Count >= MostKept && !kept.ContainsKey(asked)) kept.Remove(kept.MinBy(one => one.Value.At).Key);
                kept[asked] = counted;
            }

            return counted;
        }
        finally
        {
            lock (gate) counting.Remove(asked);
        }
    });
}

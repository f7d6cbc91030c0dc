using Aval.Kernel.Storage;

namespace Aval.Web;

/// <summary>Figures as they were counted.</summary>
/// <param name="Mark">What was committed by then, as <see cref="Commits.MarkAsync(StoreReader, CancellationToken)"/> says it.</param>
/// <param name="At">When their counting began.</param>
/// <param name="Began">The same by the clock that is never set: their age is measured from it.</param>
/// <param name="Took">How long that was.</param>
public sealed record Counted<TFigures>(TFigures Figures, string? Mark, DateTimeOffset At, long Began, TimeSpan Took);

/// <summary>Figures over all that is open, counted anew when something has changed: once for all who ask at the time.</summary>
/// <remarks>Where they are over very much, they are shown as they were a moment ago while they are counted again, and counting takes no more than a tenth of the time.</remarks>
/// <param name="isLarge">Over so much that nobody should wait for the counting: a matter of how much there is, not of how fast the machine is just now.</param>
public sealed class KeptFigures<TAsked, TFigures>(TimeProvider clock, Func<TFigures, bool> isLarge) where TAsked : notnull
{
    const int MostKept = 100;

    /// <summary>So many times as long as their counting took, figures are shown before they are counted again.</summary>
    const int Rest = 9;

    /// <summary>Nothing older is shown, but where the counting alone takes long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly Dictionary<TAsked, Counted<TFigures>> kept = [];
    readonly Dictionary<TAsked, (string? Mark, Task<Counted<TFigures>> Count)> counting = [];

    /// <param name="store">As whoever asks sees it: who sees other rows asks for something else.</param>
    /// <param name="count">Goes on when nobody waits any more.</param>
    /// <returns>The figures, and since when something may have changed: null when nothing has.</returns>
    public async Task<(TFigures Figures, DateTimeOffset? Since)> OfAsync(TAsked asked, Store store, Func<Task<TFigures>> count, CancellationToken cancel)
    {
        while (true)
        {
            var (mark, known, begun) = await BeginAsync(asked, store, count, cancel);
            if (known is { } told) return told;
            var counted = await begun!.WaitAsync(cancel);
            if (counted.Mark == mark) return (counted.Figures, null);
            // Begun by somebody who had seen less: good enough of what is large, with its time.
            if (isLarge(counted.Figures)) return (counted.Figures, counted.At);
        }
    }

    /// <summary>The same for a page that would rather say that it is being counted.</summary>
    /// <param name="patience">How long it waits.</param>
    /// <returns>Null where the counting takes longer, and nothing that was counted before may be shown.</returns>
    public async Task<(TFigures Figures, DateTimeOffset? Since)?> SoonAsync(
        TAsked asked, Store store, Func<Task<TFigures>> count, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            return await OfAsync(asked, store, count, cancel).WaitAsync(patience, clock, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>What may be shown at once, else the counting that is waited for.</summary>
    async Task<(string? Mark, (TFigures Figures, DateTimeOffset? Since)? Known, Task<Counted<TFigures>>? Begun)> BeginAsync(
        TAsked asked, Store store, Func<Task<TFigures>> count, CancellationToken cancel)
    {
        var mark = await store.MarkAsync(cancel);
        lock (gate)
        {
            var known = kept.GetValueOrDefault(asked);
            if (known is not null && known.Mark == mark) return (mark, (known.Figures, null), null);
            if (known is null || !isLarge(known.Figures)) return (mark, null, Begin(asked, mark, count, sameMark: known is not null));
            var age = clock.GetElapsedTime(known.Began);
            if (age < known.Took * Rest) return (mark, (known.Figures, known.At), null);
            var begun = Begin(asked, mark, count, sameMark: false);
            return age <= Longest || age <= known.Took * (2 * Rest) ? (mark, (known.Figures, known.At), null) : (mark, null, begun);
        }
    }

    /// <param name="sameMark">A counting that is under way serves only who has seen nothing later than it.</param>
    Task<Counted<TFigures>> Begin(TAsked asked, string? mark, Func<Task<TFigures>> count, bool sameMark)
    {
        if (counting.TryGetValue(asked, out var underWay) && (!sameMark || underWay.Mark == mark)) return underWay.Count;
        var begun = Task.Run(() => CountAsync(asked, mark, count));
        counting[asked] = (mark, begun);
        return begun;
    }

    async Task<Counted<TFigures>> CountAsync(TAsked asked, string? mark, Func<Task<TFigures>> count)
    {
        try
        {
            var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
            var counted = new Counted<TFigures>(await count(), mark, at, began, clock.GetElapsedTime(began));
            lock (gate)
            {
                if (kept.Count >= MostKept && !kept.ContainsKey(asked)) kept.Remove(kept.MinBy(one => one.Value.Began).Key);
                if (kept.GetValueOrDefault(asked) is not { } later || later.Began <= began) kept[asked] = counted;
            }

            return counted;
        }
        finally
        {
            lock (gate)
                if (counting.TryGetValue(asked, out var underWay) && underWay.Mark == mark) counting.Remove(asked);
        }
    }
}

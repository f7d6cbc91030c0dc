using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Indicators;

/// <summary>Whose indicators of which period.</summary>
/// <param name="Sight">To whose customers the reader is narrowed; null for one who sees all.</param>
/// <param name="Today">The business date: what is due by it is counted.</param>
readonly record struct PeriodAsked(string? Sight, DateOnly From, DateOnly To, DateOnly Today)
{
    public static PeriodAsked Of(Actor actor, Facts company, DateOnly from, DateOnly to) => new(Reach.Of(actor), from, to, company.Through);
}

/// <summary>A period as it was counted.</summary>
/// <param name="Mark">What was committed by then, as <see cref="Commits.MarkAsync(StoreReader, CancellationToken)"/> says it.</param>
/// <param name="At">When its counting began.</param>
/// <param name="Took">How long that was.</param>
sealed record CountedPeriod(InterfacePeriod Period, string? Mark, DateTimeOffset At, TimeSpan Took);

/// <summary>Periods counted for the screens, each once for all who ask at the time, and shown again while nothing has changed.</summary>
/// <remarks>What takes long to count is shown for ten times as long although something has changed,
/// and the page then says since when: a busy company would count without end.</remarks>
sealed class CountedPeriods(TimeProvider clock)
{
    const int MostRows = 1_000_000;
    const int TimesAsLong = 10;
    static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Unchanged = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    readonly Lock gate = new();
    readonly List<(PeriodAsked Asked, Task<CountedPeriod> Counting)> kept = [];

    /// <summary>The period as it may be shown now; else it is counted, and goes on being counted when nobody waits any more.</summary>
    /// <param name="mark">What the caller sees, as <see cref="Commits.MarkAsync(StoreReader, CancellationToken)"/> says it.</param>
    public Task<CountedPeriod> OfAsync(PeriodAsked asked, string? mark, Store store, Store everything, Facts company)
    {
        lock (gate)
        {
            kept.RemoveAll(one => one.Counting.IsFaulted
                || one.Counting.IsCanceled || (one.Counting.IsCompletedSuccessfully && clock.GetUtcNow() - one.Counting.Result.At > Longest));
            var at = kept.FindIndex(one => one.Asked == asked);
            if (at >= 0 && (!kept[at].Counting.IsCompleted || MayBeShown(kept[at].Counting.Result, mark))) return kept[at].Counting;
            if (at >= 0) kept.RemoveAt(at);
            while (kept.Count > 0 && kept.Sum(one => one.Counting.IsCompletedSuccessfully ? one.Counting.Result.Period.RowCount : 0) > MostRows) kept.RemoveAt(0);
            var counting = Task.Run(() => CountAsync(asked, store, everything, company));
            kept.Add((asked, counting));
            return counting;
        }
    }

    bool MayBeShown(CountedPeriod counted, string? mark)
    {
        var age = clock.GetUtcNow() - counted.At;
        return counted.Mark == mark ? age <= Unchanged || counted.Took > Quick : counted.Took > Quick && age <= counted.Took * TimesAsLong;
    }

    async Task<CountedPeriod> CountAsync(PeriodAsked asked, Store store, Store everything, Facts company)
    {
        var (began, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        await using var reader = await store.LongSnapshotAsync(CancellationToken.None);
        var mark = await reader.MarkAsync(CancellationToken.None);
        var period = await InterfacePeriod.ReadAsync(reader, everything, company, asked.From, asked.To, CancellationToken.None);
        return new CountedPeriod(period, mark, began, clock.GetElapsedTime(started));
    }
}

using Aval.Indicators.Rules;

namespace Aval.Indicators;

/// <summary>Whose rows of which indicator and period.</summary>
/// <param name="Sight">To whose customers the reader is narrowed; null for one who sees all.</param>
readonly record struct RowsAsked(string? Sight, string Indicator, DateOnly From, DateOnly To);

/// <summary>The rows of indicators whose first page has just been read: the pages that follow are cut from them, so all are of one moment and none is counted anew.</summary>
/// <remarks>Kept for some minutes, and as many as are few; what is not kept (any longer, or by this node) is counted anew, and so is every first page.</remarks>
sealed class PagesOfRows(TimeProvider clock)
{
    const int MostRows = 500_000;
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    readonly Lock gate = new();
    readonly List<(RowsAsked Asked, DateTimeOffset At, IReadOnlyList<IndicatorRow> Rows)> kept = [];

    public void Keep(RowsAsked asked, IReadOnlyList<IndicatorRow> rows)
    {
        lock (gate)
        {
            Forget(asked);
            kept.Add((asked, clock.GetUtcNow(), rows));
            while (kept.Sum(one => one.Rows.Count) > MostRows) kept.RemoveAt(0);
        }
    }

    /// <summary>Null when they are not kept.</summary>
    public IReadOnlyList<IndicatorRow>? Find(RowsAsked asked)
    {
        lock (gate)
        {
            Forget(null);
            var at = kept.FindIndex(one => one.Asked == asked);
            return at < 0 ? null : kept[at].Rows;
        }
    }

    void Forget(RowsAsked? asked)
    {
        var oldest = clock.GetUtcNow() - Kept;
        kept.RemoveAll(one => one.At < oldest || one.Asked == asked);
    }
}

namespace Aval.Indicators.Rules;

/// <summary>Makes figures of rows: whoever opens a figure can add it up again.</summary>
public static class FigureOf
{
    const int Places = 4;

    /// <param name="of">For a share of rows: how many there are in all.</param>
    public static Figure Rows(Indicator indicator, IReadOnlyList<IndicatorRow> rows, int of)
    {
        // A figure with parts by days is its first part; the others look at the same orders later.
        var counted = indicator == Indicator.ExposureAfterRelease ? [.. rows.Where(row => row.Part == "30")] : rows;
        return indicator.Sum switch
        {
            Sum.Rows => new Figure(rows.Count, null, ByPart(rows, part => part.Count)),
            Sum.Amounts => new Figure(counted.Sum(row => row.Amount ?? 0), null, ByPart(rows, part => part.Sum(row => row.Amount ?? 0))),
            Sum.ShareOfRows => new Figure(Percent(rows.Count, of), of, []),
            Sum.ShareOfAmounts => new Figure(Percent(rows.Sum(row => row.Value ?? 0), rows.Sum(row => row.Amount ?? 0)), rows.Sum(row => row.Amount ?? 0), []),
            Sum.ShareOfMarked => new Figure(Percent(rows.Count(row => row.Value == 1), rows.Count), rows.Count, []),
            Sum.Median => Hours([.. rows.Select(row => row.Value ?? 0).Order()]),
        };
    }

    static IReadOnlyList<FigurePart> ByPart(IReadOnlyList<IndicatorRow> rows, Func<IReadOnlyList<IndicatorRow>, decimal> value) =>
    [
        .. rows.Where(row => row.Part is not null).GroupBy(row => row.Part!, StringComparer.Ordinal).OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => new FigurePart(part.Key, value([.. part]), part.Sum(row => row.Amount ?? 0))),
    ];

    static Figure Hours(IReadOnlyList<decimal> sorted)
    {
        if (sorted.Count == 0) return new Figure(null, null, [new("p90", null, null), new("mean", null, null)]);
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        // The nearest rank: the smallest value that at least nine tenths do not exceed.
        var p90 = sorted[((sorted.Count * 9) + 9) / 10 - 1];
        return new Figure(Rounded(median), null, [new("p90", Rounded(p90), null), new("mean", Rounded(sorted.Sum() / sorted.Count), null)]);
    }

    static decimal? Percent(decimal part, decimal whole) => whole == 0 ? null : Rounded(part * 100 / whole);

    static decimal Rounded(decimal value) => Math.Round(value, Places, MidpointRounding.ToEven);
}

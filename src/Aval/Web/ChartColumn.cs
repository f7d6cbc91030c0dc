namespace Aval.Web;

/// <summary>A part of a column, stacked on the parts before it.</summary>
/// <param name="Shade">The class that colours it.</param>
/// <param name="Value">Below zero it hangs under the line.</param>
public sealed record ChartPart(string Shade, decimal Value);

/// <param name="Label">What stands under it.</param>
/// <param name="Title">All its figures in words.</param>
/// <param name="Line">A bound that held for this column; null where there was none.</param>
public sealed record ChartColumn(string Label, string Title, IReadOnlyList<ChartPart> Parts, decimal? Line = null);

/// <summary>The heights of a chart: from where to where its axis goes and where its lines are, at round values.</summary>
public sealed record ChartAxis(decimal Low, decimal High, decimal Step)
{
    const int MostLines = 4;

    /// <summary>Steps of 1, 2 or 5 of a power of ten, so that at most five lines hold all columns.</summary>
    public static ChartAxis Of(IEnumerable<ChartColumn> columns)
    {
        decimal low = 0, high = 0;
        foreach (var column in columns)
        {
            high = Math.Max(high, Math.Max(column.Line ?? 0, column.Parts.Sum(part => Math.Max(0, part.Value))));
            low = Math.Min(low, column.Parts.Sum(part => Math.Min(0, part.Value)));
        }

        var step = Round(Math.Max(1, high - low) / MostLines);
        return new ChartAxis(Math.Floor(low / step) * step, Math.Max(step, Math.Ceiling(high / step) * step), step);
    }

    public IEnumerable<decimal> Lines
    {
        get
        {
            for (var at = Low; at <= High; at += Step) yield return at;
        }
    }

    static decimal Round(decimal least)
    {
        decimal power = 1;
        while (power * 10 <= least) power *= 10;
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }
}

using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>A report: rows that are read one after the other, on any day, in the same way for every form in which they are told.</summary>
/// <param name="Name">In its address and on the command line.</param>
/// <param name="Title">As people call it.</param>
/// <param name="About">One sentence: what it tells.</param>
/// <param name="Fields">What it may be asked for.</param>
/// <param name="Columns">Depending on what is asked for.</param>
/// <param name="Rows">A row's cells stand in the order of the columns: texts, dates, whole numbers, decimals, and amounts as money.</param>
public sealed record Report(
    string Name, string Title, string About, IReadOnlyList<string> Fields, Func<ReportAsked, IReadOnlyList<ReportColumn>> Columns,
    Func<ReportReading, CancellationToken, IAsyncEnumerable<object?[]>> Rows)
{
    /// <summary>Months of its period when nobody says how many.</summary>
    public int Months { get; init; } = 3;

    /// <summary>The day of which it tells, where that is not asked for: it makes sure that there is something to tell.</summary>
    public Func<Kernel.Storage.Store, Kernel.Facts, CancellationToken, Task<DateOnly>>? Day { get; init; }

    /// <summary>It is told of one payer only.</summary>
    public bool NeedsPayer { get; init; }
}

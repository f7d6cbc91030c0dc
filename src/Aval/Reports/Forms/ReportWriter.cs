using Aval.Reports.Rules;

namespace Aval.Reports.Forms;

/// <summary>In which form a report is told; a statement of account as a letter, too.</summary>
public enum ReportFormat { Json, Csv, Xlsx, Html, Pdf }

/// <summary>What stands above a report's rows.</summary>
public sealed record ReportHead(Report Report, ReportAsked Asked, IReadOnlyList<ReportColumn> Columns);

/// <summary>Writes a report row by row, so that one of any length needs no more memory than one of few rows.</summary>
abstract class ReportWriter : IAsyncDisposable
{
    public abstract ValueTask BeginAsync(ReportHead head, CancellationToken cancel);
    public abstract ValueTask RowAsync(IReadOnlyList<object?> row, CancellationToken cancel);
    public abstract ValueTask EndAsync(ReportSums sums, CancellationToken cancel);
    public abstract ValueTask DisposeAsync();
}

using Aval.Receivables.Rules;
using Aval.Reports.Rules;
using Aval.Web;

namespace Aval.Reports.Forms;

/// <summary>Lists of the screens as files, in the forms that reports have.</summary>
sealed class ListWriter : IListWriter
{
    /// <summary>A list has filters of its own.</summary>
    static readonly ReportAsked Nothing = new(default, ReportBy.Payer, null, null, null, null, AgingBasis.DueDate, default, 0, 0);

    public async Task WriteAsync(
        Stream output, ListForm form, string title, IReadOnlyList<(string Name, string Head)> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        IReadOnlyList<ReportColumn> written = [.. columns.Select(column => new ReportColumn(column.Name, column.Head, CellKind.Text))];
        var report = new Report(title, title, title, [], _ => written, (_, _) => AsyncEnumerable.Empty<object?[]>());
        await using ReportWriter writer = form switch { ListForm.Csv => new CsvForm(output, mark: true), ListForm.Xlsx => new XlsxForm(output) };
        await writer.BeginAsync(new ReportHead(report, Nothing, written), cancel);
        await foreach (var row in rows.WithCancellation(cancel)) await writer.RowAsync(row, cancel);
        await writer.EndAsync(new ReportSums(written), cancel);
    }
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Reports.Forms;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>A report on its way out: what it is about has been found, nothing has been written yet.</summary>
public sealed class ReportRun : IAsyncDisposable
{
    readonly StoreReader reader;

    ReportRun(Report report, ReportReading reading, StoreReader reader) => (Report, Reading, this.reader) = (report, reading, reader);

    public Report Report { get; }
    public ReportReading Reading { get; }
    public IReadOnlyList<ReportColumn> Columns => Report.Columns(Reading.Asked);

    /// <summary>Opens a report; refuses with <c>customer-unknown</c>.</summary>
    public static async Task<Kernel.Web.Answered<ReportRun>> OpenAsync(Store store, Facts company, Report report, ReportAsked asked, CancellationToken cancel)
    {
        if (report.Day is { } day) asked = asked with { AsOf = await day(store, company, cancel) };
        var snapshot = await store.LongSnapshotAsync(cancel);
        if (await ReportReading.OpenAsync(store, snapshot, company, asked, cancel) is { } reading) return new ReportRun(report, reading, snapshot);
        await snapshot.DisposeAsync();
        return PartyProblems.CustomerUnknown.With("The customer that the report is asked for is not known.", asked.Group is null ? "payer" : "group");
    }

    /// <summary>Writes the whole report.</summary>
    /// <param name="mark">CSV begins with a byte order mark.</param>
    public async Task WriteAsync(Stream output, ReportFormat format, bool mark, CancellationToken cancel)
    {
        if (format is ReportFormat.Html or ReportFormat.Pdf)
        {
            await StatementOfAccount.WriteAsync(this, output, format == ReportFormat.Pdf, cancel);
            return;
        }

        await using ReportWriter form = format switch
        {
            ReportFormat.Csv => new CsvForm(output, mark),
            ReportFormat.Xlsx => new XlsxForm(output),
            ReportFormat.Json or ReportFormat.Html or ReportFormat.Pdf => new JsonForm(output),
        };
        await WriteAsync(form, cancel);
    }

    /// <summary>The rows, with their sums gathered on the way.</summary>
    public async IAsyncEnumerable<object?[]> RowsAsync(ReportSums sums, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Report.Rows(Reading, cancel))
        {
            sums.Add(row);
            yield return row;
        }
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    async Task WriteAsync(ReportWriter form, CancellationToken cancel)
    {
        var sums = new ReportSums(Columns);
        await form.BeginAsync(new ReportHead(Report, Reading.Asked, Columns), cancel);
        await foreach (var row in RowsAsync(sums, cancel)) await form.RowAsync(row, cancel);
        await form.EndAsync(sums, cancel);
    }

    /// <summary>Whether a report can be told in this form; a letter is only a statement of account.</summary>
    public static bool Takes(Report report, ReportFormat format) => format is not (ReportFormat.Html or ReportFormat.Pdf) || report == StatementOfAccount.Report;

    public static string MediaType(ReportFormat format) => format switch
    {
        ReportFormat.Json => "application/json",
        ReportFormat.Csv => "text/csv",
        ReportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ReportFormat.Html => "text/html",
        ReportFormat.Pdf => "application/pdf",
    };
}

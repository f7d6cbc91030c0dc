using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Reports.Forms;
using Aval.Reports.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Reports.Screens;

/// <param name="Report">The one that is shown; null on the list of all.</param>
/// <param name="AsOf">The day that it tells of, where it tells of one; null else.</param>
/// <param name="Given">What it was asked for, field by field.</param>
/// <param name="Refusal">Why it is not told; null when it is.</param>
/// <param name="Rows">The first of them.</param>
/// <param name="More">There are more rows than are shown.</param>
/// <param name="Totals">Of all rows; none when not all are shown.</param>
public sealed record ReportView(
    Report? Report, DateOnly? AsOf, IReadOnlyDictionary<string, string> Given, Problem? Refusal, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<object?[]> Rows, bool More,
    IReadOnlyList<object?[]> Totals);

/// <summary>Shows the reports, each with what it can be asked for, and gives them as files.</summary>
static class ReportPages
{
    const string Address = "/reports";

    /// <summary>What a page shows; files have all.</summary>
    public const int MostRows = 200;

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, ReceivablesPermissions.Read, (_, _) => Task.FromResult(
            PageAnswer.Of<ReportsPage, ReportView>(T("Reports"), new ReportView(null, null, new Dictionary<string, string>(), null, [], [], false, []))));
        pages.MapPage(Address + "/{name}", ReceivablesPermissions.Read, ShowAsync);
        pages.MapPage(Address + "/{name}/file", ReceivablesPermissions.Read, FileAsync);
    }

    public static string To(string name) => $"{Address}/{name}";

    public static string ToFile(Report report, ReportFormat format, IReadOnlyDictionary<string, string> given) =>
        Links.With($"{To(report.Name)}/file", [.. given.Select(field => (field.Key, (string?)field.Value)), ("format", Words.Of(format))]);

    static async Task<PageAnswer> ShowAsync(PageRequest request, CancellationToken cancel)
    {
        if (ReportCatalogue.Find(request.Route("name")) is not { } report) return PageAnswer.Missing(T("There is no such report."));
        var given = Given(request, report);
        // A report of one payer is not told before one was named.
        if (report.NeedsPayer && !given.ContainsKey("payer")) return Page(new ReportView(report, null, given, null, [], [], false, []));
        var (run, refusal) = await OpenAsync(request, report, given, cancel);
        if (run is null) return Page(new ReportView(report, null, given, refusal, [], [], false, []));
        await using var opened = run;
        var (rows, sums, more) = (new List<object?[]>(), new ReportSums(run.Columns), false);
        await foreach (var row in run.RowsAsync(sums, cancel))
        {
            more = rows.Count == MostRows;
            if (more) break;
            rows.Add(row);
        }

        DateOnly? asOf = report.Day is not null || report.Fields.Contains("asOf") ? run.Reading.Asked.AsOf : null;
        return Page(new ReportView(report, asOf, given, null, run.Columns, rows, more, more ? [] : [.. sums.Rows()]));
    }

    static async Task<PageAnswer> FileAsync(PageRequest request, CancellationToken cancel)
    {
        var report = ReportCatalogue.Find(request.Route("name"));
        var format = request.Word<ReportFormat>("format") ?? ReportFormat.Csv;
        if (report is null || !ReportRun.Takes(report, format)) return PageAnswer.Missing(T("There is no such report."));
        // What cannot be told is refused on the report's page, field by field.
        if ((await OpenAsync(request, report, Given(request, report), cancel)).Run is not { } run) return await ShowAsync(request, cancel);
        return PageAnswer.File(ReadReports.TypeOf(format), ReadReports.NameOf(run, format), async (output, sent) =>
        {
            await using var opened = run;
            await run.WriteAsync(output, format, mark: format == ReportFormat.Csv, sent);
        });
    }

    static async Task<(ReportRun? Run, Problem? Refusal)> OpenAsync(
        PageRequest request, Report report, IReadOnlyDictionary<string, string> given, CancellationToken cancel)
    {
        var asked = ReportAsked.Of(report, given, request.Company);
        if (asked.Problem is { } refusal) return (null, refusal);
        var opened = await ReportRun.OpenAsync(request.Store, request.Company, report, asked.Value!, cancel);
        return (opened.Value, opened.Problem);
    }

    static Dictionary<string, string> Given(PageRequest request, Report report) => report.Fields
        .Select(field => (field, Value: request.Query(field))).Where(one => one.Value is not null).ToDictionary(one => one.field, one => one.Value!, StringComparer.Ordinal);

    static PageAnswer Page(ReportView view) => PageAnswer.Of<ReportsPage, ReportView>(
        T(view.Report!.Title), view, view.Refusal);
}

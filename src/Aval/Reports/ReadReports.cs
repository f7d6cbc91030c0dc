using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables;
using Aval.Reports.Forms;
using Aval.Reports.Rules;
using Microsoft.AspNetCore.Http;

namespace Aval.Reports;

/// <summary>A report that can be asked for.</summary>
/// <param name="Fields">What it may be asked for, as fields of the query.</param>
public sealed record ReportListed(string Name, string Title, string About, IReadOnlyList<string> Fields, IReadOnlyList<ReportFormat> Formats);

public sealed record ReportsAnswer(IReadOnlyList<ReportListed> Reports);

/// <param name="Head">As people call it.</param>
public sealed record ReportColumnAnswer(string Name, string Head, CellKind Kind);

/// <summary>A report: one object a row, with a field for each column. Amounts are told in the currency of the row.</summary>
/// <param name="Totals">What the amounts of all rows come to, an object for each currency; columns that are not added up are null.</param>
public sealed record ReportAnswer(
    string Report, string Title, DateOnly AsOf, IReadOnlyList<ReportColumnAnswer> Columns, IReadOnlyList<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Rows,
    IReadOnlyList<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Totals);

/// <summary>Reads the reports.</summary>
static class ReadReports
{
    internal static void Map(Api api)
    {
        api.Get<ReportsAnswer>(
            "/reports", ReceivablesPermissions.Read, "The reports there are, and what each can be asked for",
            (_, _) => Task.FromResult<Answered<ReportsAnswer>>(new ReportsAnswer([.. ReportCatalogue.All.Select(Listed)])));
        foreach (var report in ReportCatalogue.All)
            api.GetFile<ReportAnswer>(
                "/reports/" + report.Name, ReceivablesPermissions.Read, report.About.TrimEnd('.'),
                [.. Formats(report).Where(format => format != ReportFormat.Json).Select(ReportRun.MediaType)], (request, cancel) => TellAsync(request, report, cancel),
                [
                    .. ReportAsked.Query(report.Fields),
                    new("format", typeof(ReportFormat), $"One of {string.Join(", ", Formats(report).Select(Words.Of))}; json when absent."),
                    new("bom", typeof(bool), "True: a CSV file begins with a byte order mark, by which spreadsheets know UTF-8."),
                ],
                [PartyProblems.CustomerUnknown]);
    }

    public static string TypeOf(ReportFormat format) => ReportRun.MediaType(format) + (format is ReportFormat.Csv or ReportFormat.Html ? "; charset=utf-8" : "");

    /// <summary>A file's name tells which report, and of which day.</summary>
    public static string NameOf(ReportRun run, ReportFormat format) => $"{run.Report.Name}-{run.Reading.Asked.AsOf:yyyy-MM-dd}.{Words.Of(format)}";

    static async Task SendAsync(HttpContext context, ReportRun run, ReportFormat format, bool mark, CancellationToken cancel)
    {
        context.Response.ContentType = TypeOf(format);
        context.Response.Headers.CacheControl = "no-store";
        if (format != ReportFormat.Json) context.Response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(run, format)}\"";
        await run.WriteAsync(context.Response.Body, format, mark, cancel);
    }

    static async Task<Problem?> TellAsync(ApiRequest request, Report report, CancellationToken cancel)
    {
        var format = request.Query<ReportFormat?>("format") ?? ReportFormat.Json;
        if (!ReportRun.Takes(report, format)) return KernelProblems.Invalid("format", $"must be one of {string.Join(", ", Formats(report).Select(Words.Of))}");
        var company = await request.Desk.CompanyAsync(cancel);
        var asked = ReportAsked.Of(report, name => request.Query<object>(name), company);
        if (asked.Problem is { } refusal) return refusal;
        var opened = await ReportRun.OpenAsync(request.Store, company, report, asked.Value!, cancel);
        if (opened.Problem is { } unknown) return unknown;
        await using var run = opened.Value!;
        await SendAsync(request.Context, run, format, request.Query<bool?>("bom") ?? false, cancel);
        return null;
    }

    static ReportListed Listed(Report report) =>
        new(report.Name, report.Title, report.About, report.Fields, Formats(report));

    static IReadOnlyList<ReportFormat> Formats(Report report) => [.. Enum.GetValues<ReportFormat>().Where(format => ReportRun.Takes(report, format))];
}

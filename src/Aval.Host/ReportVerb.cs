using System.CommandLine;
using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Reports;
using Aval.Reports.Forms;
using Microsoft.Extensions.Logging.Abstractions;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval report</c>: a report as a file, beside a server at work, too.</summary>
static class ReportVerb
{
    static readonly Argument<string> Name = new("NAME")
    {
        Description = "One of " + string.Join(", ", ReportCatalogue.All.Select(report => report.Name)), Arity = ArgumentArity.ExactlyOne,
    };

    static readonly Option<ReportFormat> Format = new("--format")
    {
        Description = "csv, json, xlsx; of statement also html and pdf", CustomParser = StoreOptions.Word<ReportFormat>,
        DefaultValueFactory = _ => ReportFormat.Csv, HelpName = "FORMAT",
    };

    static readonly Option<FileInfo?> Output = new("--output") { Description = "The file to write; standard output when absent", HelpName = "FILE" };
    static readonly Option<bool> Mark = new("--bom") { Description = "CSV begins with a byte order mark, by which spreadsheets know UTF-8" };

    static readonly Option<string[]> Fields = new("--with")
    {
        Description = "A field of the report, as GET /reports lists them: --with asOf=2026-03-02 --with by=group", HelpName = "FIELD=VALUE", DefaultValueFactory = _ => [],
    };

    public static Command Verb()
    {
        var verb = new Command("report", "Writes a report: aging, open items, ledger, days sales outstanding and others")
        {
            Name, Fields, Format, Output, Mark, StoreOptions.Data, StoreOptions.Database, ReconciliationVerb.Verb(),
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var (name, format) = (given.GetValue(Name)!, given.GetValue(Format));
        if (ReportCatalogue.Find(name) is not { } report)
            return await RefuseAsync($"{name} is no report; there are {string.Join(", ", ReportCatalogue.All.Select(known => known.Name))}");
        if (!ReportRun.Takes(report, format)) return await RefuseAsync($"{name} is not told as {Words.Of(format)}");
        var fields = given.GetValue(Fields)!.Select(field => field.Split('=', 2)).ToList();
        if (fields.Find(field => field.Length < 2) is { } half) return await RefuseAsync($"{half[0]} has no value: --with {half[0]}=…");
        await using var store = StoreOptions.Of(given);
        try
        {
            await store.AttachAsync(cancel);
            var company = await new Desk(store, TimeProvider.System, NullLogger<Desk>.Instance).CompanyAsync(cancel);
            var asked = ReportAsked.Of(report, fields.Select(field => KeyValuePair.Create(field[0], field[1])), company);
            if (asked.Problem is { } refusal) return await RefuseAsync(refusal.Detail);
            var opened = await ReportRun.OpenAsync(store, company, report, asked.Value!, cancel);
            if (opened.Problem is { } unknown) return await RefuseAsync(unknown.Detail);
            await using var run = opened.Value!;
            await using var output = given.GetValue(Output) is { } file ? file.Create() : Console.OpenStandardOutput();
            await run.WriteAsync(output, format, given.GetValue(Mark), cancel);
            return 0;
        }
        catch (DbException e)
        {
            throw new StoreRefusedException("The store cannot be read: " + e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(e.Message);
        }
    }

    static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync("aval: " + why);
        return 2;
    }
}

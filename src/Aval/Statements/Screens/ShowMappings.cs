using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Statements.Screens;

/// <param name="Filter">Part of a name.</param>
public sealed record MappingsView(ListShown Shown, IReadOnlyList<SavedMapping> Rows, int Total, string? Filter, bool MayChange, Problem? Refusal);

/// <summary>A mapping that is being made of a sample.</summary>
/// <param name="Text">The beginning of the sample, sent along until the mapping is saved.</param>
/// <param name="Holds">One for each of the sample's columns.</param>
/// <param name="Fields">What stands in the other fields, by name.</param>
/// <param name="Fault">Why the sample cannot be read so.</param>
public sealed record MappingView(
    string Text, CsvSample Sample, IReadOnlyList<CsvColumn?> Holds, IReadOnlyDictionary<string, string> Fields, Problem? Refusal = null, FileFault? Fault = null)
{
    /// <summary>What it says when it is tried; empty before.</summary>
    public IReadOnlyList<BankStatement> Read { get; init; } = [];
}

/// <summary>Shows how CSV files are read, makes a mapping of a sample, tries it and saves it.</summary>
static class ShowMappings
{
    const string Address = "/csv-mappings";

    /// <summary>Of a sample so many letters are looked at, to the end of their line.</summary>
    const int MostLetters = 16_000;

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, (request, _) => Task.FromResult(List(request, null)));
        pages.MapForm(Address + "/sample", StatementPermissions.Import, SampleAsync);
        pages.MapForm(Address + "/try", StatementPermissions.Import, async (request, cancel) =>
            await ReadAsync(request, cancel) is { } view ? Show(view, tried: true) : List(request, NoSample));
        pages.MapForm(Address, StatementPermissions.Import, SaveAsync);
        pages.MapForm(Address + "/{name}/remove", StatementPermissions.Import, async (request, cancel) =>
        {
            var answer = await request.Desk.SubmitAsync(new PutCsvMapping(request.Route("name"), null), request.Actor, cancel: cancel);
            return answer.Problem is { } refused ? List(request, refused) : PageAnswer.To(Address);
        });
    }

    static PageAnswer List(PageRequest request, Problem? refusal)
    {
        var shown = ListShown.Of(request, "csv-mappings", Address, ["q"]);
        var text = request.Query("q");
        List<SavedMapping> found = [.. PutCsvMapping.InUse(request.Company).Where(mapping => text is null || mapping.Name.Contains(text, StringComparison.OrdinalIgnoreCase))];
        List<SavedMapping> rows = [.. found.Skip(shown.Skip).Take(shown.Most)];
        if (shown.Form is not null) return ListFile.Of(request, shown, T("CSV files of banks"), MappingsPage.Columns, rows);
        return PageAnswer.Of<MappingsPage, MappingsView>(
            T("CSV files of banks"), new MappingsView(shown, rows, found.Count, text, StatementPermissions.Import.IsGrantedTo(request.Actor), refusal),
            refusal?.Kind.Status ?? StatusCodes.Status200OK);
    }

    static async Task<PageAnswer> SampleAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        if (form.Files.FirstOrDefault(file => file.Length > 0) is not { } file) return List(request, StatementProblems.StatementUnreadable.With("Choose at least one file."));
        using var whole = new MemoryStream();
        await file.CopyToAsync(whole, cancel);
        if (TextOf(whole.ToArray()) is not { } text || CsvSample.Of(text) is not { } sample)
            return List(request, NoSample);
        return Show(new MappingView(text, sample, sample.Holds, Usual(sample)));
    }

    static async Task<PageAnswer> SaveAsync(PageRequest request, CancellationToken cancel)
    {
        if (await ReadAsync(request, cancel) is not { } view) return List(request, NoSample);
        if (view.Refusal is not null) return Show(view);
        var saved = new PutCsvMapping(view.Fields["name"], BodyOf(view)) { IsNew = view.Fields["replace"].Length == 0 };
        var answer = await request.Desk.SubmitAsync(saved, request.Actor, cancel: cancel);
        return answer.Problem is { } refused ? Show(view with { Refusal = refused }) : PageAnswer.To(Address);
    }

    static Problem NoSample => StatementProblems.StatementUnreadable.With("A sample must have a line with the names of its columns, and the same mark between all fields.");

    /// <summary>What the form says; columns that were not there when it was filled are guessed anew. Null without a sample.</summary>
    static async Task<MappingView?> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var form = sent.Form;
        var text = form["text"].ToString();
        var delimiter = form["delimiter"].ToString() is "\\t" ? '\t' : form["delimiter"].ToString() is [var mark] ? mark : (char?)null;
        var skip = sent.Whole("skipLines");
        if (skip > PutCsvMapping.MostSkipped) sent.Refuse(KernelProblems.Invalid("skipLines", $"must be from 0 to {PutCsvMapping.MostSkipped}"));
        sent.Read<Currency>(
            "currency", code => Currency.TryOf(code, out var currency) ? currency : null, field => KernelProblems.Invalid(field, "must be an ISO 4217 code such as EUR"));
        if (sent.Fault is not null) skip = null;
        if (text.Length > MostLetters * 2 || CsvSample.Of(text, delimiter, skip) is not { } sample) return null;
        var (header, holds) = (form["header"].Select(name => name ?? "").ToList(), form["holds"].Select(held => held ?? "").ToList());
        var isSame = header.Count == holds.Count && header.SequenceEqual(sample.Header);
        var fields = Usual(sample).ToDictionary(field => field.Key, field => Entered.Text(form, field.Key) ?? (field.Key is "dateForm" ? field.Value : ""));
        (fields["delimiter"], fields["skipLines"]) = (Told(sample.Delimiter), sample.SkipLines.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new MappingView(
            text, sample, isSame ? [.. holds.Select(held => Kernel.Storage.Words.TryParse<CsvColumn>(held, out var column) ? column : (CsvColumn?)null)] : sample.Holds,
            fields, sent.Fault);
    }

    static PageAnswer Show(MappingView view, bool tried = false)
    {
        var body = BodyOf(view);
        if (tried && view.Refusal is null && new PutCsvMapping("tried", body).Refuse() is { } refused) view = view with { Refusal = refused };
        else if (tried && view.Refusal is null)
        {
            var read = StatementFile.Read(Encoding.UTF8.GetBytes(view.Text), [body.Mapping("tried")]);
            view = view with { Fault = read.Fault, Read = read.Statements.IsDefault ? [] : read.Statements };
        }

        return PageAnswer.Of<MappingPage, MappingView>(
            T("What the columns hold"), view, view.Refusal?.Kind.Status ?? (view.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    static CsvMappingBody BodyOf(MappingView view)
    {
        string? Field(string name) => view.Fields[name] is { Length: > 0 } text ? text : null;
        string[] Parts(string name) => view.Fields[name].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new CsvMappingBody(
            [.. view.Sample.Header.Zip(view.Holds).Where(column => column.Second is not null).Select(column => new CsvColumnBody(column.First, column.Second!.Value))],
            view.Fields["dateForm"], view.Fields["delimiter"], Field("decimal"), Field("account"), Currency.TryOf(Field("currency"), out var currency) ? currency : null,
            SkipLines: view.Sample.SkipLines, CreditWords: Parts("creditWords"), DebitWords: Parts("debitWords"));
    }

    static Dictionary<string, string> Usual(CsvSample sample) => new(StringComparer.Ordinal)
    {
        ["delimiter"] = Told(sample.Delimiter), ["decimal"] = sample.Decimal.ToString(), ["dateForm"] = sample.DateForm,
        ["skipLines"] = sample.SkipLines.ToString(System.Globalization.CultureInfo.InvariantCulture), ["account"] = "", ["currency"] = "", ["creditWords"] = "",
        ["debitWords"] = "", ["name"] = "", ["replace"] = "",
    };

    static string Told(char delimiter) => delimiter == '\t' ? "\\t" : delimiter.ToString();

    /// <summary>Its first lines; null for what is no text.</summary>
    static string? TextOf(byte[] bytes)
    {
        try
        {
            var text = FileText.Of(bytes);
            return text.Length <= MostLetters ? text : text[..(text.LastIndexOf('\n', MostLetters) is > 0 and var end ? end : MostLetters)];
        }
        catch (UnreadableException)
        {
            return null;
        }
    }
}

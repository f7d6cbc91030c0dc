using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <param name="Header">As it stands in the file's header; case does not matter.</param>
/// <param name="Holds">What the column holds.</param>
public sealed record CsvColumnBody(string Header, CsvColumn Holds);

/// <summary>How to read the CSV files of one bank.</summary>
/// <param name="Columns">Those that are read; the file may have more.</param>
/// <param name="DateForm">Of letters d, M and y and what stands between, as dd.MM.yyyy.</param>
/// <param name="Delimiter">One character between fields; a semicolon when absent, \t for a tabulator.</param>
/// <param name="Decimal">The mark before decimals, a comma or a point; a comma when absent.</param>
/// <param name="Account">Whose statements the files are, where no column says it.</param>
/// <param name="Currency">Where no column says it.</param>
/// <param name="Encoding">As windows-1252; found by the content when absent.</param>
/// <param name="SkipLines">Lines before the header; none when absent.</param>
/// <param name="CreditWords">Words of the direction column for what came in.</param>
/// <param name="DebitWords">Words of the direction column for what went out.</param>
/// <param name="ReversalCodes">What the column of codes holds where the bank takes a payment back; none when absent.</param>
public sealed record CsvMappingBody(
    IReadOnlyList<CsvColumnBody> Columns, string DateForm, string? Delimiter = null, string? Decimal = null, string? Account = null, Currency? Currency = null,
    string? Encoding = null, int SkipLines = 0, IReadOnlyList<string>? CreditWords = null, IReadOnlyList<string>? DebitWords = null,
    IReadOnlyList<string>? ReversalCodes = null)
{
    public CsvMapping Mapping(string name) => new(
        name, Told.Account(Account), Currency?.Code, DelimiterOf(), Decimal is "." ? '.' : ',', DateForm, Encoding, SkipLines,
        [.. Columns.Select(column => (column.Header, column.Holds))], [.. CreditWords ?? []], [.. DebitWords ?? []]) { ReversalCodes = [.. ReversalCodes ?? []] };

    char DelimiterOf() => Delimiter is null ? ';' : Delimiter is "\\t" ? '\t' : Delimiter[0];
}

/// <param name="Removed">True when it no longer reads anything.</param>
public sealed record SavedMapping(string Name, CsvMappingBody Body, bool Removed);

/// <summary>Saves how to read a bank's CSV files, or takes it out of use.</summary>
/// <param name="Body">Null takes it out of use.</param>
public sealed record PutCsvMapping(string Mapping, CsvMappingBody? Body) : Command
{
    public const int MostSkipped = 1000;

    /// <summary>It was made afresh, so it takes the place of none that is in use.</summary>
    public bool IsNew { get; init; }

    public override string Name => Body is null ? "removeCsvMapping" : "putCsvMapping";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("name", Mapping) is { } bad) return bad;
        if (Body is null) return null;
        if (Body.Columns.Count is 0 or > 100) return KernelProblems.Invalid("columns", "must name 1 to 100 columns");
        if (Body.Delimiter is { } delimiter && delimiter != "\\t" && (delimiter.Length != 1 || delimiter[0] is '"' or '\r' or '\n'))
            return KernelProblems.Invalid("delimiter", "must be one character, or \\t");
        if (Body.Decimal is not (null or "," or ".")) return KernelProblems.Invalid("decimal", "must be a comma or a point");
        if (Body.DateForm.Length is < 6 or > 20
            || !"dMy".All(letter => Body.DateForm.Contains(letter, StringComparison.Ordinal))
            || Body.DateForm.Any(letter => char.IsLetter(letter) && !"dMy".Contains(letter, StringComparison.Ordinal)))
            return KernelProblems.Invalid("dateForm", "must be of d, M and y, as dd.MM.yyyy");
        if (Body.Encoding is { } encoding && FileText.Find(encoding) is null) return KernelProblems.Invalid("encoding", "must be an encoding that is known, as windows-1252");
        if (Body.SkipLines is < 0 or > MostSkipped) return KernelProblems.Invalid("skipLines", $"must be from 0 to {MostSkipped}");
        return RefuseColumns(Body);
    }

    public override Problem? Decide(Case @case)
    {
        var known = @case.Facts.Get<StatementsFacts>().Mappings.GetValueOrDefault(Mapping);
        if (Body is null && known is not { Removed: false }) return StatementProblems.MappingUnknown.With($"Mapping {Mapping} is not known.", "name");
        if (IsNew && known is { Removed: false }) return StatementProblems.MappingInUse.With($"Mapping {Mapping} reads files already.", "name");
        @case.Put(StatementsTables.Mapping, new SavedMapping(Mapping, Body ?? known!.Body, Removed: Body is null));
        return null;
    }

    internal static void Map(Api api)
    {
        api.Put<CsvMappingBody, SavedMapping>(
            "/csv-mappings/{name}", StatementPermissions.Import, "Saves how to read the CSV files of a bank",
            (body, request) => new PutCsvMapping(request.Route("name"), body), (outcome, _) => outcome.Row<SavedMapping>()!);
        api.Delete<SavedMapping>(
            "/csv-mappings/{name}", StatementPermissions.Import, "Takes a mapping of CSV columns out of use",
            async (request, _) => await request.SubmitAsync(new PutCsvMapping(request.Route("name"), null)) is var (outcome, problem) && problem is null
                ? outcome!.Row<SavedMapping>()!
                : problem!,
            [StatementProblems.MappingUnknown]);
        api.Get<IReadOnlyList<SavedMapping>>(
            "/csv-mappings", StatementPermissions.Read, "The mappings of CSV columns, by name",
            async (request, cancel) => InUse(await request.Desk.CompanyAsync(cancel)).ToArray());
    }

    /// <summary>The mappings to read by: one that is named, or all.</summary>
    internal static Problem? Choose(Facts company, string? name, out IReadOnlyList<CsvMapping> mappings)
    {
        mappings = [.. InUse(company).Where(mapping => name is null || mapping.Name == name).Select(mapping => mapping.Body.Mapping(mapping.Name))];
        return name is not null && mappings.Count == 0 ? StatementProblems.MappingUnknown.With($"Mapping {name} is not known.", "mapping") : null;
    }

    internal static IEnumerable<SavedMapping> InUse(Facts company) =>
        company.Get<StatementsFacts>().Mappings.Values.Where(mapping => !mapping.Removed).OrderBy(mapping => mapping.Name, StringComparer.Ordinal);

    static Problem? RefuseColumns(CsvMappingBody body)
    {
        var held = body.Columns.Select(column => column.Holds).ToList();
        if (body.Columns.Any(column => string.IsNullOrWhiteSpace(column.Header))) return KernelProblems.Invalid("columns", "must each have the name that stands in the header");
        if (held.Where(column => column != CsvColumn.Remittance).GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return KernelProblems.Invalid("columns", $"must hold {Kernel.Storage.Words.Of(twice.Key)} once");
        if (!held.Contains(CsvColumn.BookingDate) && !held.Contains(CsvColumn.ValueDate)) return KernelProblems.Invalid("columns", "must hold bookingDate or valueDate");
        if (held.Contains(CsvColumn.Amount) == (held.Contains(CsvColumn.Credit) && held.Contains(CsvColumn.Debit)))
            return KernelProblems.Invalid("columns", "must hold amount, or credit and debit");
        if (held.Contains(CsvColumn.Direction) && (body.CreditWords is not { Count: > 0 } || body.DebitWords is not { Count: > 0 }))
            return KernelProblems.Invalid("creditWords", "and debitWords must say what the words of the direction column mean");
        if (!held.Contains(CsvColumn.Account) && Told.Account(body.Account) is null) return KernelProblems.Invalid("account", "must be given where no column holds it");
        return !held.Contains(CsvColumn.Currency) && body.Currency is null ? KernelProblems.Invalid("currency", "must be given where no column holds it") : null;
    }
}

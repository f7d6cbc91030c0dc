using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Statements.Screens;

/// <param name="AccountName">Its number where it has no name.</param>
public sealed record StatementRow(RecordedStatement Statement, string AccountName)
{
    public Money? Of(long? minor) => minor is { } known ? new Money(known, Statement.Currency) : null;
}

/// <param name="Refusal">Why the files that were sent are not taken; null when none were, or they are.</param>
/// <param name="Account">The account that is looked at; null for all.</param>
public sealed record StatementsView(
    ListShown Shown, IReadOnlyList<StatementRow> Rows, int Total, IReadOnlyList<BankAccount> Accounts, string? Account, BalanceCheck? Check, Problem? Refusal, bool MayImport)
{
    /// <summary>What the files brought that the visitor has just sent; null when they sent none.</summary>
    public FilesTaken? Taken { get; init; }

    /// <summary>By which CSV files can be read.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];
}

/// <param name="Lines">Those that the statement brought; the others had been told before.</param>
public sealed record StatementView(
    ListShown Shown, RecordedStatement Statement, BankAccount Account, string? Text, LineState? State, IReadOnlyList<StatementLine> Lines, int Total)
{
    /// <summary>What the file brought that the visitor has just sent; null when they sent none.</summary>
    public FilesTaken? Taken { get; init; }
}

/// <summary>Shows bank statements, takes files, and shows one statement with its lines.</summary>
static class StatementPages
{
    const string Address = "/bank-statements";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, (request, cancel) => ListAsync(request, null, cancel));
        pages.MapPage(Address + "/{number}", StatementPermissions.Read, ShowAsync);
    }

    /// <param name="follow">What becomes of the new lines.</param>
    internal static void MapUpload(IEndpointRouteBuilder pages, Func<IReadOnlyList<StatementLine>, PageRequest, CancellationToken, Task> follow) =>
        pages.MapForm(Address, StatementPermissions.Import, (request, cancel) => TakeAsync(request, follow, cancel));

    public static string To(string number) => Address + "/" + Uri.EscapeDataString(number);

    static async Task<PageAnswer> TakeAsync(
        PageRequest request, Func<IReadOnlyList<StatementLine>, PageRequest, CancellationToken, Task> follow, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var files = new List<BankFile>();
        foreach (var file in form.Files.Where(file => file.Length > 0))
        {
            using var whole = new MemoryStream();
            await file.CopyToAsync(whole, cancel);
            files.Add(new BankFile(Told.Text(file.FileName) ?? "the file", whole.ToArray()));
        }

        if (files.Count == 0) return await ListAsync(request, StatementProblems.StatementUnreadable.With("Choose at least one file."), cancel);
        var import = new StatementImport(request.Store, (command, _) => request.Desk.SubmitAsync(command, request.Actor, cancel: cancel));
        var imported = await import.RunAsync(files, request.Company, Entered.Text(form, "mapping"), form["balances"] == "accept", cancel);
        if (imported.Problem is { } refusal) return await ListAsync(request, refusal, cancel);
        await follow(imported.Value!.ToLookAt, request, cancel);
        return PageAnswer.To(FilesTaken.Of(imported.Value, request.Actor).Address(request, imported.Value.Statements is [var only] ? To(only.Number) : Address));
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await new StatementsQuery(request.Store).StatementAsync(number, cancel) is not { } statement) return PageAnswer.Missing(T("There is no bank statement {0}.", number));
        var (text, state) = (request.Query("q"), request.Word<LineState>("state"));
        var shown = ListShown.Of(request, "lines", To(number), ["q", "state"], StatementsQuery.LineSorting.Names);
        if (shown.Form is not null)
            return ListFile.Of(request, shown, T("Bank statement {0}", number), StatementPage.Columns, async part => (await ReadAsync(part)).Found);
        var (lines, total) = await ReadAsync(shown);
        var account = (await new StatementsQuery(request.Store).AccountAsync(statement.Account, cancel))!;
        return PageAnswer.Of<StatementPage, StatementView>(
            T("Bank statement {0}", number), new StatementView(shown, statement, account, text, state, lines, total) { Taken = FilesTaken.Of(request) });

        Task<(IReadOnlyList<StatementLine> Found, int Total)> ReadAsync(ListShown part) =>
            new StatementsQuery(request.Store).LinesAsync(null, number, state, part.Skip, part.Most, cancel, text, part.By, part.Descending);
    }

    static async Task<PageAnswer> ListAsync(PageRequest request, Problem? refusal, CancellationToken cancel)
    {
        var query = new StatementsQuery(request.Store);
        var shown = ListShown.Of(request, "statements", Address, ["account", "check", "from", "to"], StatementsQuery.StatementSorting.Names);
        var (account, check, accounts) = (request.Query("account"), request.Word<BalanceCheck>("check"), await query.AccountsAsync(cancel));
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Bank statements"), StatementsPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<StatementsPage, StatementsView>(
            T("Bank statements"),
            new StatementsView(shown, rows, total, accounts, account, check, refusal, StatementPermissions.Import.IsGrantedTo(request.Actor))
            {
                Taken = refusal is null ? FilesTaken.Of(request) : null, Mappings = [.. PutCsvMapping.InUse(request.Company).Select(mapping => mapping.Name)],
            },
            refusal);

        async Task<(IReadOnlyList<StatementRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await query.StatementsAsync(account, part.Skip, part.Most, cancel, check, request.Day("from"), request.Day("to"), part.By, part.Descending);
            return ([.. found.Select(one => new StatementRow(one, accounts.FirstOrDefault(of => of.Number == one.Account)?.Name ?? one.Account))], all);
        }
    }
}

/// <summary>How statements and lines are told to people.</summary>
static class StatementWords
{
    public static string Of(StatementFormat format) => format switch
    {
        StatementFormat.Camt052 => "camt.052",
        StatementFormat.Camt053 => "camt.053",
        StatementFormat.Camt054 => "camt.054",
        StatementFormat.Mt940 => "MT940",
        StatementFormat.Mt942 => "MT942",
        StatementFormat.Bai2 => "BAI2",
        StatementFormat.Csv => "CSV",
    };

    public static string Of(FilesTaken taken) => taken switch
    {
        { Fresh: 0, Known: 0 } => T("No payment stood in what you sent."),
        { Fresh: 0 } => T("All payments were known already ({0} new, {1} known), so none was posted again.", 0, taken.Known),
        _ => Several(taken.Fresh, "{0} payment is new, {1} were known already.", "{0} payments are new, {1} were known already.", taken.Known),
    };

    public static string Of(CsvColumn column) => column switch
    {
        CsvColumn.BookingDate => T("booking date"),
        CsvColumn.ValueDate => T("value date"),
        CsvColumn.Amount => T("amount#column"),
        CsvColumn.Credit => T("what came in"),
        CsvColumn.Debit => T("what went out"),
        CsvColumn.Direction => T("whether it came in or went out"),
        CsvColumn.Currency => T("currency"),
        CsvColumn.Account => T("our account"),
        CsvColumn.Balance => T("balance"),
        CsvColumn.BankReference => T("the bank's reference"),
        CsvColumn.EndToEnd => T("end-to-end reference"),
        CsvColumn.CreditorReference => T("creditor reference"),
        CsvColumn.CustomerReference => T("customer reference"),
        CsvColumn.Mandate => T("mandate"),
        CsvColumn.Counterparty => T("name of the other side"),
        CsvColumn.CounterpartyAccount => T("account of the other side"),
        CsvColumn.CounterpartyBank => T("bank of the other side"),
        CsvColumn.Remittance => T("what was written"),
        CsvColumn.Code => T("code of the transaction"),
    };

    public static string Of(BalanceCheck check) => check switch
    {
        BalanceCheck.Agrees => T("Balances agree"),
        BalanceCheck.Differs => T("Balances differ"),
        BalanceCheck.NotTold => T("No balances told"),
    };

    public static string Of(LineState state) => state switch
    {
        LineState.New => T("New"),
        LineState.Proposed => T("Proposed"),
        LineState.Matched => T("Receipt"),
        LineState.Ignored => T("Ignored"),
        LineState.Outgoing => T("Went out"),
        LineState.Split => T("Told apart since"),
    };
}

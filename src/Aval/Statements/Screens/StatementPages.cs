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
    ListShown Shown, IReadOnlyList<StatementRow> Rows, int Total, IReadOnlyList<BankAccount> Accounts, string? Account, BalanceCheck? Check, Problem? Refusal, bool MayImport);

/// <param name="Lines">Those that the statement brought; the others had been told before.</param>
public sealed record StatementView(RecordedStatement Statement, BankAccount Account, IReadOnlyList<StatementLine> Lines, int Total, int Page);

/// <summary>Shows bank statements, takes files, and shows one statement with its lines.</summary>
static class StatementPages
{
    const string Address = "/bank-statements";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, (request, cancel) => ListAsync(request, null, cancel));
        pages.MapPage(Address + "/{number}", StatementPermissions.Read, async (request, cancel) =>
        {
            var (number, query) = (request.Route("number"), new StatementsQuery(request.Store));
            if (await query.StatementAsync(number, cancel) is not { } statement) return PageAnswer.Missing(T("There is no bank statement {0}.", number));
            var (lines, total) = await query.LinesAsync(null, number, null, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
            var account = (await query.AccountAsync(statement.Account, cancel))!;
            return PageAnswer.Of<StatementPage, StatementView>(T("Bank statement {0}", number), new StatementView(statement, account, lines, total, request.PageNumber));
        });
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
        var imported = await import.RunAsync(files, request.Company, null, form["balances"] == "accept", cancel);
        if (imported.Problem is { } refusal) return await ListAsync(request, refusal, cancel);
        await follow(imported.Value!.ToLookAt, request, cancel);
        return PageAnswer.To(imported.Value.Statements is [var only] ? To(only.Number) : Address);
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
            new StatementsView(shown, rows, total, accounts, account, check, refusal, StatementPermissions.Import.IsGrantedTo(request.Actor)),
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
        LineState.Matched => T("Matched"),
        LineState.Ignored => T("Ignored"),
        LineState.Outgoing => T("Went out"),
        LineState.Split => T("Told apart since"),
    };
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>A statement as recorded; amounts in its currency.</summary>
/// <param name="BankId">The bank's name for it.</param>
/// <param name="BankNumber">The bank's running number of the account's statements.</param>
/// <param name="Page">The last page of it that the file held; null where the bank does not number pages.</param>
/// <param name="Complete">False where a further page was announced that the file did not hold.</param>
/// <param name="From">The first day that anything in it is dated.</param>
/// <param name="Opening">Booked balance before the entries; null where the bank tells none.</param>
/// <param name="Balances">Whether opening balance and entries give the closing balance, and the bank's other totals agree.</param>
/// <param name="Differences">What does not agree; null where nothing.</param>
/// <param name="Warnings">Which pages of it are missing, or do not join; null where none.</param>
/// <param name="Entries">Booked entries that it holds.</param>
/// <param name="Lines">New payments that it brought.</param>
/// <param name="Duplicates">Payments that an earlier statement had brought.</param>
/// <param name="Pending">Entries that were announced and not booked: they are passed over.</param>
public sealed record StatementAnswer(
    string Number, string Account, StatementFormat Format, string? BankId, string? BankNumber, int? Page, bool Complete, Currency Currency, DateOnly? From, DateOnly? To,
    decimal? Opening, decimal? Closing, BalanceCheck Balances, string? Differences, string? Warnings, int Entries, int Lines, int Duplicates, int Pending, string File,
    DateTimeOffset ImportedAt)
{
    public static StatementAnswer Of(RecordedStatement told) => new(
        told.Number, told.Account, told.Format, told.BankId, told.BankNumber, told.Page, told.IsLastPage, told.Currency, told.From, told.To,
        told.Opening is { } opening ? new Money(opening, told.Currency).Major : null, told.Closing is { } closing ? new Money(closing, told.Currency).Major : null,
        told.Check, Said(told.Differences), Said(told.Warnings), told.Entries, told.Lines, told.Duplicates, told.Pending, told.File, told.ImportedAt);

    static string? Said(string? kept) => KeptWordings.Read(kept) is { Count: > 0 } said ? string.Join("; ", said) : null;
}

/// <param name="Next">What to send as <c>skip</c> for those that follow; null when there are none.</param>
public sealed record StatementsAnswer(IReadOnlyList<StatementAnswer> Statements, int? Next);

/// <param name="Identification">As the bank wrote it first.</param>
/// <param name="AlsoKnownAs">How else banks write it.</param>
/// <param name="Root">Where its lines wait whose payer is unknown; the journal's root.</param>
public sealed record BankAccountAnswer(string Number, string Identification, Currency Currency, string? Name, IReadOnlyList<string> AlsoKnownAs, string Root)
{
    public static BankAccountAnswer Of(BankAccount account) =>
        new(account.Number, account.Identification, account.Currency, account.Name, account.AlsoKnownAs, account.Party());
}

/// <summary>Reads statements and bank accounts.</summary>
static class ReadStatements
{
    public const int MostOnPage = 500;

    internal static void Map(Api api)
    {
        api.Get<StatementsAnswer>(
            "/bank-statements", StatementPermissions.Read, "Bank statements, those that reach furthest first",
            async (request, cancel) =>
            {
                var (skip, limit) = (request.Query<int?>("skip") ?? 0, request.Query<int?>("limit") ?? 100);
                if (skip < 0) return KernelProblems.Invalid("skip", "must not be below 0");
                if (limit is < 1 or > MostOnPage) return KernelProblems.Invalid("limit", $"must be from 1 to {MostOnPage}");
                var (found, total) = await new StatementsQuery(request.Store).StatementsAsync(request.Query<string>("account"), skip, limit, cancel);
                return new StatementsAnswer([.. found.Select(StatementAnswer.Of)], skip + found.Count < total ? skip + found.Count : null);
            },
            [
                new("account", typeof(string), "One bank account; all when absent."), new("skip", typeof(int), "How many to pass over; 0 when absent."),
                new("limit", typeof(int), "Statements on a page, 1 to 500; 100 when absent."),
            ]);
        api.Get<StatementAnswer>(
            "/bank-statements/{number}", StatementPermissions.Read, "A bank statement",
            async (request, cancel) => await new StatementsQuery(request.Store).StatementAsync(request.Route("number"), cancel) is { } statement
                ? StatementAnswer.Of(statement)
                : StatementProblems.StatementUnknown.With($"Bank statement {request.Route("number")} is not known.", "number"),
            problems: [StatementProblems.StatementUnknown]);
        api.Get<IReadOnlyList<BankAccountAnswer>>(
            "/bank-accounts", StatementPermissions.Read, "The bank accounts of which there are statements, by number",
            async (request, cancel) => (await new StatementsQuery(request.Store).AccountsAsync(cancel)).Select(BankAccountAnswer.Of).ToArray());
    }
}

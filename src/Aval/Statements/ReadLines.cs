using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>One payment of a bank statement.</summary>
/// <param name="Number">Account, day, direction, amount and a running number among equals.</param>
/// <param name="Entry">Shared by the payments that the bank has booked together.</param>
/// <param name="Date">Booking date, else value date.</param>
/// <param name="Amount">Above zero what came in, below zero what went out.</param>
/// <param name="Reversal">True when it takes an earlier entry back.</param>
/// <param name="EntryReference">The bank's number of the whole entry.</param>
/// <param name="BankReference">The bank's number of this very payment.</param>
/// <param name="EndToEnd">What the payer numbered it with.</param>
/// <param name="CreditorReference">What we asked the payer to quote.</param>
/// <param name="Payments">How many payments it holds that the bank has not told apart.</param>
/// <param name="Receipt">The receipt that it became; null while there is none.</param>
public sealed record LineAnswer(
    string Number, string Account, string Statement, string Entry, DateOnly Date, DateOnly? BookingDate, DateOnly? ValueDate, decimal Amount, Currency Currency, bool Reversal,
    string? EntryReference, string? BankReference, string? EndToEnd, string? CreditorReference, string? Mandate, string? CustomerReference, string? Counterparty,
    string? CounterpartyAccount, string? CounterpartyBank, string? Remittance, string? Code, int Payments, LineState State, string? Receipt, string? Reason)
{
    public static LineAnswer Of(StatementLine line) => new(
        line.Number, line.Account, line.Statement, line.Entry, line.Day, line.Booked, line.Value, line.Money().Major, line.Currency, line.Reversal, line.EntryReference,
        line.BankReference, line.EndToEnd, line.CreditorReference, line.Mandate, line.CustomerReference, line.Counterparty, line.CounterpartyAccount, line.CounterpartyBank,
        line.Remittance, line.Code, line.Payments, line.State, line.Receipt, line.Reason);
}

/// <param name="Next">What to send as <c>skip</c> for those that follow; null when there are none.</param>
public sealed record LinesAnswer(IReadOnlyList<LineAnswer> Lines, int? Next);

/// <summary>Reads the lines of statements.</summary>
static class ReadLines
{
    internal static void Map(Api api)
    {
        api.Get<LinesAnswer>(
            "/bank-lines", StatementPermissions.Read, "Lines of bank statements, the latest day first",
            async (request, cancel) =>
            {
                var (skip, limit) = (request.Query<int?>("skip") ?? 0, request.Query<int?>("limit") ?? 100);
                if (skip < 0) return KernelProblems.Invalid("skip", "must not be below 0");
                if (limit is < 1 or > ReadStatements.MostOnPage) return KernelProblems.Invalid("limit", $"must be from 1 to {ReadStatements.MostOnPage}");
                var (found, total) = await new StatementsQuery(request.Store).LinesAsync(
                    request.Query<string>("account"), request.Query<string>("statement"), request.Query<LineState?>("state"), skip, limit, cancel);
                return new LinesAnswer([.. found.Select(LineAnswer.Of)], skip + found.Count < total ? skip + found.Count : null);
            },
            [
                new("account", typeof(string), "One bank account; all when absent."), new("statement", typeof(string), "The statement that brought them; all when absent."),
                new("state", typeof(LineState), "One state; all when absent."), new("skip", typeof(int), "How many to pass over; 0 when absent."),
                new("limit", typeof(int), "Lines on a page, 1 to 500; 100 when absent."),
            ]);
        api.Get<LineAnswer>(
            "/bank-lines/{number}", StatementPermissions.Read, "A line of a bank statement",
            async (request, cancel) => await new StatementsQuery(request.Store).LineAsync(request.Route("number"), cancel) is { } line
                ? LineAnswer.Of(line)
                : IgnoreLine.Unknown(request.Route("number")),
            problems: [StatementProblems.LineUnknown]);
    }
}

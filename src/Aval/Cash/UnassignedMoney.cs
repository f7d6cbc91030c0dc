using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>Who may have paid a line, or has.</summary>
/// <param name="Evidence">What tells; empty where a person has said so.</param>
/// <param name="Found">True for the payer whose receipt the line became.</param>
/// <param name="On">The business date on which it was told.</param>
public sealed record LinePayerAnswer(string Payer, IReadOnlyList<PayerEvidence> Evidence, bool Found, DateOnly On)
{
    public static LinePayerAnswer Of(LinePayer payer) => new(payer.Payer, payer.Evidence, payer.Found, payer.On);
}

/// <summary>Money on one of our bank accounts whose payer is not known, and that might be this one's.</summary>
/// <param name="Evidence">What speaks for it.</param>
/// <param name="Others">How many other payers it might be of.</param>
public sealed record UnassignedAnswer(string Line, DateOnly Date, decimal Amount, Currency Currency, IReadOnlyList<PayerEvidence> Evidence, int Others);

/// <summary>Lines that wait for their payer, as seen from those who may have paid them.</summary>
public static class UnassignedMoney
{
    const int Most = 50;
    const int MostAtOnce = 500;

    /// <summary>Those are left out of whom nothing tells any more.</summary>
    const string Possible = "(found OR evidence <> '')";

    internal static void Map(Api api)
    {
        api.Get<IReadOnlyList<LinePayerAnswer>>(
            "/bank-lines/{number}/payers", StatementPermissions.Read, "Who may have paid a bank line, or has, and what says so",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                if (await new StatementsQuery(request.Store).LineAsync(number, cancel) is null)
                    return StatementProblems.LineUnknown.With($"Line {number} is not known.", "number");
                return (await RowsAsync(request.Store, $"line = @key AND {Possible}", number, cancel)).Select(LinePayerAnswer.Of).ToArray();
            },
            problems: [StatementProblems.LineUnknown]);
        api.Get<IReadOnlyList<UnassignedAnswer>>(
            "/customers/{number}/unassigned-money", CashPermissions.Read, "Money whose payer is not known and that might be this payer's, the latest day first; at most 50 lines",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                if (await request.Desk.Directory.RootOfAsync(number, cancel) is null) return PartyProblems.CustomerUnknown.With($"Customer {number} is not known.", "number");
                return (await OfPayerAsync(request.Store, number, cancel)).ToArray();
            },
            problems: [PartyProblems.CustomerUnknown]);
        api.Post<Nothing, MatchedLinesAnswer>(
            "/bank-lines/match", CashPermissions.Match, "Looks again for the payers of all lines that wait",
            async (_, request, cancel) =>
                await new LineMatching(request.Store, request.Desk.Directory, (command, part) => request.SubmitAsync(command, part)).LookAgainAsync(goOn: null, cancel));
    }

    /// <summary>Who may have paid these lines, or has.</summary>
    internal static async Task<IReadOnlyList<LinePayer>> PayersAsync(Store store, IReadOnlyList<string> lines, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {CashFacts.LinePayerTable.ColumnList} FROM line_payer WHERE to_sequence IS NULL AND line {reader.Among("@lines")} ORDER BY \"key\"");
        StoreReader.Add(command, "lines", reader.ListParameter(lines));
        return [.. (await reader.RowsAsync(command, CashFacts.LinePayerTable, cancel)).Cast<LinePayer>()];
    }

    /// <summary>What waits and might be this payer's, the latest day first.</summary>
    public static async Task<IReadOnlyList<UnassignedAnswer>> OfPayerAsync(Store store, string payer, CancellationToken cancel)
    {
        var query = new StatementsQuery(store);
        var found = new List<UnassignedAnswer>();
        foreach (var possible in (await RowsAsync(store, $"payer = @key AND NOT found AND {Possible}", payer, cancel)).Take(Most))
        {
            if (await query.LineAsync(possible.Line, cancel) is not { } line || !line.IsOpen()) continue;
            var others = (await RowsAsync(store, $"line = @key AND {Possible}", possible.Line, cancel)).Count - 1;
            found.Add(new UnassignedAnswer(line.Number, line.Day, line.Money().Major, line.Currency, possible.Evidence, others));
        }

        return [.. found.OrderByDescending(money => money.Date).ThenBy(money => money.Line, StringComparer.Ordinal)];
    }

    static async Task<IReadOnlyList<LinePayer>> RowsAsync(Store store, string where, string key, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {CashFacts.LinePayerTable.ColumnList} FROM line_payer WHERE to_sequence IS NULL AND {where} ORDER BY \"on\" DESC, \"key\" LIMIT {MostAtOnce}");
        StoreReader.Add(command, "key", key);
        return [.. (await reader.RowsAsync(command, CashFacts.LinePayerTable, cancel)).Cast<LinePayer>()];
    }
}

/// <param name="Waiting">Lines looked at.</param>
/// <param name="Receipts">The numbers of the receipts that came of them.</param>
public sealed record MatchedLinesAnswer(int Waiting, IReadOnlyList<string> Receipts);

using Aval.Parties;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;
using Aval.Web;

namespace Aval.Cash.Screens;

/// <summary>Reads a part of what waits for Accounts Receivable, as its list is narrowed and ordered.</summary>
static class CashLists
{
    public static async Task<(IReadOnlyList<WaitingLine> Rows, int Total)> LinesAsync(PageRequest request, ListShown part, CancellationToken cancel)
    {
        var weights = Weights.Of(request.Company);
        var (lines, total) = await new StatementsQuery(request.Store).WaitingAsync(
            request.Query("q"), amount => weights.Compared(amount, "currency"), part.By, part.Descending, part.Skip, part.Most, cancel);
        var payers = (await UnassignedMoney.PayersAsync(request.Store, [.. lines.Select(line => line.Number)], cancel)).Where(payer => payer.IsPossible).ToList();
        var (of, names) = (payers.ToLookup(payer => payer.Line, StringComparer.Ordinal), await NamesAsync(request, payers.Select(payer => payer.Payer), cancel));
        return ([.. lines.Select(line => new WaitingLine(line, [.. of[line.Number]], names))], total);
    }

    public static async Task<(IReadOnlyList<WaitingRow<ProposedReceipt>> Rows, int Total)> ProposalsAsync(PageRequest request, ListShown part, CancellationToken cancel)
    {
        var (found, total) = await CashQuery.ProposedAsync(request.Store, await PayersAsync(request, cancel), part.By, part.Descending, part.Skip, part.Most, cancel);
        return (await NamedAsync(request, found, proposed => proposed.Receipt.Payer, cancel), total);
    }

    /// <summary>As usual what holds orders up comes first; narrowed or ordered otherwise, the database does it all.</summary>
    public static async Task<(IReadOnlyList<WaitingRow<UnappliedReceipt>> Rows, int Total)> UnappliedAsync(PageRequest request, ListShown part, CancellationToken cancel)
    {
        var payers = await PayersAsync(request, cancel);
        if (payers is not null || part.By is not null)
        {
            var (found, total) = await CashQuery.UnappliedAsync(request.Store, request.Company, payers, part.By, part.Descending, part.Skip, part.Most, cancel);
            return (await NamedAsync(request, found, waiting => waiting.Receipt.Payer, cancel), total);
        }

        var usual = await CashQuery.UnappliedAsync(request.Store, request.Company, part.Skip, part.Most, cancel);
        return (await NamedAsync(request, usual.Page, waiting => waiting.Receipt.Payer, cancel), usual.Receipts);
    }

    public static async Task<(IReadOnlyList<WaitingRow<CreditNote>> Rows, int Total)> CreditsAsync(PageRequest request, ListShown part, CancellationToken cancel)
    {
        var (payers, weights) = (await PayersAsync(request, cancel), Weights.Of(request.Company));
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var (found, total) = await WaitingCredits.PageAsync(
            reader, payers, request.Today, amount => weights.Compared(amount, "currency"), part.By, part.Descending, part.Skip, part.Most, cancel);
        return (await NamedAsync(request, found, note => note.Payer, cancel), total);
    }

    static Task<IReadOnlyList<string>?> PayersAsync(PageRequest request, CancellationToken cancel) => CustomerSearch.MeantAsync(request.Store, request.Query("q"), cancel);

    static Task<IReadOnlyDictionary<string, string>> NamesAsync(PageRequest request, IEnumerable<string> payers, CancellationToken cancel) =>
        CustomerSearch.NamesAsync(request.Store, payers, cancel);

    static async Task<IReadOnlyList<WaitingRow<T>>> NamedAsync<T>(PageRequest request, IReadOnlyList<T> found, Func<T, string> payer, CancellationToken cancel)
    {
        var names = await NamesAsync(request, found.Select(payer), cancel);
        return [.. found.Select(one => new WaitingRow<T>(one, names.GetValueOrDefault(payer(one), payer(one))))];
    }
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;
using Aval.Statements.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <summary>What waits for Accounts Receivable.</summary>
public enum CashList
{
    /// <summary>Bank lines whose payer is not known.</summary>
    Lines,
    /// <summary>Receipts of which a person must choose the invoices.</summary>
    Proposals,
    /// <summary>Money that has found no invoice.</summary>
    Unapplied,
    /// <summary>Credit notes that no invoice has taken.</summary>
    Credits,
}

/// <param name="Line">It waits at the root of its bank account.</param>
/// <param name="Payers">Who may have paid it.</param>
/// <param name="Names">Of those payers, by number.</param>
public sealed record WaitingLine(StatementLine Line, IReadOnlyList<LinePayer> Payers, IReadOnlyDictionary<string, string> Names);

/// <param name="PayerName">Its number where the name is not known.</param>
public sealed record WaitingRow<T>(T Waiting, string PayerName);

/// <summary>How much waits on one of the lists, in the company's currency.</summary>
public sealed record CashSum(CashList List, int Count, Money? Amount, string? Told);

/// <param name="Filter">Part of a payer's number or name, or of what stands on a bank line.</param>
/// <param name="Rows">Of the list that is shown.</param>
/// <param name="MayMatch">The one who looks may act.</param>
public sealed record CashView(
    ListShown Shown, CashList List, IReadOnlyList<CashSum> Sums, string? Filter, IReadOnlyList<object> Rows, int Total, bool MayMatch, DateOnly Today);

/// <summary>Shows what waits for Accounts Receivable: money without a payer, matches to choose, money without an invoice, credit notes that nothing has taken.</summary>
static class CashPages
{
    public const string Address = "/cash";

    public static string Line(string number) => $"{Address}/lines/{Uri.EscapeDataString(number)}";

    public static string Receipt(string number) => $"{Address}/receipts/{Uri.EscapeDataString(number)}";

    public static string CreditNote(string number) => $"{Address}/credit-notes/{Uri.EscapeDataString(number)}";

    public static string To(CashList list, int page = 1) =>
        Links.With(Address, ("list", Words.Of(list)), ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, ShowAsync);
        pages.MapForm(Address + "/look-again", CashPermissions.Match, async (request, cancel) =>
        {
            await new LineMatching(request.Store, request.Desk.Directory, (command, _) => request.Desk.SubmitAsync(command, request.Actor, cancel: cancel))
                .LookAgainAsync(goOn: null, cancel);
            return PageAnswer.To(Address);
        });
        ShowLine.Map(pages);
        ShowReceipt.Map(pages);
        ShowLessons.Map(pages);
        ShowCreditNote.Map(pages);
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, CancellationToken cancel)
    {
        var sums = await SumsAsync(request, cancel);
        var list = request.Word<CashList>("list") ?? sums.First(sum => sum.Count > 0 || sum.List == CashList.Unapplied).List;
        var shown = ListShown.Of(request, "cash-" + Words.Of(list), Address, ["q"], SortingOf(list).Names) with { Chooses = [("list", Words.Of(list))] };
        return list switch
        {
            CashList.Lines => await AnswerAsync(CashPage.LineColumns(request.Today), part => CashLists.LinesAsync(request, part, cancel)),
            CashList.Proposals => await AnswerAsync(CashPage.ProposalColumns, part => CashLists.ProposalsAsync(request, part, cancel)),
            CashList.Unapplied => await AnswerAsync(CashPage.UnappliedColumns(request.Today), part => CashLists.UnappliedAsync(request, part, cancel)),
            CashList.Credits => await AnswerAsync(CashPage.CreditColumns(request.Today), part => CashLists.CreditsAsync(request, part, cancel)),
        };

        async Task<PageAnswer> AnswerAsync<TRow>(IReadOnlyList<ListColumn<TRow>> columns, Func<ListShown, Task<(IReadOnlyList<TRow> Rows, int Total)>> read) where TRow : class
        {
            if (shown.Form is not null) return ListFile.Of(request, shown, CashPage.NameOf(list), columns, async part => (await read(part)).Rows);
            var (rows, total) = await read(shown);
            return PageAnswer.Of<CashPage, CashView>(
                T("Cash"), new CashView(shown, list, sums, request.Query("q"), rows, total, CashPermissions.Match.IsGrantedTo(request.Actor), request.Today));
        }
    }

    static Sorting SortingOf(CashList list) => list switch
    {
        CashList.Lines => StatementsQuery.WaitingSorting,
        CashList.Proposals => CashQuery.ProposedSorting,
        CashList.Unapplied => UnappliedMoney.Sorting,
        CashList.Credits => WaitingCredits.Sorting,
    };

    static async Task<CashSum[]> SumsAsync(PageRequest request, CancellationToken cancel)
    {
        var waiting = await new StatementsQuery(request.Store).WaitingSumsAsync(cancel);
        var unapplied = await CashQuery.UnappliedAsync(request.Store, request.Company, 0, 0, cancel);
        var proposals = (await CashQuery.ProposedAsync(request.Store, 0, 0, cancel)).Total;
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var credits = await WaitingCredits.SumsAsync(reader, request.Today, cancel);
        return
        [
            new(CashList.Lines, waiting.Sum(sum => sum.Lines), CashQuery.Sum(waiting.Select(sum => sum.Amount), request.Company), null),
            new(CashList.Proposals, proposals, null, T("to be chosen")),
            new(CashList.Unapplied, unapplied.Receipts, CashQuery.Sum(unapplied.Open, request.Company), unapplied.Held.Count == 0
                ? null
                : Several(
                    unapplied.Held.Count, "holds up {0} order, {1}", "holds up {0} orders, {1}",
                    CashQuery.Sum(unapplied.Held.Select(item => item.Amount), request.Company))),
            new(CashList.Credits, credits.Sum(sum => sum.Notes), CashQuery.Sum(credits.Select(sum => sum.Open), request.Company), T("owed to customers")),
        ];
    }
}

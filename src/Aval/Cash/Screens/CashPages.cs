using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Parties;
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
public sealed record WaitingLine(StatementLine Line, IReadOnlyList<LinePayer> Payers);

/// <summary>How much waits on one of the lists, in the company's currency.</summary>
public sealed record CashSum(CashList List, int Count, Money? Amount, string? Told);

/// <param name="Names">Of all customers that are named.</param>
/// <param name="MayMatch">The one who looks may act.</param>
public sealed record CashView(
    CashList Shown, IReadOnlyList<CashSum> Sums, IReadOnlyList<WaitingLine> Lines, IReadOnlyList<ProposedReceipt> Proposals, IReadOnlyList<UnappliedReceipt> Receipts,
    IReadOnlyDictionary<string, string> Names, int Total, int Page, bool MayMatch, DateOnly Today)
{
    /// <summary>With something open.</summary>
    public IReadOnlyList<CreditNote> Credits { get; init; } = [];
}

/// <summary>Shows what waits for Accounts Receivable: money without a payer, matches to choose, money without an invoice, credit notes that nothing has taken.</summary>
static class CashPages
{
    public const string Address = "/cash";

    public static string Line(string number) => $"{Address}/lines/{Uri.EscapeDataString(number)}";

    public static string Receipt(string number) => $"{Address}/receipts/{Uri.EscapeDataString(number)}";

    public static string CreditNote(string number) => $"{Address}/credit-notes/{Uri.EscapeDataString(number)}";

    public static string To(CashList list, int page = 1) =>
        Links.With(Address, ("list", Kernel.Storage.Words.Of(list)), ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));

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
        var (skip, query) = ((request.PageNumber - 1) * Pager.PageSize, new StatementsQuery(request.Store));
        var waiting = await query.WaitingSumsAsync(cancel);
        var credits = await CashQuery.CreditsAsync(request.Store, request.Today, cancel);
        var (proposed, proposals) = await CashQuery.ProposedAsync(request.Store, skip, Pager.PageSize, cancel);
        var lines = waiting.Sum(sum => sum.Lines);
        var shown = request.Word<CashList>("list") ?? (lines > 0 ? CashList.Lines : proposals > 0 ? CashList.Proposals : CashList.Unapplied);
        var unapplied = await CashQuery.UnappliedAsync(request.Store, request.Company, skip, shown == CashList.Unapplied ? Pager.PageSize : 0, cancel);
        CashSum[] sums =
        [
            new(CashList.Lines, lines, CashQuery.Sum(waiting.Select(sum => sum.Amount), request.Company), null),
            new(CashList.Proposals, proposals, null, T("to be chosen")),
            new(CashList.Unapplied, unapplied.Receipts, CashQuery.Sum(unapplied.Open, request.Company), unapplied.Held.Count == 0
                ? null
                : Several(
                    unapplied.Held.Count, "holds up {0} order, {1}", "holds up {0} orders, {1}",
                    CashQuery.Sum(unapplied.Held.Select(item => item.Amount), request.Company))),
            new(CashList.Credits, credits.Count, CashQuery.Sum(credits.Select(note => new Money(note.Open, note.Currency)), request.Company), T("owed to customers")),
        ];
        IReadOnlyList<WaitingLine> shownLines = shown == CashList.Lines ? await LinesAsync(request, query, skip, cancel) : [];
        if (shown != CashList.Proposals) proposed = [];
        credits = shown == CashList.Credits ? [.. credits.Skip(skip).Take(Pager.PageSize)] : [];
        var names = await CustomerSearch.NamesAsync(
            request.Store,
            [
                .. shownLines.SelectMany(line => line.Payers).Select(payer => payer.Payer), .. proposed.Select(of => of.Receipt.Payer),
                .. unapplied.Page.Select(of => of.Receipt.Payer), .. credits.Select(note => note.Payer),
            ],
            cancel);
        return PageAnswer.Of<CashPage, CashView>(T("Cash"), new CashView(
            shown, sums, shownLines, proposed, unapplied.Page, names, sums.Single(sum => sum.List == shown).Count, request.PageNumber,
            CashPermissions.Match.IsGrantedTo(request.Actor), request.Today) { Credits = credits });
    }

    static async Task<IReadOnlyList<WaitingLine>> LinesAsync(PageRequest request, StatementsQuery query, int skip, CancellationToken cancel)
    {
        var lines = await query.WaitingAsync(skip, Pager.PageSize, cancel);
        var payers = (await UnassignedMoney.PayersAsync(request.Store, [.. lines.Select(line => line.Number)], cancel)).ToLookup(payer => payer.Line, StringComparer.Ordinal);
        return [.. lines.Select(line => new WaitingLine(line, [.. payers[line.Number].Where(payer => payer.IsPossible)]))];
    }
}

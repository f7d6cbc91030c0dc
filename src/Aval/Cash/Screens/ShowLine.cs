using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Statements;
using Aval.Statements.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <param name="Refused">Why what was sent was refused; null when nothing was.</param>
public sealed record LineView(
    StatementLine Line, IReadOnlyList<LinePayer> Payers, IReadOnlyDictionary<string, string> Names, Problem? Refused, bool MayReceive, bool MaySettle)
{
    /// <summary>Of the line as it is shown.</summary>
    public string Edition => Kernel.Edition.TagOf(StatementsTables.Line, Line);
}

/// <summary>Shows a bank line with who may have paid it, and takes what a person says of it.</summary>
static class ShowLine
{
    const string Address = CashPages.Address + "/lines/{number}";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, (request, cancel) => ShowAsync(request, null, cancel));
        Take(pages, "receive", CashPermissions.Match, async (request, sent, cancel) =>
        {
            var line = await new StatementsQuery(request.Store).LineAsync(request.Route("number"), cancel);
            var payer = sent.Needed("payer");
            var naming = new NamedInvoices(request.Store, request.Desk.Directory);
            var named = line is null ? [] : await naming.InAsync(ReceiveLine.TextOf(line), payer, line.Amount, cancel);
            return new ReceiveLine(request.Route("number"), payer, named, ByHand: true);
        });
        Take(pages, "ignore", StatementPermissions.Settle, (request, sent, _) => Task.FromResult<Command>(new IgnoreLine(request.Route("number"), sent.Needed("reason"))));
        Take(pages, "reopen", StatementPermissions.Settle, (request, _, _) => Task.FromResult<Command>(new IgnoreLine(request.Route("number"), null)));
    }

    static void Take(IEndpointRouteBuilder pages, string act, Permission permission, Func<PageRequest, SentForm, CancellationToken, Task<Command>> command) =>
        pages.MapOnce($"{Address}/{act}", permission, async (request, sent, cancel) =>
        {
            var asked = await command(request, sent, cancel);
            if ((await request.SubmitOnceAsync(sent, asked, cancel)).Problem is { } refused) return await ShowAsync(request, refused, cancel);
            return PageAnswer.To(asked is ReceiveLine ? CashPages.Receipt(request.Route("number")) : CashPages.Line(request.Route("number")));
        });

    static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await new StatementsQuery(request.Store).LineAsync(number, cancel) is not { } line) return PageAnswer.Missing(T("There is no bank line {0}.", number));
        var payers = (await UnassignedMoney.PayersAsync(request.Store, [number], cancel)).Where(payer => payer.Found || payer.IsPossible).ToList();
        var names = await CustomerSearch.NamesAsync(request.Store, payers.Select(payer => payer.Payer), cancel);
        return PageAnswer.Of<LinePage, LineView>(
            T("Bank line {0}", number),
            new LineView(line, payers, names, refused, CashPermissions.Match.IsGrantedTo(request.Actor), StatementPermissions.Settle.IsGrantedTo(request.Actor)),
            refused);
    }
}

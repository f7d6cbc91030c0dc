using Aval.Kernel;
using Aval.Parties;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <param name="Payer">The payer's name.</param>
/// <param name="Withdrawals">What refunds have paid back of it, and what took them back.</param>
/// <param name="Refused">What was asked, what was sent for it, and why it was refused; null when nothing was.</param>
public sealed record CreditNoteView(
    CreditNote Note, string Payer, IReadOnlyList<Withdrawal> Withdrawals, bool MayRefund, (string Act, IFormCollection Sent, Problem Problem)? Refused)
{
    /// <summary>Of the credit note as it is shown.</summary>
    public string Edition => Kernel.Edition.TagOf(ReceivablesTables.CreditNote, Note);

    public Money Of(long minor) => new(minor, Note.Currency);

    /// <summary>What was typed in a field of a form that was refused.</summary>
    public string? Typed(string act, string field, string? usual = null) => Refused is { } refused && refused.Act == act ? refused.Sent[field].ToString() : usual;
}

/// <summary>Shows a credit note and what was paid back of it, and pays back what no invoice has taken.</summary>
static class ShowCreditNote
{
    const string Address = CashPages.Address + "/credit-notes/{number}";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, Statements.StatementPermissions.Read, (request, cancel) => ShowAsync(request, null, cancel));
        Act(pages, "refund", (number, sent) =>
            new RefundCreditNote(new RefundBody(sent.Needed("document"), sent.Number("amount") ?? 0, sent.Needed("reason"), CreditNote: number)));
        Act(pages, "reverse-refund", (number, sent) =>
            new ReverseCreditRefund(sent.Needed("withdrawal"), new ReversalBody(sent.Needed("document"), sent.Needed("reason")), number));
    }

    static void Act(IEndpointRouteBuilder pages, string act, Func<string, SentForm, Command> command) =>
        pages.MapOnce($"{Address}/{act}", ReceivablesPermissions.Refund, async (request, sent, cancel) =>
        {
            var number = request.Route("number");
            var answer = await request.SubmitOnceAsync(sent, command(number, sent), cancel);
            return answer.Problem is { } refused ? await ShowAsync(request, (act, sent.Form, refused), cancel) : PageAnswer.To(CashPages.CreditNote(number));
        });

    static async Task<PageAnswer> ShowAsync(PageRequest request, (string, IFormCollection, Problem Problem)? refused, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await new ReceivablesQuery(request.Store).CreditNoteAsync(number, cancel) is not { } note) return PageAnswer.Missing(T("There is no credit note {0}.", number));
        var names = await CustomerSearch.NamesAsync(request.Store, [note.Payer], cancel);
        return PageAnswer.Of<CreditNotePage, CreditNoteView>(
            T("Credit note {0}", number),
            new CreditNoteView(
                note, names.GetValueOrDefault(note.Payer, note.Payer), await WithdrawalsQuery.OfCreditNoteAsync(request.Store, number, cancel),
                ReceivablesPermissions.Refund.IsGrantedTo(request.Actor), refused),
            refused?.Problem);
    }
}

using Aval.Cash.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <param name="Payer">The payer's name.</param>
/// <param name="Waiting">The receipt and the orders that it holds up.</param>
/// <param name="Match">Null for a receipt that nobody has tried to match.</param>
/// <param name="Paid">What it has paid, and what was taken back, in the order in which it happened.</param>
/// <param name="Open">The payer's first open invoices, the earliest due first.</param>
/// <param name="Refused">What was asked, what was sent for it, and why it was refused; null when nothing was.</param>
public sealed record ReceiptView(
    string Payer, UnappliedReceipt Waiting, ReceiptMatch? Match, IReadOnlyList<Settlement> Paid, IReadOnlyList<Withdrawal> Withdrawals, IReadOnlyList<AgedInvoice> Open,
    int OpenInAll, Actor Actor, DateOnly Today, (string Act, IFormCollection Sent, Problem Problem)? Refused)
{
    public Receipt Receipt => Waiting.Receipt;

    public Money Unapplied => new(Receipt.Open, Receipt.Currency);

    /// <summary>What was typed in a field of a form that was refused.</summary>
    public string? Typed(string act, string field, string? usual = null) => Refused is { } refused && refused.Act == act ? refused.Sent[field].ToString() : usual;

    /// <summary>What the visitor has just paid, with this receipt or the one before; null when the page is only looked at.</summary>
    public ReceiptDone? Done { get; init; }

    /// <summary>What to choose next, where this one waits for a choice; null when nothing else does.</summary>
    public string? Next { get; init; }

    /// <summary>The documents that the candidates name, as far as they are the payer's open invoices.</summary>
    public IReadOnlyDictionary<string, AgedInvoice> Named { get; init; } = new Dictionary<string, AgedInvoice>();

    /// <summary>Of the receipt as it is shown.</summary>
    public string Edition => Kernel.Edition.TagOf(ReceivablesTables.Receipt, Receipt);

    /// <summary>Of the invoices on the page, of which a rest may be written off; empty for who may not.</summary>
    public IReadOnlyList<string> InvoiceEditions { get; init; } = [];

    public bool May(Permission permission) => permission.IsGrantedTo(Actor);
}

/// <summary>Shows a receipt, how it was matched and what else may be done with it, and does that.</summary>
static class ShowReceipt
{
    const string Address = CashPages.Address + "/receipts/{number}";

    /// <summary>Open invoices on the page; any other is named by its number.</summary>
    const int MostOpen = 100;

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, Statements.StatementPermissions.Read, (request, cancel) => ShowAsync(request, null, cancel));
        Act(pages, "match", CashPermissions.Match, async (request, number, _, cancel) =>
        {
            var receipt = await new ReceivablesQuery(request.Store).ReceiptAsync(number, cancel);
            var naming = new NamedInvoices(request.Store, request.Desk.Directory);
            return new MatchReceipt(number, receipt is null ? [] : await naming.InAsync(receipt.Reference, receipt.Payer, receipt.Open, cancel));
        });
        Act(pages, "confirm", CashPermissions.Match, (_, number, sent, _) =>
        {
            var candidate = (int)Math.Clamp(sent.Number("candidate") ?? 0, 0, 1000);
            return Of(new ConfirmMatch(number, new ConfirmBody(candidate, sent.Texts($"document-{candidate}"))));
        });
        Act(pages, "undo", CashPermissions.Match, async (request, number, sent, cancel) =>
            new UndoMatch(number, new UndoBody(sent.Needed("reason")), await MatchTrail.ReadAsync(request.Store, number, cancel)));
        pages.MapOnce(Address + "/take-back", CashPermissions.Match, TakeBackAsync);
        Act(pages, "allocations", ReceivablesPermissions.AllocateReceipts, (_, number, sent, _) =>
            Of(new AllocateReceipt(number, Chosen(sent))));
        Act(pages, "on-account", ReceivablesPermissions.AllocateReceipts, (_, number, sent, _) => Of(new PutOnAccount(number, new OnAccountBody(sent.Needed("reason")))));
        Act(pages, "refund", ReceivablesPermissions.Refund, (_, number, sent, _) =>
            Of(new RefundReceipt(new RefundBody(sent.Needed("document"), sent.Number("amount") ?? 0, sent.Needed("reason"), number))));
        Act(pages, "transfer", ReceivablesPermissions.Transfer, async (request, number, sent, cancel) => new TransferToPayer(
            new TransferBody(sent.Needed("document"), number, sent.Needed("to"), sent.Needed("reason"), sent.Number("amount")),
            await Lessons.ReadAsync(request.Store, request.Desk.Directory, number, cancel)));
        Act(pages, "deduction", CashPermissions.Match, (_, number, sent, _) => Of(new DeductFromInvoice(number, new DeductionBody(
            sent.Needed("document"), sent.Needed("invoice"), sent.Number("paid") ?? 0, sent.Word<DisputeReason>("reason") ?? DisputeReason.Other,
            sent.Word<OwnerFunction>("owner") ?? OwnerFunction.AccountsReceivable, sent.Number("deducted"), sent.Text("note"), sent.Text("evidence")))));
        Act(pages, "write-off", ReceivablesPermissions.WriteOff, (request, _, sent, _) =>
            Of(new WriteOff(new WriteOffBody(sent.Needed("document"), sent.Needed("invoice"), request.Today, sent.Number("amount") ?? 0, sent.Needed("reason")))));
        Act(pages, "return", ReceivablesPermissions.RecordReceipts, async (request, number, sent, cancel) => new ReturnReceipt(
            number, new ReturnBody(sent.Day("date") ?? request.Today, sent.Needed("reason")), await MatchTrail.ReadAsync(request.Store, number, cancel)));
        Act(pages, "reverse-refund", ReceivablesPermissions.Refund, (_, number, sent, _) =>
            Of(new ReverseWithdrawal(WithdrawalKind.Refund, sent.Needed("withdrawal"), new ReversalBody(sent.Needed("document"), sent.Needed("reason")), number)));
        Act(pages, "reverse-transfer", ReceivablesPermissions.Transfer, async (request, number, sent, cancel) => new ReverseTransfer(
            sent.Needed("withdrawal"), new ReversalBody(sent.Needed("document"), sent.Needed("reason")), number,
            await Lessons.ReadAsync(request.Store, request.Desk.Directory, number, cancel)));
    }

    /// <summary>A dispute that is named is settled by the first of them, so it is refused where it is about another.</summary>
    static AllocationBody[] Chosen(SentForm sent) =>
        [.. sent.Rows("invoice", "amount").Select((row, at) => new AllocationBody(row.First, row.Second, Dispute: at == 0 ? sent.Text("dispute") : null))];

    static void Act(IEndpointRouteBuilder pages, string act, Permission permission, Func<PageRequest, string, SentForm, CancellationToken, Task<Command>> command) =>
        pages.MapOnce($"{Address}/{act}", permission, async (request, sent, cancel) =>
        {
            var number = request.Route("number");
            var answer = await MatchTrail.SendAsync(async () => await request.SubmitOnceAsync(sent, await command(request, number, sent, cancel), cancel));
            if (answer.Problem is { } refused) return await ShowAsync(request, (act, sent.Form, refused), cancel);
            return PageAnswer.To(await AfterAsync(request, act, number, answer.Outcome!, cancel));
        });

    /// <summary>Who has confirmed one proposal goes on to the next; what pays can be taken back on the page that follows.</summary>
    static async Task<string> AfterAsync(PageRequest request, string act, string number, Outcome outcome, CancellationToken cancel)
    {
        if (act is not ("confirm" or "allocations")) return CashPages.Receipt(number);
        var next = act == "confirm" ? await CashQuery.NextProposedAsync(request.Store, await ReadMatches.FindAsync(request.Store, number, cancel), cancel) : null;
        return ReceiptDone.Address(CashPages.Receipt(next ?? number), outcome);
    }

    /// <summary>Takes back what was confirmed a moment ago, and leads to where it can be chosen anew.</summary>
    static async Task<PageAnswer> TakeBackAsync(PageRequest request, SentForm sent, CancellationToken cancel)
    {
        var number = request.Route("number");
        var answer = await MatchTrail.SendAsync(async () => await request.SubmitOnceAsync(
            sent, new UndoMatch(number, new UndoBody("taken back at once"), await MatchTrail.ReadAsync(request.Store, number, cancel)), cancel));
        if (answer.Problem is { } refused) return await ShowAsync(request, ("undo", sent.Form, refused), cancel);
        var receipt = await new ReceivablesQuery(request.Store).ReceiptAsync(number, cancel);
        var named = receipt is null ? [] : await new NamedInvoices(request.Store, request.Desk.Directory).InAsync(receipt.Reference, receipt.Payer, receipt.Open, cancel);
        await request.Desk.SubmitAsync(new MatchReceipt(number, named), request.Actor, cancel: cancel);
        return PageAnswer.To(CashPages.Receipt(number));
    }

    static Task<Command> Of(Command command) => Task.FromResult(command);

    static async Task<PageAnswer> ShowAsync(PageRequest request, (string Act, IFormCollection Sent, Problem Problem)? refused, CancellationToken cancel)
    {
        var (number, query) = (request.Route("number"), new ReceivablesQuery(request.Store));
        if (await query.ReceiptAsync(number, cancel) is not { } receipt) return PageAnswer.Missing(T("There is no receipt {0}.", number));
        var match = await ReadMatches.FindAsync(request.Store, number, cancel);
        var waiting = await CashQuery.OfAsync(request.Store, request.Company, receipt, match?.Status, cancel);
        IReadOnlyList<AgedInvoice> open = receipt.Open > 0 ? await query.OpenAsync(receipt.Payer, request.Today, cancel) : [];
        var shown = open.OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal).Take(MostOpen).ToList();
        var paid = await query.SettlementsOfAsync(number, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, [receipt.Payer], cancel);
        var named = match?.Candidates.SelectMany(candidate => candidate.Parts).Select(part => part.Document).ToHashSet(StringComparer.Ordinal) ?? [];
        return PageAnswer.Of<ReceiptPage, ReceiptView>(
            T("Receipt {0}", number),
            new ReceiptView(
                names.GetValueOrDefault(receipt.Payer, receipt.Payer), waiting, match, paid,
                await WithdrawalsQuery.OfReceiptAsync(request.Store, number, cancel), shown, open.Count, request.Actor, request.Today, refused)
            {
                Done = refused is null ? await ReceiptDone.OfAsync(request, cancel) : null,
                Named = open.Where(invoice => named.Contains(invoice.Number)).ToDictionary(invoice => invoice.Number, StringComparer.Ordinal),
                InvoiceEditions = await InvoiceEditionsAsync(),
                Next = match?.Status == MatchStatus.Proposed ? await CashQuery.NextProposedAsync(request.Store, match, cancel) : null,
            },
            refused?.Problem);

        async Task<IReadOnlyList<string>> InvoiceEditionsAsync()
        {
            if (receipt.Status == ReceiptStatus.Returned || !ReceivablesPermissions.WriteOff.IsGrantedTo(request.Actor)) return [];
            var root = await request.Desk.Directory.RootOfAsync(receipt.Payer, cancel) ?? receipt.Payer;
            // One that was typed and stands nowhere on the page has its state from then on.
            var typed = refused?.Sent["invoice"].OfType<string>() ?? [];
            return await query.EditionsAsync(root, [.. shown.Select(invoice => invoice.Number).Union(paid.Select(one => one.Invoice)).Union(typed)], cancel);
        }
    }
}

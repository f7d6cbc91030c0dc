using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

public sealed record UndoBody(string Reason);

/// <summary>Takes back what a receipt has paid: the invoices are open again, and the receipt waits for another match.</summary>
/// <param name="Beside">Settlements posted with its match: credit notes netted, discounts and rests written off.</param>
/// <param name="CreditNotes">The credit notes among them.</param>
public sealed record UndoMatch(string Number, UndoBody Body, ReceiptTrail Trail, IReadOnlyList<string> Beside, IReadOnlyList<string> CreditNotes) : Command
{
    public override string Name => "undoMatch";
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.RootsAsync(directory, cancel);

    public override IReadOnlyList<Cite> Cites =>
    [
        .. Trail.Cites(Number), Cite.Of(CashFacts.Table, Number), .. Beside.Select(id => Cite.Of(ReceivablesTables.Settlement, id)),
        .. CreditNotes.Select(note => Cite.Of(ReceivablesTables.CreditNote, note)),
    ];

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.", "number");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (receipt.Allocated == 0) return CashProblems.NothingMatched.With($"Receipt {Number} has paid nothing.");
        var match = @case.Facts.Find<ReceiptMatch>(Number);
        var beside = match is { Status: MatchStatus.Posted } ? match.Settlements : [];
        if (ReceiptTrail.Find(@case, receipt) is not { } paid || !beside.SequenceEqual(Beside)) return KernelProblems.VersionStale.With($"Receipt {Number} has changed meanwhile.");
        @case.Reason = Body.Reason;
        foreach (var (root, settlement, _) in paid)
        {
            // The same invoice may have been paid twice, so it is looked at as the last settlement left it.
            var returned = Settling.Return(receipt, settlement, @case.Of(root).Find<Invoice>(settlement.Invoice)!, @case.Today, Body.Reason);
            receipt = returned.Receipt;
            @case.Put(ReceivablesTables.Invoice, returned.Invoice, root);
            if (returned.Was != settlement) @case.Put(ReceivablesTables.Settlement, returned.Was, root);
            @case.Put(ReceivablesTables.Settlement, returned.Back, root);
            Behaviours.Note(@case, Paid.Back(settlement, returned.Invoice), root);
        }

        @case.Put(ReceivablesTables.Receipt, receipt);
        foreach (var id in beside) TakeBack(@case, id);
        @case.Put(CashFacts.Table, new ReceiptMatch(
            Number, receipt.Payer, receipt.Currency, MatchStatus.Undone, match?.Posted, [], GaveUp: false, [], @case.Actor.Name, @case.Today, Body.Reason));
        return null;
    }

    internal static void Map(Api api) => api.Post<UndoBody, MatchAnswer>(
        "/receipts/{number}/match/undo", CashPermissions.Match, "Takes back what a receipt has paid, by rule or by hand: the invoices are open again",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            for (var attempt = 1; ; attempt++)
            {
                var (_, problem) = await request.SubmitAsync(await OfAsync(request, number, body, cancel));
                if (problem?.Kind == KernelProblems.VersionStale && attempt < 3) continue;
                return problem is not null ? problem : await ReadMatches.AnswerAsync(request, number, cancel);
            }
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, CashProblems.NothingMatched, KernelProblems.VersionStale]);

    static async Task<UndoMatch> OfAsync(ApiRequest request, string number, UndoBody body, CancellationToken cancel)
    {
        var settlements = await new ReceivablesQuery(request.Store).SettlementsOfAsync(number, cancel);
        var match = await ReadMatches.FindAsync(request.Store, number, cancel);
        var posted = match is { Status: MatchStatus.Posted } ? match : null;
        var trail = ReceiptTrail.Of(settlements);
        var notes = posted?.Posted?.Parts.Where(part => part.CreditNote).Select(part => part.Document).ToImmutableArray() ?? [];
        var invoices = posted?.Posted?.Parts.Where(part => !part.CreditNote).Select(part => part.Document).ToImmutableArray() ?? [];
        return new UndoMatch(number, body, trail with { Invoices = [.. trail.Invoices.Union(invoices, StringComparer.Ordinal)] }, posted?.Settlements ?? [], notes);
    }

    void TakeBack(Case @case, string id)
    {
        var settlement = @case.Facts.Find<Settlement>(id)!;
        var (invoice, back) = Settling.TakeBack(settlement, @case.Facts.Find<Invoice>(settlement.Invoice)!, @case.Today, Body.Reason);
        @case.Put(ReceivablesTables.Invoice, invoice);
        @case.Put(ReceivablesTables.Settlement, back);
        if (settlement.Source == SettlementSource.CreditNote && @case.Facts.Find<CreditNote>(settlement.SourceNumber) is { } note)
            @case.Put(ReceivablesTables.CreditNote, note with { Applied = note.Applied - settlement.Amount });
    }
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

public sealed record UndoBody(string Reason);

/// <summary>Takes back what a receipt has paid: the invoices are open again, and the receipt waits for another match.</summary>
public sealed record UndoMatch(string Number, UndoBody Body, MatchTrail Trail) : Command
{
    public override string Name => "undoMatch";
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.Receipt.RootsAsync(directory, cancel);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => Trail.Cites(Number);

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.", "number");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (receipt.Allocated == 0) return CashProblems.NothingMatched.With($"Receipt {Number} has paid nothing.");
        if (DeductedDisputes.TakeBack(@case, receipt, Body.Reason) is { } goneOn)
            return CashProblems.DeductionDisputed.With($"Dispute {goneOn.Number} about what receipt {Number} has left off has gone on.");
        if (Trail.TakeBack(@case, receipt, @case.Today, Body.Reason) is not { } whole) return KernelProblems.VersionStale.With($"Receipt {Number} has changed meanwhile.");
        @case.Reason = Body.Reason;
        @case.Put(ReceivablesTables.Receipt, whole);
        Lessons.TakeBackMatch(@case, receipt);
        var match = @case.Facts.Find<ReceiptMatch>(Number) ?? ReceiptMatch.Nothing(whole, @case.Today);
        @case.Put(CashFacts.Table, match.TakenBack(@case.Actor.Name, @case.Today, Body.Reason));
        return null;
    }

    internal static void Map(Api api) => api.Post<UndoBody, MatchAnswer>(
        "/receipts/{number}/match/undo", CashPermissions.Match, "Takes back what a receipt has paid, by rule or by hand: the invoices are open again",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var (_, problem) = await MatchTrail.SendAsync(async () =>
                await request.SubmitAsync(new UndoMatch(number, body, await MatchTrail.ReadAsync(request.Store, number, cancel))));
            return problem is not null ? problem : await ReadMatches.AnswerAsync(request, number, cancel);
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, CashProblems.NothingMatched, CashProblems.DeductionDisputed, KernelProblems.VersionStale]);
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <param name="Date">The day on which it went back: from the receipt's to the business date.</param>
public sealed record ReturnBody(DateOnly Date, string Reason);

/// <summary>The money went back, cleared or not: what it paid is open again, with what was settled beside it. A receipt that was returned already stays as it is.</summary>
public sealed record ReturnReceipt(string Number, ReturnBody Body, MatchTrail Trail) : Command
{
    public override string Name => "returnReceipt";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => Trail.Cites(Number);
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.Receipt.RootsAsync(directory, cancel);

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.");
        if (receipt.Status == ReceiptStatus.Returned) return null;
        if (receipt.Withdrawn > 0) return ReceivablesProblems.MoneyPassedOn.With($"{new Money(receipt.Withdrawn, receipt.Currency)} of receipt {Number} went elsewhere.");
        if (receipt.TransferredFrom is { } first) return ReceivablesProblems.MoneyPassedOn.With($"The money of receipt {Number} came with receipt {first}: that one is returned.");
        if (Body.Date < receipt.Date || Body.Date > @case.Today)
            return KernelProblems.FieldInvalid.With($"date must be from {receipt.Date:yyyy-MM-dd}, the receipt's, to the business date {@case.Today:yyyy-MM-dd}.", "date");
        // The money is gone whatever has become of the dispute: one that has gone on stands.
        DeductedDisputes.TakeBack(@case, receipt, Body.Reason);
        if (Trail.TakeBack(@case, receipt, Body.Date, Body.Reason) is not { } whole) return KernelProblems.VersionStale.With($"Receipt {Number} has paid more meanwhile.");
        @case.Reason = Body.Reason;
        @case.Put(ReceivablesTables.Receipt, whole with { Status = ReceiptStatus.Returned, ReturnedOn = Body.Date });
        if (@case.Facts.Find<ReceiptMatch>(Number) is { } match) @case.Put(CashFacts.Table, match.TakenBack(@case.Actor.Name, @case.Today, Body.Reason));
        return null;
    }

    internal static void Map(Api api) => api.Post<ReturnBody, ReceiptAnswer>(
        "/receipts/{number}/return", ReceivablesPermissions.RecordReceipts, "Returns a receipt: what it paid is open again; one that was returned already stays as it is",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var (outcome, problem) = await MatchTrail.SendAsync(async () =>
                await request.SubmitAsync(new ReturnReceipt(number, body, await MatchTrail.ReadAsync(request.Store, number, cancel))));
            if (problem is not null) return problem;
            return ReceiptAnswer.Of(outcome!.Row<Receipt>() ?? (await new ReceivablesQuery(request.Store).ReceiptAsync(number, cancel))!);
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.MoneyPassedOn, KernelProblems.VersionStale]);
}

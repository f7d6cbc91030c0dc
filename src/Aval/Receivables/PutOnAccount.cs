using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <param name="Reason">Why it stays: what the payer wants of it.</param>
public sealed record OnAccountBody(string Reason);

/// <summary>Keeps what is open of a receipt on account for its payer: nobody looks for its invoice any more, and any invoice may still take it.</summary>
public sealed record PutOnAccount(string Number, OnAccountBody Body) : Command
{
    public override string Name => "putOnAccount";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Receipt, Number)];

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.", "number");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (receipt.OnAccount) return null;
        if (!receipt.IsAtHand)
            return MoneyAtHand.RefuseNotAtHand(receipt);
        if (receipt.Open == 0) return ReceivablesProblems.ExceedsUnapplied.With($"All of receipt {Number} has found its invoices.");
        @case.Reason = Body.Reason;
        @case.Put(ReceivablesTables.Receipt, receipt with { OnAccount = true });
        return null;
    }

    internal static void Map(Api api) => api.Post<OnAccountBody, ReceiptAnswer>(
        "/receipts/{number}/on-account", ReceivablesPermissions.AllocateReceipts, "Keeps what is open of a receipt on account for its payer",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var (outcome, problem) = await request.SubmitAsync(new PutOnAccount(number, body));
            if (problem is not null) return problem;
            return ReceiptAnswer.Of(outcome!.Row<Receipt>() ?? (await ReceivablesQuery.Of(request).ReceiptAsync(number, cancel))!);
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, ReceivablesProblems.MoneyNotAtHand, ReceivablesProblems.ExceedsUnapplied]);
}

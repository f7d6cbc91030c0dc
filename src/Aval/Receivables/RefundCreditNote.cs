using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Pays back what no invoice has taken of a credit note, to a customer who buys no more. The document stays; a mistake is taken back by another one.</summary>
public sealed record RefundCreditNote(RefundBody Body) : Command
{
    string Note => Body.CreditNote ?? "";

    public override string Name => "refundCreditNote";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(RefundReceipt.Scope, Body.Number, Body, Note)];
    public override Subject Subject => Subject.Document(PostCreditNote.Scope, Note, ReceivablesProblems.CreditNoteUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.CreditNote, Note);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.CreditNote, Note)];

    public override Problem? Refuse() => Body.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<CreditNote>(Note) is not { } note) return ReceivablesProblems.CreditNoteUnknown.With($"Credit note {Note} is not known.", "creditNote");
        var date = Body.Date ?? @case.Today;
        if (date < note.Date || date > @case.Today)
            return KernelProblems.Invalid("date", $"must be from {note.Date:yyyy-MM-dd}, the credit note's, to the business date {@case.Today:yyyy-MM-dd}");
        if (!Amounts.TryOf(Body.Amount, note.Currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, note.Currency);
        if (amount > note.Open)
            return ReceivablesProblems.ExceedsUnapplied.With($"Credit note {note.Number} has {new Money(note.Open, note.Currency)} open, less than {Body.Amount}.", "amount");
        @case.ClaimParty = @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(note.Payer) ? note.Payer : note.Customer;
        @case.Reason = Body.Reason;
        var (left, refund) = Withdrawal.Of(Body.Number, note, amount, date, Body.Reason);
        @case.Put(ReceivablesTables.CreditNote, left);
        @case.Put(ReceivablesTables.Withdrawal, refund);
        return null;
    }

    internal static void Map(Api api) => api.Get<IReadOnlyList<WithdrawalAnswer>>(
        "/credit-notes/{number}/withdrawals", ReceivablesPermissions.Read, "What refunds have paid back of a credit note, and what took them back",
        async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await ReceivablesQuery.Of(request).CreditNoteAsync(number, cancel) is null)
                return ReceivablesProblems.CreditNoteUnknown.With($"Credit note {number} is not known.", "number");
            return (await WithdrawalsQuery.OfCreditNoteAsync(request.Store, number, cancel)).Select(WithdrawalAnswer.Of).ToArray();
        },
        problems: [ReceivablesProblems.CreditNoteUnknown]);
}

/// <summary>Takes the refund of a credit note back as a whole: so much of the note is open again.</summary>
/// <param name="Note">The credit note, as read before.</param>
public sealed record ReverseCreditRefund(string Number, ReversalBody Body, string Note) : Command
{
    public override string Name => "reverseCreditRefund";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(RefundReceipt.Scope, Body.Number, new { Number, Body }, Note)];
    public override Subject Subject => Subject.Document(PostCreditNote.Scope, Note, ReceivablesProblems.RefundUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.CreditNote, Note);

    public override IReadOnlyList<Cite> Cites =>
        [Cite.Of(ReceivablesTables.CreditNote, Note), Cite.Of(ReceivablesTables.Withdrawal, Withdrawal.IdOf(WithdrawalKind.Refund, Number))];

    public override Problem? Refuse() => Body.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Withdrawal>(Withdrawal.IdOf(WithdrawalKind.Refund, Number)) is not { } standing || @case.Facts.Find<CreditNote>(Note) is not { } note)
            return ReceivablesProblems.RefundUnknown.With($"{Number} is not known.", "number");
        if (ReverseWithdrawal.RefuseAgain(standing) is { } again) return again;
        var date = Body.Date ?? @case.Today;
        if (ReversalBody.RefuseDate(standing, date, @case.Today) is { } early) return early;
        @case.ClaimParty = @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(note.Payer) ? note.Payer : note.Customer;
        @case.Reason = Body.Reason;
        var (whole, was, back) = standing.Reversed(note, Body.Number, date, Body.Reason);
        @case.Put(ReceivablesTables.CreditNote, whole);
        @case.Put(ReceivablesTables.Withdrawal, was);
        @case.Put(ReceivablesTables.Withdrawal, back);
        return null;
    }
}

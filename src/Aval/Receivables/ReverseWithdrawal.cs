using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <param name="Number">Of the document that takes the other back.</param>
/// <param name="Date">From the other's to the business date, which is the default.</param>
public sealed record ReversalBody(string Number, string Reason, DateOnly? Date = null)
{
    internal Problem? Refuse() => Numbers.Refuse("number", Number)
        ?? (string.IsNullOrWhiteSpace(Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null);

    internal static Problem? RefuseDate(Withdrawal standing, DateOnly date, DateOnly today) => date < standing.Date || date > today
        ? KernelProblems.FieldInvalid.With($"date must be from {standing.Date:yyyy-MM-dd} to the business date {today:yyyy-MM-dd}.", "date")
        : null;
}

/// <summary>Takes a refund or a transfer back as a whole: the money is with its receipt again. What transferred money has paid is undone first.</summary>
/// <param name="Receipt">The receipt that the money came from, as read before.</param>
public sealed record ReverseWithdrawal(WithdrawalKind Kind, string Number, ReversalBody Body, string Receipt) : Command
{
    public override string Name => Kind switch { WithdrawalKind.Refund => "reverseRefund", WithdrawalKind.Transfer => "reverseTransfer" };
    public override IReadOnlyList<Claim> Claims => [Claim.Document(ScopeOf(Kind), Body.Number, new { Number, Body }, Receipt)];
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Receipt, UnknownOf(Kind));
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Receipt);

    public override IReadOnlyList<Cite> Cites =>
    [
        Cite.Of(ReceivablesTables.Receipt, Receipt), Cite.Of(ReceivablesTables.Receipt, Number),
        Cite.Of(ReceivablesTables.Withdrawal, Withdrawal.IdOf(Kind, Number)),
    ];

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        Kind == WithdrawalKind.Transfer && await directory.PartyOfAsync(PostReceipt.Scope, Number, cancel) is { } party
        && await directory.RootOfAsync(party, cancel) is { } root ? [root] : [];

    public override Problem? Refuse() => Body.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Withdrawal>(Withdrawal.IdOf(Kind, Number)) is not { } standing
            || standing.Receipt != Receipt || @case.Facts.Find<Receipt>(Receipt) is not { } receipt)
            return UnknownOf(Kind).With($"{Number} is not known.", "number");
        if (RefuseAgain(standing) is { } again) return again;
        var date = Body.Date ?? @case.Today;
        if (ReversalBody.RefuseDate(standing, date, @case.Today) is { } early) return early;
        if (Kind == WithdrawalKind.Transfer && TakeFromReceiver(@case, standing, date) is { } refusal) return refusal;
        @case.ClaimParty = receipt.Payer;
        @case.Reason = Body.Reason;
        var (whole, was, back) = standing.Reversed(receipt, Body.Number, date, Body.Reason);
        @case.Put(ReceivablesTables.Receipt, whole);
        @case.Put(ReceivablesTables.Withdrawal, was);
        @case.Put(ReceivablesTables.Withdrawal, back);
        return null;
    }

    internal static void Map(Api api) => api.Post<ReversalBody, WithdrawalAnswer>(
        "/refunds/{number}/reversals", ReceivablesPermissions.Refund, "Takes a refund back: the money is with its receipt, or open of its credit note, again",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            if (await WithdrawalsQuery.FindAsync(request.Store, WithdrawalKind.Refund, number, cancel) is not { } standing)
                return ReceivablesProblems.RefundUnknown.With($"{number} is not known.", "number");
            var (outcome, problem) = await request.SubmitAsync(
                standing.CreditNote is { } note ? new ReverseCreditRefund(number, body, note) : new ReverseWithdrawal(WithdrawalKind.Refund, number, body, standing.Receipt!));
            return problem is not null ? problem : WithdrawalAnswer.Of(outcome!.Rows.OfType<Withdrawal>().Last(row => row.Number == body.Number));
        },
        [ReceivablesProblems.RefundUnknown, ReceivablesProblems.WithdrawalReversed, ReceivablesProblems.ExceedsUnapplied]);

    /// <summary>The receiver's money goes as it came: all of it, by a document of the same number beside its receipt.</summary>
    Problem? TakeFromReceiver(Case @case, Withdrawal standing, DateOnly date)
    {
        var root = @case.Roots.FirstOrDefault(root => @case.Of(root).Find<Receipt>(Number) is not null);
        if (root is null) return UnknownOf(Kind).With($"{Number} is not known.", "number");
        var received = @case.Of(root).Find<Receipt>(Number)!;
        if (received.Open < standing.Amount)
            return ReceivablesProblems.ExceedsUnapplied.With(
                $"Receipt {Number} has {new Money(received.Open, received.Currency)} left of the {new Money(standing.Amount, standing.Currency)}: undo what it has paid first.");
        var (left, back) = Withdrawal.Of(Kind, Body.Number + ":" + Number, received, standing.Amount, standing.Payer, date, Body.Reason);
        @case.Put(ReceivablesTables.Receipt, left, root);
        @case.Put(ReceivablesTables.Withdrawal, back with { Reverses = Number }, root);
        return null;
    }

    internal static Problem? RefuseAgain(Withdrawal standing) => standing is { ReversedBy: null, Reverses: null } ? null : ReceivablesProblems.WithdrawalReversed.With(
        standing.ReversedBy is { } by ? (Wording)$"{standing.Number} was taken back by {by}." : $"{standing.Number} takes {standing.Reverses} back, and is not taken back itself.");

    static string ScopeOf(WithdrawalKind kind) => kind switch { WithdrawalKind.Refund => RefundReceipt.Scope, WithdrawalKind.Transfer => TransferReceipt.Scope };

    static ProblemKind UnknownOf(WithdrawalKind kind) =>
        kind switch { WithdrawalKind.Refund => ReceivablesProblems.RefundUnknown, WithdrawalKind.Transfer => ReceivablesProblems.TransferUnknown };
}

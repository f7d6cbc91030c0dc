using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Takes a transfer back: the money is its first payer's after all, and so is what it tells of its payer.</summary>
/// <param name="Receipt">The receipt that the money came from, as read before.</param>
/// <param name="Teaching">What the money brought with it, as read before.</param>
public sealed record ReverseTransfer(string Number, ReversalBody Body, string Receipt, Teaching? Teaching) : Command
{
    public override string Name => Reversal.Name;
    public override IReadOnlyList<Claim> Claims => Reversal.Claims;
    public override Subject Subject => Reversal.Subject;
    public override Cite? Edits => Reversal.Edits;
    public override IReadOnlyList<Cite> Cites => [.. Reversal.Cites, Cite.Of(CashFacts.Table, Receipt)];
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Reversal.OtherRootsAsync(directory, cancel);
    public override Problem? Refuse() => Reversal.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (Reversal.Decide(@case) is { } refusal) return refusal;
        var root = @case.Roots.First(root => @case.Of(root).Find<Receipt>(Number) is not null);
        var (first, received) = (@case.Facts.Find<Receipt>(Receipt)!, @case.Of(root).Find<Receipt>(Number)!);
        if (Teaching is null || received.Amount < first.Amount) return null;
        Lessons.TakeBackPayer(@case, root, Teaching.Origin, received.Payer);
        Lessons.OfPayer(@case, @case.Root, Teaching, first.Payer, first.Number);
        return null;
    }

    internal static void Map(Api api) => api.Post<ReversalBody, WithdrawalAnswer>(
        "/transfers/{number}/reversals", ReceivablesPermissions.Transfer, "Takes a transfer back: the money is with its first receipt again",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            if (await WithdrawalsQuery.FindAsync(request.Store, WithdrawalKind.Transfer, number, cancel) is not { } standing)
                return ReceivablesProblems.TransferUnknown.With($"{number} is not known.", "number");
            var teaching = await Lessons.ReadAsync(request.Store, request.Desk.Directory, standing.Receipt!, cancel);
            var (outcome, problem) = await request.SubmitAsync(new ReverseTransfer(number, body, standing.Receipt!, teaching));
            return problem is not null ? problem : WithdrawalAnswer.Of(outcome!.Rows.OfType<Withdrawal>().Last(row => row.Number == body.Number));
        },
        [ReceivablesProblems.TransferUnknown, ReceivablesProblems.WithdrawalReversed, ReceivablesProblems.ExceedsUnapplied]);

    ReverseWithdrawal Reversal => new(WithdrawalKind.Transfer, Number, Body, Receipt);
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Moves money to the payer whose it is, where its invoices are looked for at once.</summary>
/// <remarks>Where all of a receipt goes, it never was the first one's: what it had taught of that one
/// is taken back, and the right payer is known by it from now on.</remarks>
/// <param name="Teaching">What the money brought with it, as read before; null when the receipt is not known.</param>
public sealed record TransferToPayer(TransferBody Body, Teaching? Teaching) : Command
{
    public override string Name => Transfer.Name;
    public override IReadOnlyList<Claim> Claims => Transfer.Claims;
    public override Subject Subject => Transfer.Subject;
    public override Cite? Edits => Transfer.Edits;
    public override IReadOnlyList<Cite> Cites => [.. Transfer.Cites, Cite.Of(CashFacts.Table, Body.Receipt)];
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Transfer.OtherRootsAsync(directory, cancel);
    public override Problem? Refuse() => Transfer.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (Transfer.Decide(@case) is { } refusal) return refusal;
        var root = @case.Roots.First(root => @case.Of(root).Find<Receipt>(Body.Number) is not null);
        var (from, to) = (@case.Facts.Find<Receipt>(Body.Receipt)!, @case.Of(root).Find<Receipt>(Body.Number)!);
        MatchReceipt.Run(@case, root, to, Teaching?.Documents ?? []);
        if (Teaching is null || to.Amount < from.Amount) return null;
        Lessons.TakeBackPayer(@case, @case.Root, Teaching.Origin, from.Payer);
        Lessons.OfPayer(@case, root, Teaching, to.Payer, to.Number);
        return null;
    }

    internal static void Map(Api api) => api.Post<TransferBody, WithdrawalAnswer>(
        "/transfers", ReceivablesPermissions.Transfer,
        "Moves money that has found no invoice to another payer, where it is a receipt of its own whose invoices are looked for at once",
        async (body, request, cancel) =>
        {
            var (outcome, problem) = await request.SubmitAsync(new TransferToPayer(body, await Lessons.ReadAsync(request.Store, request.Desk.Directory, body.Receipt, cancel)));
            return problem is not null ? problem : WithdrawalAnswer.Of(outcome!.Row<Withdrawal>()!);
        },
        [
            ReceivablesProblems.ReceiptUnknown, PartyProblems.CustomerUnknown, ReceivablesProblems.ReceiptReturned, ReceivablesProblems.MoneyNotAtHand,
            ReceivablesProblems.ExceedsUnapplied,
        ]);

    TransferReceipt Transfer => new(Body);
}

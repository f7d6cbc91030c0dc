using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Money that arrived, as recorded.</summary>
/// <param name="Payer">Who paid; money of a customer that somebody else pays for counts as that payer's.</param>
/// <param name="Reference">What the payer wrote with it.</param>
/// <param name="Cleared">False for what can still be taken back, as a cheque or a direct debit: it is neither unapplied cash nor a deposit until it is cleared.</param>
/// <param name="DepositFor">The one order it is for; null when it is no deposit.</param>
public sealed record ReceiptBody(
    string Number, string Payer, DateOnly Date, Currency Currency, decimal Amount, string? Reference = null, bool Cleared = true, string? DepositFor = null);

/// <summary>Records a receipt. It stays unapplied until it is matched; a deposit goes to its order's invoices at once.</summary>
public sealed record PostReceipt(ReceiptBody Body) : Command
{
    public const string Scope = "receipt";

    public override string Name => "postReceipt";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Payer)];
    public override Subject Subject => Subject.Party(Body.Payer, PartyProblems.CustomerUnknown);
    public override IReadOnlyList<Cite> Cites => Body.DepositFor is null ? [] : [Cite.Of(OrdersFacts.Table, Body.DepositFor)];

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number) ?? Amounts.Refuse("amount", Body.Amount, Body.Currency);

    public override Problem? Decide(Case @case)
    {
        if (DocumentDate.Refuse(Body.Date, @case.Today) is { } early) return early;
        if (Debtor.Of(@case.Facts, Body.Payer) is not { } debtor) return PartyProblems.CustomerUnknown.With($"Customer {Body.Payer} is not known.", "payer");
        var order = Body.DepositFor is null ? null : @case.Facts.Find<Order>(Body.DepositFor);
        if (Body.DepositFor is not null && order is null)
            return OrderProblems.OrderUnknown.With($"Order {Body.DepositFor} is not known among those of {Body.Payer} and its group.", "depositFor");
        if (order is not null && order.Payer != debtor.Payer)
            return KernelProblems.FieldInvalid.With($"depositFor must be an order that {debtor.Payer} pays, not {order.Payer}.", "depositFor");
        if (debtor.RefuseAmount(Body.Date, Money.Of(Body.Amount, Body.Currency), @case.Company) is { } tooLarge) return tooLarge;
        @case.ClaimParty = debtor.Party;
        @case.Put(ReceivablesTables.Receipt, new Receipt(
            Body.Number, debtor.Payer, Body.Date, Body.Currency, Money.Of(Body.Amount, Body.Currency).Minor, Body.Reference,
            Body.Cleared ? ReceiptStatus.Cleared : ReceiptStatus.Uncleared, Body.DepositFor, debtor.CreditCurrency,
            debtor.RateOn(Body.Date, Body.Currency, @case.Company), Allocated: 0, OnAccount: false)
            {
                ClearedOn = Body.Cleared ? Body.Date : null, RecordedBy = Separation.HandsOf(@case.Actor),
            });
        if (order is not null) Earmark(@case, order.Number);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<ReceiptBody, ReceiptAnswer>(
            "/receipts", ReceivablesPermissions.RecordReceipts, "Records money that arrived; a deposit goes to its order's invoices at once",
            (body, _) => new PostReceipt(body), (outcome, _) => ReceiptAnswer.Of(outcome.Row<Receipt>()!), [PartyProblems.CustomerUnknown, OrderProblems.OrderUnknown]);
        api.Get<ReceiptAnswer>(
            "/receipts/{number}", ReceivablesPermissions.Read, "A receipt and what is open of it",
            async (request, cancel) => await ReceivablesQuery.Of(request).ReceiptAsync(request.Route("number"), cancel) is { } receipt
                ? ReceiptAnswer.Of(receipt)
                : ReceivablesProblems.ReceiptUnknown.With($"Receipt {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.ReceiptUnknown]);
    }

    /// <summary>Cleared money for an order goes to the order's open invoices; where the order is over, the rest is on account.</summary>
    internal static void Earmark(Case @case, string order)
    {
        Deposits.Serve(@case, order);
        if (Deposits.IsOver(@case.Facts.Find<Order>(order))) Deposits.PutOnAccount(@case, order);
    }
}

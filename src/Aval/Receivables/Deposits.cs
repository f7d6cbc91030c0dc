using Aval.Access;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Money earmarked to one order: it goes to the order's invoices at once, and what outlives the order is on account.</summary>
static class Deposits
{
    /// <summary>Allocates the deposits for an order to its open invoices, earliest due first, oldest money first. The day is the one on which both are there.</summary>
    public static void Serve(Case @case, string order)
    {
        foreach (var number in Receivables(@case).OpenInvoicesOf(order).Select(invoice => invoice.Number).ToList())
            foreach (var deposit in Receivables(@case).DepositsFor(order).ToList())
                Allocate(@case, deposit, Receivables(@case).Invoice(number)!);
    }

    /// <summary>What is left of the deposits for an order becomes money on account.</summary>
    public static void PutOnAccount(Case @case, string order)
    {
        foreach (var deposit in Receivables(@case).DepositsFor(order).ToList()) @case.Put(ReceivablesTables.Receipt, deposit with { OnAccount = true });
    }

    public static bool IsOver(Order? order) => order is null or { Status: OrderStatus.Closed or OrderStatus.Cancelled };

    static void Allocate(Case @case, Receipt deposit, Invoice invoice)
    {
        // Without a rate between the currencies the deposit waits for somebody who can tell what it pays.
        if (@case.Company.Get<RatesFacts>().Find(deposit.Currency, invoice.Currency, deposit.Date) is not { } rate) return;
        var amount = Math.Min(invoice.Free, Settling.Worth(deposit, invoice, rate));
        if (amount <= 0 || Settling.Cost(deposit, invoice, amount, rate) is not { } cost) return;
        var day = new[] { invoice.Date, deposit.Date, deposit.ClearedOn!.Value }.Max();
        var allocated = Settling.Allocate(deposit, invoice, amount, cost, day);
        @case.Put(ReceivablesTables.Receipt, allocated.Receipt);
        @case.Put(ReceivablesTables.Invoice, allocated.Invoice with { ReceiptsBy = Separation.HandsOf(Actor.Rule("deposit"), invoice.ReceiptsBy, deposit.RecordedBy) });
        @case.Put(ReceivablesTables.Settlement, allocated.Settlement);
        Behaviours.Note(@case, Paid.By(allocated.Settlement, invoice), @case.Root);
    }

    static ReceivablesFacts Receivables(Case @case) => @case.Facts.Get<ReceivablesFacts>();
}

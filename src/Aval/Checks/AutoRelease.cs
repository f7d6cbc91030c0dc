using Aval.Checks.Rules;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Limits;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies;
using Aval.Receivables;

namespace Aval.Checks;

/// <summary>The re-check of held orders on which no person has decided, when facts have changed that can improve what holds them: the block opened first comes first.</summary>
sealed class AutoRelease : IReaction
{
    public string Rule => "autoRelease";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var orders = after.Get<OrdersFacts>();
        var wakes = new List<string>();
        foreach (var row in rows)
            if (row is Parties.Rules.Customer customer) wakes.AddRange(Rearranged(orders, customer));
        foreach (var row in rows)
            if (row is Order { Status: not OrderStatus.Held } order && after.Get<ChecksFacts>().OfOrder(order.Number) is not null) wakes.Add(order.Number);
        if (orders.Waiting.Count == 0 || !company.Get<PoliciesFacts>().Current.Policy.AutoRelease || !CanImprove(before, after, rows)) return wakes;
        foreach (var (_, number) in orders.Waiting) wakes.Add(number);
        return wakes;
    }

    public void Run(Case @case, string key)
    {
        if (@case.Facts.Find<Order>(key) is not { } order) return;
        var customer = @case.Facts.Get<PartiesFacts>().Customers[order.Customer];
        if (order.Payer != customer.PayerNumber) Rearrange(@case, order, customer.PayerNumber);
        else if (order.Waits()) Recheck(@case, order);
        else if (order.Status != OrderStatus.Held) CheckOrder.Blocked(@case, order, Triage.Accept, null, [], 0, order.Currency);
    }

    /// <summary>Released when it passes; else nothing is written, and the last check goes on answering for it.</summary>
    static void Recheck(Case @case, Order order)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var tried = Conversion.Of(order, @case.Facts, @case.Company);
        if (Check.Run(CheckOrder.FactsOf(@case.Facts, @case.Company, tried, @case.Today, policy), policy).Triage == Triage.Accept)
            CheckOrder.Run(@case, tried, Occasion.Recheck);
    }

    /// <summary>Its customer has another payer now: the order becomes that one's, is converted anew, and waits for its next check where it was released.</summary>
    static void Rearrange(Case @case, Order order, string payer)
    {
        var moved = Conversion.Of(order with { Payer = payer, Rate = null, CreditCurrency = null }, @case.Facts, @case.Company);
        if (order.Status == OrderStatus.Held) CheckOrder.Run(@case, moved, Occasion.Rearranged);
        else CheckOrder.Skip(@case, moved, Occasion.Rearranged, SkipReason.Rearranged);
    }

    static IEnumerable<string> Rearranged(OrdersFacts orders, Parties.Rules.Customer customer) => orders.All
        .Where(known => known.Order.Customer == customer.Number && known.Order.Payer != customer.PayerNumber)
        .Select(known => known.Order.Number).Order(StringComparer.Ordinal);

    /// <summary>Master data or limits have changed, or somebody among these rows' payers owes less, or less that is overdue, or has paid a deposit.</summary>
    static bool CanImprove(Facts before, Facts after, IReadOnlyList<object> rows)
    {
        if (!ReferenceEquals(before.Get<PartiesFacts>(), after.Get<PartiesFacts>()) || !ReferenceEquals(before.Get<LimitsFacts>(), after.Get<LimitsFacts>())) return true;
        var payers = rows.Select(PayerOf).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (var payer in payers)
        {
            var (was, now) = (ExposureOf.Payer(before, payer, default, after.Through), ExposureOf.Payer(after, payer, default, after.Through));
            if (now.Gross < was.Gross || now.Overdue < was.Overdue || now.Receivables != was.Receivables || now.OpenCreditNotes > was.OpenCreditNotes
                || now.Unapplied != was.Unapplied || now.OnAccount != was.OnAccount
                || !ReferenceEquals(after.Get<ReceivablesFacts>().Of(payer).Deposits, before.Get<ReceivablesFacts>().Of(payer).Deposits)) return true;
        }

        return false;
    }

    static string? PayerOf(object row) => row switch
    {
        Order order => order.Payer,
        Receivables.Rules.Invoice invoice => invoice.Payer,
        Receivables.Rules.CreditNote note => note.Payer,
        Receivables.Rules.Receipt receipt => receipt.Payer,
        _ => null,
    };
}

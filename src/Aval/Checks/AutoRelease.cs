using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Limits;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
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
            if (row is Order { Status: not OrderStatus.Held } order && !order.IsPart() && after.Get<ChecksFacts>().OfOrder(order.Number) is not null) wakes.Add(order.Number);
        if (orders.Waiting.Count == 0 || !company.Get<PoliciesFacts>().Current.Policy.AutoRelease || !CanImprove(before, after, rows)) return wakes;
        foreach (var (_, number) in orders.Waiting) wakes.Add(number);
        return wakes;
    }

    public IReadOnlyList<string> Concerns(Facts facts, Facts company) =>
        company.Get<PoliciesFacts>().Current.Policy.AutoRelease ? [.. facts.Get<OrdersFacts>().Waiting.Select(waiting => waiting.Number)] : [];

    public void Run(Case @case, string key)
    {
        // A cancelled or closed order has left the facts; its block has not.
        var order = @case.Facts.Find<Order>(key);
        if (order is not null && order.IsPart()) return;
        if (order is not { Status: OrderStatus.Held }) CheckOrder.Unblock(@case, key, order is null or { Status: OrderStatus.Cancelled } ? "cancellation" : "delivery");
        else if (order.Waits()) Recheck(@case, order);
    }

    /// <summary>Released when it passes, or when what a person released covers it again.</summary>
    /// <remarks>Where something else holds it now, that is recorded; else nothing is, and the last check goes on answering for it.</remarks>
    static void Recheck(Case @case, Order order)
    {
        LateConversion.Run(@case);
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var tried = Conversion.Of(order, @case.Facts, @case.Company);
        var asked = new WhatIf(@case.Facts, @case.Company, tried, @case.Today, policy);
        var facts = asked.Facts();
        var result = Check.Run(facts, policy);
        if (result.Passes || HumanCover.Of(asked, facts, result) is not null || !HeldByTheSame(@case, order, result)) CheckOrder.Run(@case, tried, Occasion.Recheck);
    }

    static bool HeldByTheSame(Case @case, Order order, CheckResult result)
    {
        var known = @case.Facts.Get<ChecksFacts>().OfOrder(order.Number)?.Findings.Where(finding => finding.Cleared is null).Select(finding => (finding.Code, finding.Level));
        return known is not null && result.Findings.Where(finding => finding.Blocks).Select(finding => (finding.Code, finding.Level)).ToHashSet().SetEquals(known);
    }

    /// <summary>Master data or limits have changed, or somebody among these rows' payers owes less, or less that is overdue, or has paid a deposit.</summary>
    static bool CanImprove(Facts before, Facts after, IReadOnlyList<object> rows)
    {
        if (!ReferenceEquals(before.Get<PartiesFacts>(), after.Get<PartiesFacts>()) || !ReferenceEquals(before.Get<LimitsFacts>(), after.Get<LimitsFacts>())
            || !ReferenceEquals(before.Get<DecisionsFacts>(), after.Get<DecisionsFacts>())) return true;
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

/// <summary>Orders whose customer has another payer now become that one's, and those whose payer has been entered now are converted.</summary>
/// <remarks>All of them in the commit that changed it: no decision sees them counted nowhere.</remarks>
sealed class Rearrangement : IReaction
{
    public string Rule => "rearrange";
    public bool Whole => true;

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        Dictionary<string, string>? payers = null;
        foreach (var row in rows)
            if (row is Customer customer) (payers ??= new(StringComparer.Ordinal))[customer.Number] = customer.PayerNumber;
        if (payers is null) return [];
        return [.. after.Get<OrdersFacts>().All.Select(known => known.Order)
            .Where(order => payers.TryGetValue(order.Customer, out var payer) && (order.Payer != payer || order.Rate is null))
            .Select(order => order.Number).Order(StringComparer.Ordinal)];
    }

    /// <summary>Converted anew, by the rate of its own date; a released one waits for its next check, a held one is checked.</summary>
    public void Run(Case @case, string key)
    {
        if (@case.Facts.Find<Order>(key) is not { } order) return;
        var payer = @case.Facts.Get<PartiesFacts>().Customers[order.Customer].PayerNumber;
        var moved = Conversion.Of(order.Payer == payer ? order : order with { Payer = payer, Rate = null, CreditCurrency = null }, @case.Facts, @case.Company);
        if (moved == order) return;
        if (order.Status == OrderStatus.Held) CheckOrder.Run(@case, moved, Occasion.Rearranged);
        else CheckOrder.Skip(@case, moved, Occasion.Rearranged, SkipReason.Rearranged);
    }
}

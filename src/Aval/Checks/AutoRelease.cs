using Aval.Checks.Rules;
using Aval.Cover;
using Aval.Disputes;
using Aval.Decisions;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Limits;
using Aval.Measures;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Promises;
using Aval.Receivables;

namespace Aval.Checks;

/// <summary>The re-check of held orders on which no person has decided, when facts have changed that can improve what holds them: the block opened first comes first.</summary>
sealed class AutoRelease : IReaction
{
    public string Rule => "autoRelease";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var wakes = new List<string>();
        foreach (var row in rows)
            if (row is Order { Status: not OrderStatus.Held } order && !order.IsPart() && after.Get<ChecksFacts>().OfOrder(order.Number) is not null) wakes.Add(order.Number);
        if (after.Get<ChecksFacts>().InOpeningOrder.IsEmpty || !company.Get<PoliciesFacts>().Current.Policy.AutoRelease || !CanImprove(before, after, rows)) return wakes;
        wakes.AddRange(Waiting(after));
        return wakes;
    }

    public IReadOnlyList<string> Concerns(Facts facts, Facts company) =>
        company.Get<PoliciesFacts>().Current.Policy.AutoRelease ? [.. Waiting(facts)] : [];

    public void Run(Case @case, string key)
    {
        // A cancelled or closed order has left the facts; its block has not.
        var order = @case.Facts.Find<Order>(key);
        if (order is not null && order.IsPart()) return;
        if (order is not { Status: OrderStatus.Held }) CheckOrder.Unblock(@case, key, order is null or { Status: OrderStatus.Cancelled } ? "cancellation" : "delivery");
        else if (order.Waits() || IsHeldByDecision(order)) Recheck(@case, order);
    }

    /// <summary>Held orders that are released by themselves once the facts allow it.</summary>
    static IEnumerable<string> Waiting(Facts facts)
    {
        var orders = facts.Get<OrdersFacts>();
        foreach (var block in facts.Get<ChecksFacts>().InOpeningOrder)
            if (orders.Order(block.Order) is { } order && (order.Waits() || IsHeldByDecision(order))) yield return block.Order;
    }

    /// <summary>A person has decided that it stays held: no re-check lets it go, but whose fault it is may be another's since.</summary>
    static bool IsHeldByDecision(Order order) =>
        order is { Status: OrderStatus.Held, Decision: not null } && !order.Marks.Contains(Order.AuthorizationExpired);

    /// <summary>Released when it passes, or when what a person released covers it again. Where something else holds it now, or it is another's fault, that is recorded;
    /// else nothing is: readers are told the amounts and days of today anyway (<see cref="GetOrder.Today"/>), and a payer's every payment would record all its held
    /// orders anew.</summary>
    static void Recheck(Case @case, Order order)
    {
        LateConversion.Run(@case);
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var tried = Conversion.Of(order, @case.Facts, @case.Company);
        var asked = new WhatIf(@case.Facts, @case.Company, tried, @case.Today, policy);
        var (_, result, cause, mayGo) = CheckOrder.Judge(asked);
        var block = @case.Facts.Get<ChecksFacts>().OfOrder(order.Number);
        var isTold = IsToldAlready(block, result, cause) && BlockRecord.IsListed(@case, block!, FixLater.DefectsBehind(result, asked));
        if (order.Waits() ? mayGo is not null || !isTold : mayGo is null && !isTold) CheckOrder.Run(@case, tried, Occasion.Recheck);
    }

    static bool IsToldAlready(Block? block, CheckResult result, Cause? cause) => block is not null && block.Cause == cause
        && result.Findings.Where(finding => finding.Blocks).ToList() is var found && block.Findings.Where(finding => finding.Cleared is null).ToList() is var told
        && found.TrueForAll(finding => told.Exists(known => IsToldBy(finding, known, block))) && told.TrueForAll(known => found.Exists(finding => IsToldBy(finding, known, block)));

    static bool IsToldBy(Finding finding, BlockFinding known, Block block) =>
        finding.Code == known.Code && finding.Severity == known.Severity && finding.IsAt(known.Level, known.LimitLevel, block.Payer);

    /// <summary>Master data, limits, cover or measures have changed, or somebody among these rows' payers owes less, or less that is overdue, or has paid a deposit.</summary>
    static bool CanImprove(Facts before, Facts after, IReadOnlyList<object> rows)
    {
        if (!ReferenceEquals(before.Get<PartiesFacts>(), after.Get<PartiesFacts>()) || !ReferenceEquals(before.Get<LimitsFacts>(), after.Get<LimitsFacts>())
            || !ReferenceEquals(before.Get<CoverFacts>(), after.Get<CoverFacts>()) || !ReferenceEquals(before.Get<MeasuresFacts>(), after.Get<MeasuresFacts>())
            || !ReferenceEquals(before.Get<DecisionsFacts>(), after.Get<DecisionsFacts>())) return true;
        if (rows.Any(row => row is Order order && Frees(before.Find<Order>(order.Number), order))) return true;
        var payers = rows.Select(PayerOf).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (var payer in payers)
        {
            var (was, now) = (ExposureOf.Payer(before, payer, default, after.Through), ExposureOf.Payer(after, payer, default, after.Through));
            if (now.Gross < was.Gross || now.Overdue < was.Overdue || now.Receivables != was.Receivables || now.OpenCreditNotes > was.OpenCreditNotes
                || IsTold(before, after, payer)
                || now.Unapplied != was.Unapplied || now.OnAccount != was.OnAccount
                || !ReferenceEquals(after.Get<ReceivablesFacts>().Of(payer).Deposits, before.Get<ReceivablesFacts>().Of(payer).Deposits)) return true;
        }

        return false;
    }

    /// <summary>An order that is gone, or carries another number of the customer's, may have been what another one was held for, though it was never owed.</summary>
    static bool Frees(Order? was, Order now) => was is not null && (now.Status == OrderStatus.Cancelled || now.PurchaseOrder != was.PurchaseOrder);

    /// <summary>What is promised, disputed, rejected, sent or billed of this payer's documents is told anew: sums need not show it.</summary>
    static bool IsTold(Facts before, Facts after, string payer) =>
        !ReferenceEquals(before.Get<ReceivablesFacts>().Of(payer), after.Get<ReceivablesFacts>().Of(payer))
        || !ReferenceEquals(before.Get<DisputesFacts>().Of(payer), after.Get<DisputesFacts>().Of(payer))
        || !ReferenceEquals(before.Get<PromisesFacts>().BrokenOf(payer), after.Get<PromisesFacts>().BrokenOf(payer))
        || !ReferenceEquals(before.Get<OrdersFacts>().Of(payer).UnbilledSince, after.Get<OrdersFacts>().Of(payer).UnbilledSince)
        || !ReferenceEquals(before.Get<OrdersFacts>().Of(payer).OverDelivered, after.Get<OrdersFacts>().Of(payer).OverDelivered);

    static string? PayerOf(object row) => row switch
    {
        Order order => order.Payer,
        Receivables.Rules.Invoice invoice => invoice.Payer,
        Receivables.Rules.CreditNote note => note.Payer,
        Receivables.Rules.Receipt receipt => receipt.Payer,
        Disputes.Rules.Dispute dispute => dispute.Payer,
        Promises.Rules.PromiseToPay promise => promise.Payer,
        Promises.Rules.CreditNotePromise promise => promise.Payer,
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

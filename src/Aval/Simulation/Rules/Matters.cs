using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>What is argued about, promised and secured besides the trade itself: laid over a history that has been told, so that nothing of it changes.</summary>
/// <remarks>Each kind brings one matter: who disputes has a fault of ours and an old dispute that nobody has looked into; who gets worse breaks a promise; who is slow
/// keeps one; who grows has a guarantor; who has seasons is insured; from who is on hold goods went out all the same.</remarks>
static class Matters
{
    public static void Add(SimulationPlan plan, CustomerHistory history, CustomerKind kind)
    {
        switch (kind)
        {
            case CustomerKind.Disputing:
                OurFault(plan, history);
                NobodysYet(plan, history);
                break;
            case CustomerKind.Deteriorating: Broken(plan, history); break;
            case CustomerKind.SlowPayer: Kept(plan, history); break;
            case CustomerKind.GrowingFast: Guaranteed(plan, history); break;
            case CustomerKind.Seasonal: Insured(plan, history); break;
            case CustomerKind.OnHold: WentOut(plan, history); break;
            case CustomerKind.PromptPayer or CustomerKind.PortalAccount or CustomerKind.OrderSplitter or CustomerKind.HeadOffice or CustomerKind.Branch
                or CustomerKind.GroupParent or CustomerKind.GroupMember or CustomerKind.CashAppliedLate or CustomerKind.Prepaying or CustomerKind.ForeignCurrency
                or CustomerKind.LimitNeverSet or CustomerKind.LimitExpired or CustomerKind.TemporaryLimit or CustomerKind.RiskClassMissing or CustomerKind.BlockedRiskClass
                or CustomerKind.AddressIncomplete or CustomerKind.VatIdInvalid or CustomerKind.LongerTermsAsked or CustomerKind.DiscountUndocumented:
                break;
        }
    }

    /// <summary>The newest open invoice has a wrong price; we say so, and promise a credit note for it.</summary>
    static void OurFault(SimulationPlan plan, CustomerHistory history)
    {
        var raised = plan.EndDate.AddDays(-6);
        foreach (var (invoice, open) in OpenAtEnd(plan, history).Where(open => open.Invoice.Date < raised).Reverse().Take(1))
        {
            var disputed = new Money(open / 3, invoice.Amount.Currency);
            history.Disputes.Add(new DisputeRow("DI-" + Stem(history) + "-2", invoice.Number, disputed, "price", "companyFault", "billing", raised, "Billed at last year's price"));
            history.CreditNotePromises.Add(new CreditNotePromiseRow(
                "CP-" + Stem(history) + "-1", history.Customer.Number, invoice.Number, disputed, "Price difference", "billing", plan.EndDate.AddDays(9), raised.AddDays(2)));
        }
    }

    /// <summary>The oldest open invoice was argued about as soon as it came, and nobody has said since whose fault it is.</summary>
    static void NobodysYet(SimulationPlan plan, CustomerHistory history)
    {
        foreach (var (invoice, open) in OpenAtEnd(plan, history).Where(open => open.Invoice.Date < plan.EndDate.AddDays(-20)).Take(1))
        {
            var raised = invoice.Date.AddDays(5);
            history.Disputes.Insert(0, new DisputeRow(
                "DI-" + Stem(history) + "-1", invoice.Number, new Money(open, invoice.Amount.Currency), "damaged", "unqualified", "quality", raised, "Two boxes arrived crushed"));
        }
    }

    static void Broken(SimulationPlan plan, CustomerHistory history)
    {
        var (made, date) = (plan.EndDate.AddDays(-14), plan.EndDate.AddDays(-7));
        foreach (var (invoice, open) in OpenAtEnd(plan, history).Where(open => open.Invoice.DueDate < made).Take(1))
            history.Promises.Add(new PromiseRow(
                "PR-" + Stem(history) + "-1", history.Customer.Number, invoice.Number, new Money(open, invoice.Amount.Currency), date, made, "Waits for money from a customer"));
    }

    /// <summary>The last invoice that was paid at once and late.</summary>
    static void Kept(SimulationPlan plan, CustomerHistory history)
    {
        var invoices = history.Invoices.ToDictionary(invoice => invoice.Number, StringComparer.Ordinal);
        var paid = history.Allocations.LastOrDefault(part =>
            part.Amount == invoices[part.Invoice].Amount && part.Date > invoices[part.Invoice].DueDate && part.Date.AddDays(-4) > invoices[part.Invoice].Date
            && part.Date > plan.StartDate.AddDays(20));
        if (paid.Invoice is null) return;
        history.Promises.Add(new PromiseRow(
            "PR-" + Stem(history) + "-1", history.Customer.Number, paid.Invoice, paid.Amount, paid.Date.AddDays(1), paid.Date.AddDays(-4), "Will go with the next payment run"));
    }

    static void Guaranteed(SimulationPlan plan, CustomerHistory history)
    {
        if (LimitOf(history) is not { } limit) return;
        history.Guarantees.Add(new GuaranteeRow(
            "GU-" + Stem(history) + "-1", history.Customer.Number, "bankGuarantee", new Money(limit.Minor / 400 * 100, limit.Currency), plan.StartDate, plan.EndDate.AddDays(200),
            "Banque du Nord"));
    }

    static void Insured(SimulationPlan plan, CustomerHistory history)
    {
        if (LimitOf(history) is not { } limit) return;
        history.Covers.Add(new CoverRow(
            "IC-" + Stem(history) + "-1", history.Customer.Number, "named", new Money(limit.Minor / 200 * 100, limit.Currency), plan.StartDate, plan.EndDate.AddDays(150), 90, 60,
            "Nordic Credit Insurance"));
    }

    /// <summary>On the last day the first line of an order that nobody had released left the warehouse.</summary>
    static void WentOut(SimulationPlan plan, CustomerHistory history)
    {
        var over = history.Cancellations.Select(row => row.Order).Concat(history.Deliveries.Select(row => row.Order)).ToHashSet(StringComparer.Ordinal);
        foreach (var order in history.Orders.Where(order => !over.Contains(order.Number) && order.ShipDate <= plan.EndDate && order.OrderDate < plan.EndDate).Take(1))
        {
            var line = history.Lines.First(line => line.Order == order.Number);
            history.Deliveries.Add(new DeliveryRow(order.Number, plan.EndDate, line.Line, line.Quantity));
        }
    }

    static Money? LimitOf(CustomerHistory history) => history.Limits.Select(row => row.Amount).LastOrDefault(amount => amount is not null);

    /// <summary>Invoices of which something is open at the end, the oldest first.</summary>
    internal static List<(InvoiceRow Invoice, long Open)> OpenAtEnd(SimulationPlan plan, CustomerHistory history)
    {
        var settled = history.Allocations.Where(row => row.Date <= plan.EndDate).Select(row => (row.Invoice, row.Amount.Minor))
            .Concat(history.CreditNotes.Select(row => (row.Invoice, row.Amount.Minor))).Concat(history.WriteOffs.Select(row => (row.Invoice, row.Amount.Minor)))
            .ToLookup(part => part.Invoice, part => part.Minor, StringComparer.Ordinal);
        return [.. history.Invoices.Select(invoice => (invoice, invoice.Amount.Minor - settled[invoice.Number].Sum())).Where(open => open.Item2 > 100)];
    }

    static string Stem(CustomerHistory history) => history.Customer.Number[1..];
}

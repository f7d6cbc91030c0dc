using Aval.Simulation;

namespace Aval.Tests.Simulation;

/// <summary>A simulated history in memory, its customers' rows put together.</summary>
sealed record SimulatedCompany(List<CustomerHistory> Histories)
{
    public List<CustomerRow> Customers { get; } = [.. Histories.Select(history => history.Customer)];
    public List<LimitRow> Limits { get; } = [.. Histories.SelectMany(history => history.Limits)];
    public List<OrderRow> Orders { get; } = [.. Histories.SelectMany(history => history.Orders)];
    public List<OrderLineRow> Lines { get; } = [.. Histories.SelectMany(history => history.Lines)];
    public List<DeliveryRow> Deliveries { get; } = [.. Histories.SelectMany(history => history.Deliveries)];
    public List<InvoiceRow> Invoices { get; } = [.. Histories.SelectMany(history => history.Invoices)];
    public List<CreditNoteRow> CreditNotes { get; } = [.. Histories.SelectMany(history => history.CreditNotes)];
    public List<ReceiptRow> Receipts { get; } = [.. Histories.SelectMany(history => history.Receipts)];
    public List<AllocationRow> Allocations { get; } = [.. Histories.SelectMany(history => history.Allocations)];
    public List<CancellationRow> Cancellations { get; } = [.. Histories.SelectMany(history => history.Cancellations)];
    public List<WriteOffRow> WriteOffs { get; } = [.. Histories.SelectMany(history => history.WriteOffs)];
    public ILookup<string, AllocationRow> Allocated { get; } = Histories.SelectMany(history => history.Allocations).ToLookup(row => row.Invoice);

    public static SimulatedCompany Of(SimulationPlan plan)
    {
        var histories = new List<CustomerHistory>();
        while (histories.Count < plan.Customers) histories.AddRange(Family.Tell(plan, histories.Count));
        return new SimulatedCompany(histories);
    }

    /// <summary>The first customer of this kind.</summary>
    public CustomerHistory A(CustomerKind kind) => Histories[Enumerable.Range(0, Cast.Round).First(place => Cast.KindOf(place) == kind)];
}

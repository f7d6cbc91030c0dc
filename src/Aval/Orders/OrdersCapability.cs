using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Orders;

/// <summary>Orders as documents: their lines, how far they have come, what was delivered. Checking them is another capability.</summary>
public sealed class OrdersCapability : ICapability
{
    public string Name => "Orders";
    public IReadOnlyList<Table> Tables { get; } = [OrdersFacts.HabitTable, OrdersFacts.Table, OrdersFacts.DeliveryTable, OrdersFacts.IncidentTable];
    public IFactsSlice EmptyFacts => OrdersFacts.Empty;
    public IReadOnlyList<ProblemKind> Problems => OrderProblems.All;

    public void Map(Api api)
    {
        RecordDelivery.Map(api);
        ListIncidents.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        ListOrders.MapPages(pages);
        ListIncidents.MapPages(pages);
    }
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;

namespace Aval.Checks;

/// <summary>Cancels an order, and answers as for any order.</summary>
static class CancelAnswer
{
    internal static void Map(Api api) => api.Post<CancelBody, OrderAnswer>(
        "/orders/{number}/cancel", OrderPermissions.CancelOrders, "Cancels what has not been delivered, and frees its claim",
        (body, request) => new CancelOrder(request.Route("number"), body),
        async (outcome, request, cancel) => await GetOrder.FindAsync(request.Desk, request.Store, request.Route("number"), cancel) is { } found
            ? await OrderAnswer.OfAsync(found with { Sequence = outcome.Sequence, Asked = null }, request, cancel)
            : OrderProblems.OrderUnknown.With($"order {request.Route("number")} is not known.", "number"),
        [OrderProblems.OrderUnknown, OrderProblems.OrderFinished]);
}

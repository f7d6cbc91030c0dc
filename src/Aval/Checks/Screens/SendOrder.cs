using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>Takes from an order's page that it may be picked, after one more check, and that what is left of it has gone.</summary>
static class SendOrder
{
    /// <summary>It is released, and the one who looks says what is picked and shipped.</summary>
    public static bool IsFor(PageRequest request, Order order) =>
        order.Status == OrderStatus.Released && OrderPermissions.ReleasePicks.IsGrantedTo(request.Actor) && OrderPermissions.RecordDeliveries.IsGrantedTo(request.Actor);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        Take(pages, "pick", OrderPermissions.ReleasePicks, (order, _) => new ReleasePick(order.Number));
        Take(pages, "ship", OrderPermissions.RecordDeliveries, (order, today) => new RecordDelivery(order.Number, new DeliveryBody(today, Left(order))));
    }

    /// <summary>What of each line has not gone and was not cancelled.</summary>
    public static IReadOnlyList<DeliveredLine> Left(Order order) =>
        [.. order.Lines.Where(line => line.Quantity - line.Cancelled > line.Delivered)
            .Select(line => new DeliveredLine(line.Line, line.Quantity - line.Cancelled - line.Delivered))];

    static void Take(IEndpointRouteBuilder pages, string act, Permission permission, Func<Order, DateOnly, Command> command) =>
        pages.MapForm($"/orders/{{number}}/{act}", permission, async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is not { } found) return PageAnswer.Missing(T("There is no order {0}.", number));
            var refused = (await request.Desk.SubmitAsync(command(found.Order, request.Today), request.Actor, cancel: cancel)).Problem;
            return refused is null ? PageAnswer.To(Links.Order(number)) : PageAnswer.Told(refused.Kind.Status, refused.Kind.Title, refused.Detail, refused.Kind.Remedy);
        });
}

using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>Takes from an order's page that it may be picked, after one more check, and that what is left of it has gone.</summary>
/// <remarks>Both forms carry the edition of the order that they were shown with: nothing goes that nobody has seen, and nothing goes twice.</remarks>
static class SendOrder
{
    /// <summary>It is released, and the one who looks says what is picked and shipped.</summary>
    public static bool IsFor(PageRequest request, Order order) =>
        order.Status == OrderStatus.Released && OrderPermissions.ReleasePicks.IsGrantedTo(request.Actor) && OrderPermissions.RecordDeliveries.IsGrantedTo(request.Actor);

    /// <summary>All that is left of it may ship.</summary>
    public static bool MayShip(Order order) => order is { Status: OrderStatus.Released, Authorization.PickReleased: true } && !order.IsPart();

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        Take(pages, "pick", OrderPermissions.ReleasePicks, order => order.Status == OrderStatus.Released, (request, _, _) => new ReleasePick(request.Route("number")));
        Take(pages, "ship", OrderPermissions.RecordDeliveries, MayShip, (request, form, edition) =>
        {
            var (number, lines) = (request.Route("number"), form["left"].Select(LineOf).ToList());
            if (lines.Contains(null)) return KernelProblems.Invalid("left", "has no valid value");
            var body = new DeliveryBody(request.Today, [.. lines.OfType<DeliveredLine>()]);
            // The same form sent twice is one delivery.
            return new RecordDelivery(number, body) { Key = Claim.OfKey(request.Actor, "ship", $"{number} {edition}", body.Lines) };
        });
    }

    /// <summary>What of each line has not gone and was not cancelled.</summary>
    public static IReadOnlyList<DeliveredLine> Left(Order order) =>
        [.. order.Lines.Where(line => line.Quantity - line.Cancelled > line.Delivered)
            .Select(line => new DeliveredLine(line.Line, line.Quantity - line.Cancelled - line.Delivered))];

    /// <summary>A line as the form carries it.</summary>
    public static string Written(DeliveredLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Line} {line.Quantity.Value}");

    static DeliveredLine? LineOf(string? written) =>
        written?.Split(' ') is [var line, var quantity] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && decimal.TryParse(quantity, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && Quantity.TryOf(value, out var known)
            ? new DeliveredLine(number, known)
            : null;

    /// <param name="offered">Whether the page of the order as it stands has this form.</param>
    static void Take(
        IEndpointRouteBuilder pages, string act, Permission permission, Func<Order, bool> offered, Func<PageRequest, IFormCollection, string, Asked> asked) =>
        pages.MapForm($"/orders/{{number}}/{act}", permission, async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is not { } found) return PageAnswer.Missing(T("There is no order {0}.", number));
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var edition = form["edition"].ToString();
            var read = asked(request, form, edition);
            var refused = read.Problem ?? (edition == Edition.TagOf(OrdersFacts.Table, found.Order) && !offered(found.Order)
                ? KernelProblems.VersionStale.With($"{number} is not as it was read.")
                : (await request.Desk.SubmitAsync(read.Command! with { Read = [edition] }, request.Actor, cancel: cancel)).Problem);
            return refused is null ? PageAnswer.To(Links.Order(number)) : await ShowOrder.ShowAsync(request, refused, null, cancel);
        });
}

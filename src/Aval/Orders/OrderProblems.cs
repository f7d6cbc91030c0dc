using Aval.Kernel;

namespace Aval.Orders;

public static class OrderProblems
{
    public static readonly ProblemKind OrderUnknown = new("order-unknown", 404, "There is no such order",
        "Enter the order first with POST /orders, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind OrderFinished = new("order-finished", 409, "The order is finished",
        "A cancelled order is opened again by PUT /orders/{number}; one that was wholly delivered cannot be cancelled: use a credit note.")
        { OnScreens = "Enter a cancelled order anew; for one that was wholly delivered use a credit note." };

    public static IReadOnlyList<ProblemKind> All { get; } = [OrderUnknown, OrderFinished];
}

public static class OrderPermissions
{
    public static readonly Permission Read = new("readOrders", Permission.EveryRole);
    public static readonly Permission EnterOrders = new("enterOrders", "customerService", "orderManager", "sales", "creditAnalyst", "creditManager");
    public static readonly Permission RecordDeliveries = new("recordDeliveries", "orderManager");
    public static readonly Permission ReleasePicks = new("releasePicks", "orderManager");
    public static readonly Permission CancelOrders = new("cancelOrders", "orderManager", "customerService");
}

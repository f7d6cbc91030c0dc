using Aval.Kernel;

namespace Aval.Orders;

/// <summary>How calls about orders are refused.</summary>
public static class OrderProblems
{
    public static readonly ProblemKind OrderUnknown = new("order-unknown", 404, "There is no such order",
        "Enter the order with POST /orders, or correct the number.");
}

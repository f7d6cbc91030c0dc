using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Receivables;

/// <summary>Who entered an order does not credit what was invoiced of it: they could make any order look paid.</summary>
/// <remarks>Who entered an order is settled before its invoice is there, so it is asked before the note reaches the Desk.</remarks>
static class OwnCredit
{
    public static async Task<Problem?> RefuseAsync(ApiRequest request, string? invoice, CancellationToken cancel)
    {
        // The bootstrap key sets a company up, and enters all there is.
        if (invoice is null || request.Actor.Roles.Contains(Permission.AllRights)) return null;
        if ((await ReceivablesQuery.Of(request).InvoiceAsync(invoice, cancel))?.Order is not { } number) return null;
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var order = (Order?)await reader.FindAsync(OrdersFacts.Table, "order", number, number, cancel);
        return order is not null && request.Actor.Hands.Any(order.IsOwn)
            ? ReceivablesProblems.OwnDocument.With($"Invoice {invoice} bills order {number}, which {request.Actor.Name} entered.", "invoice")
            : null;
    }
}

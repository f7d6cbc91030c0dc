using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>All that the check looks at: an order, its payer, the payer's group and their documents, on a business date. Amounts are minor units.</summary>
/// <param name="Order">The order as it would stand.</param>
/// <param name="Value">What it is worth, in its own and in the payer's credit currency.</param>
/// <param name="Customer">Who orders.</param>
/// <param name="Payer">Who pays; null when the payer has not been entered.</param>
/// <param name="Nodes">The payer, then what stands above it up to the top of the group; empty when the payer is unknown.</param>
/// <param name="Receivables">What the payer owes.</param>
/// <param name="Habit">What the customer usually orders, without this order; null for its first.</param>
/// <param name="SamePurchaseOrder">Other live orders of the same customer with this order's purchase order number.</param>
/// <param name="UnconvertedDocuments">Documents of the payer for which no rate is known: their value is missing from the exposure.</param>
/// <param name="PolicyFactor">One unit of the payer's credit currency in the policy's currency, for policy amounts; null when no rate is known.</param>
public sealed record CheckFacts(
    DateOnly Today,
    Order Order,
    OrderValue Value,
    Customer Customer,
    Customer? Payer,
    IReadOnlyList<NodeFacts> Nodes,
    PayerReceivables Receivables,
    OrderHabit? Habit,
    IReadOnlyCollection<string> SamePurchaseOrder,
    int UnconvertedDocuments,
    decimal? PolicyFactor);

/// <summary>A payer or group node with its limit and what is compared with it.</summary>
/// <param name="Number">The customer whose limit it is.</param>
/// <param name="Currency">The node's credit currency, in which its amounts are told.</param>
/// <param name="Exposure">What is compared with the limit before the order, as policy says (decision or retained).</param>
/// <param name="OrderAmount">What the order adds here; zero beyond the horizon.</param>
public sealed record NodeFacts(string Number, LimitLevel Level, LimitInForce Limit, Currency Currency, long Exposure, long OrderAmount)
{
    /// <summary>What would be compared with the limit once the order is added.</summary>
    public long After => Exposure + OrderAmount;
}

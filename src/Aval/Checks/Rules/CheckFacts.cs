using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>All that the check looks at: an order, its payer, the payer's group and their documents, on a business date. Amounts are minor
/// units.</summary>
/// <param name="Order">The order as it would stand.</param>
/// <param name="Value">What it is worth, in its own and in the payer's credit currency.</param>
/// <param name="Customer">Who orders.</param>
/// <param name="Payer">Who pays; null when the payer has not been entered.</param>
/// <param name="Nodes">The payer, then what stands above it up to the top of the group; empty when the payer is unknown.</param>
/// <param name="Receivables">What the payer owes.</param>
/// <param name="Habit">What the customer usually orders, without this order; null for its first.</param>
/// <param name="SamePurchaseOrder">Other live orders of the same customer with this order's purchase order number.</param>
/// <param name="UnconvertedDocuments">Documents of the payer for which no rate is known: their value is missing from the exposure.</param>
/// <param name="PolicyCurrency">Of policy's amounts: the policy's own, else the company's.</param>
/// <param name="PolicyFactor">One unit of the payer's credit currency in the policy's currency, for policy amounts; null when no rate is
/// known.</param>
public sealed record CheckFacts(
    DateOnly Today,
    Order Order,
    OrderValue Value,
    Customer Customer,
    Customer? Payer,
    IReadOnlyList<NodeFacts> Nodes,
    PayerReceivables Receivables,
    OrderHabit? Habit,
    IReadOnlyList<SamePurchaseOrder> SamePurchaseOrder,
    int UnconvertedDocuments,
    Currency PolicyCurrency,
    decimal? PolicyFactor)
{
    /// <summary>The payers of the whole group, this one too, where policy looks at what the group owes; empty where it does not.</summary>
    public IReadOnlyList<GroupMember> Group { get; init; } = [];

    /// <summary>Conditions of releases that the payer did not meet.</summary>
    public IReadOnlyList<BrokenCondition> Broken { get; init; } = [];

    /// <summary>Whether the order's value is known in the payer's credit currency.</summary>
    public bool IsConverted => Order.Rate is not null && Order.CreditCurrency is not null;
}

/// <summary>A payer or group node with its limit and what is compared with it.</summary>
/// <param name="Number">The customer whose limit it is.</param>
/// <param name="Limit">What holds on the day.</param>
/// <param name="Currency">The node's credit currency, in which its amounts are told.</param>
/// <param name="Exposure">What is compared with the limit before the order, as policy says (decision or retained).</param>
/// <param name="OrderAmount">What the order adds here; zero beyond the horizon.</param>
public sealed record NodeFacts(string Number, LimitLevel Level, LimitInForce Limit, Currency Currency, long Exposure, long OrderAmount)
{
    /// <summary>What would be compared with the limit once the order is added.</summary>
    public long After => Exposure + OrderAmount;
}

/// <summary>Another live order that carries the same purchase order number.</summary>
public readonly record struct SamePurchaseOrder(string Order, DateOnly OrderDate);

/// <summary>A payer of the group and what it owes.</summary>
/// <param name="PolicyFactor">One unit of its credit currency in the policy's currency; null when no rate is known.</param>
public sealed record GroupMember(string Number, Currency Currency, PayerReceivables Receivables, decimal? PolicyFactor);

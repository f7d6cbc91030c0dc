using System.Collections.Immutable;
using Aval.Concentration.Rules;
using Aval.Cover.Rules;
using Aval.Disputes.Rules;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Measures.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
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
/// <param name="Habit">What the customer usually orders, without this order; null for its first, and where no rule
/// looks at it.</param>
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

    /// <summary>Whether a release is asked for, or what was released is about to be picked.</summary>
    public Stage Stage { get; init; }

    /// <summary>The payer's latest orders that were held for its limit, this one too where it was.</summary>
    public IReadOnlyList<Overrun> Overruns { get; init; } = [];

    /// <summary>The day of the oldest rate by which today's amounts were converted; null where policy does not ask or nothing was converted.</summary>
    public DateOnly? OldestRate { get; init; }

    /// <summary>The payer's figures before the order.</summary>
    public PayerExposure Stands { get; init; }

    /// <summary>What the order adds to the payer's decision exposure now, in minor units; zero beyond the horizon.</summary>
    public long Adds { get; init; }

    /// <summary>The payer's guarantees and covers; null for most, who have none.</summary>
    public PayerSecurities? Securities { get; init; }

    /// <summary>The payer's standing conditions, in order of entry, those past and to come among them.</summary>
    public IReadOnlyList<AccountMeasure> Measures { get; init; } = [];

    /// <summary>What of this order somebody has set aside.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>The payer's standing disputes, and how earlier ones ended.</summary>
    public PayerDisputes Disputes { get; init; } = PayerDisputes.None;

    /// <summary>Promises that the payer has broken, by their last good day.</summary>
    public ImmutableSortedSet<Dated> BrokenPromises { get; init; } = [];

    /// <summary>What the payer has promised for a day too far off to count everywhere.</summary>
    public IReadOnlyList<LongPromise> LongPromises { get; init; } = [];

    /// <summary>What all payers owe together, as it was counted last; null where policy does not ask or nothing was counted.</summary>
    public PortfolioSnapshot? Portfolio { get; init; }

    /// <summary>One unit of its currency in policy's; null when no rate is known, or none is needed.</summary>
    public decimal? PortfolioFactor { get; init; }

    /// <summary>The payer's orders with something delivered and not billed, by the day since which.</summary>
    public ImmutableSortedSet<Dated> UnbilledSince { get; init; } = [];

    /// <summary>The payer's live orders of which more was delivered than was ordered, by their date.</summary>
    public ImmutableSortedSet<Dated> OverDelivered { get; init; } = [];

    /// <summary>Conditions of releases that the payer did not meet.</summary>
    public IReadOnlyList<BrokenCondition> Broken { get; init; } = [];

    /// <summary>The payer and the customers above it up to the top of the group, whether they have a limit or not; told where policy looks at
    /// groups.</summary>
    public IReadOnlyList<string> Path
    {
        get => field ?? [.. Nodes.Select(node => node.Number)];
        init;
    }

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
public sealed record GroupMember(string Number, Currency Currency, PayerReceivables Receivables, decimal? PolicyFactor)
{
    /// <summary>The days on which it pays; null for any.</summary>
    public PaymentRun? PaymentRun { get; init; }

    /// <inheritdoc cref="CheckFacts.LongPromises"/>
    public IReadOnlyList<LongPromise> LongPromises { get; init; } = [];
}

using System.Collections.Immutable;
using System.Text.Json;
using Aval.Checks.Rules;
using Aval.Cover.Rules;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Measures.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>An order and its payer as a credit manager would tell them. All is well by default: C1 orders for 1,000 EUR within a limit of
/// 10,000.</summary>
public sealed record Situation
{
    public static readonly DateOnly Today = new(2026, 3, 31);

    public static readonly Customer C1 = new(
        "C1", "Northwind Traders", "FR", Currency.EUR, "NET30", null, null, null, null, null,
        new PostalAddress("1 rue du Port", "Lyon", "69002", "FR"),
        "B", null, false, "retail", PayabilityProfile.None, [], null);

    public decimal Worth { get; init; } = 1000;
    public Currency Currency { get; init; } = Currency.EUR;
    public Currency CreditCurrency { get; init; } = Currency.EUR;

    /// <summary>One unit of the order's currency in the payer's; null when no rate is known.</summary>
    public decimal? Rate { get; init; } = 1;

    /// <summary>One unit of the payer's currency in the policy's; null when no rate is known.</summary>
    public decimal? PolicyRate { get; init; } = 1;

    /// <summary>An amount, or <c>none</c>, <c>unlimited</c>, <c>inherit</c>, <c>expired</c>.</summary>
    public string Limit { get; init; } = "10000";

    /// <summary>The same for the group above; empty where there is no group.</summary>
    public string GroupLimit { get; init; } = "";
    public decimal Exposure { get; init; }
    public decimal GroupExposure { get; init; }
    public bool BeyondHorizon { get; init; }

    /// <summary>Open invoices: days past due (below zero: not due yet) and amount.</summary>
    public IReadOnlyList<(int DaysLate, decimal Amount)> Invoices { get; init; } = [];
    public decimal AtRisk { get; init; }

    /// <summary>Paid in advance for this order.</summary>
    public decimal Deposit { get; init; }

    public Customer Customer { get; init; } = C1;

    /// <summary>Null when the customer pays itself.</summary>
    public Customer? Payer { get; init; }
    public bool PayerIsUnknown { get; init; }
    public Order Order { get; init; } = new(
        "SO-1", "C1", "C1", Currency.EUR, Today, Today, [], null, null, null, null, null, null,
        OrderStatus.Received, null, null, null, 1);

    /// <summary>One line of the order's worth unless said otherwise.</summary>
    public IReadOnlyList<OrderLine> Lines
    {
        get => field ?? [new OrderLine(1, "A-100", Quantity.Of(1), UnitPrice.Of(Worth), 0)];
        init;
    }

    public IReadOnlyList<decimal> EarlierOrders { get; init; } = [];
    public IReadOnlyList<SamePurchaseOrder> SamePurchaseOrder { get; init; } = [];
    public int UnconvertedDocuments { get; init; }

    /// <summary>Guarantees and covers of the payer; invoices count as dated 30 days before they are due.</summary>
    public PayerSecurities? Securities { get; init; }
    public IReadOnlyList<AccountMeasure> Measures { get; init; } = [];
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>What policy says otherwise than the preset: a draft's JSON.</summary>
    public string Policy { get; init; } = "{}";

    public CheckResult Check() => Aval.Checks.Rules.Check.Run(Facts(), PolicyWith(Policy));

    public static CompiledPolicy PolicyWith(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        var problem = PolicyJson.Apply(Standard.Policy, json.RootElement, out var policy);
        Assert.Null(problem);
        return new CompiledPolicy(1, policy);
    }

    public CheckFacts Facts()
    {
        var payer = PayerIsUnknown ? null : (Payer ?? Customer) with { Currency = CreditCurrency };
        var isConverted = Rate is not null && payer is not null;
        var order = Order with
        {
            Customer = Customer.Number, Payer = Customer.PayerNumber, Currency = Currency, Lines = Lines,
            CreditCurrency = isConverted ? CreditCurrency : null, Rate = isConverted ? new StoredRate(Rate!.Value, Today) : null,
        };
        var value = OrderValue.Of(order);
        var adds = BeyondHorizon ? 0 : Math.Max(0, value.Open - Minor(Deposit));
        var nodes = new List<NodeFacts>();
        if (payer is not null) nodes.Add(Node(payer.Number, LimitLevel.Payer, Limit, Exposure, adds));
        if (payer is not null && GroupLimit.Length > 0) nodes.Add(Node("G0", LimitLevel.Group, GroupLimit, GroupExposure, adds));
        return new CheckFacts(
            Today, order, value, Customer with { Currency = CreditCurrency }, payer, nodes, Receivables(),
            EarlierOrders.Count == 0 ? null : new OrderHabit(Customer.Number, [.. EarlierOrders.Select(Minor)]),
            SamePurchaseOrder, UnconvertedDocuments, Currency.EUR, PolicyRate)
        {
            Stands = Stands(), Adds = adds, Securities = Securities, Measures = Measures, Waivers = Waivers,
        };
    }

    PayerExposure Stands()
    {
        var owed = Receivables();
        return new(CreditCurrency, Receivables: owed.Receivables, AtRisk: owed.AtRisk, Cover: Securities?.On(owed, Aval.Orders.PayerOrders.None, Today));
    }

    PayerReceivables Receivables()
    {
        var items = Invoices.OrderByDescending(invoice => invoice.DaysLate)
            .Select((invoice, at) => (Number: $"I-{at + 1}", Due: Today.AddDays(-invoice.DaysLate), Open: Minor(invoice.Amount)))
            .Select(item => new OpenItem(item.Number, item.Due, item.Open) { Date = item.Due.AddDays(-30) }).ToArray();
        return new PayerReceivables
        {
            OpenItems = [.. items], Receivables = items.Sum(item => item.Open) - Minor(AtRisk), AtRisk = Minor(AtRisk),
            Deposits = Deposit == 0 ? [] : [new OpenDeposit("R-1", Order.Number, Minor(Deposit))],
        };
    }

    NodeFacts Node(string number, LimitLevel level, string limit, decimal exposure, long adds) =>
        new(number, level, InForce(limit), CreditCurrency, Minor(exposure), adds);

    LimitInForce InForce(string limit) => limit switch
    {
        "none" => LimitInForce.NeverSet,
        "unlimited" => new(LimitKind.Unlimited, null, CreditCurrency, null, false),
        "inherit" => new(LimitKind.Inherit, null, CreditCurrency, null, false),
        "expired" => new(LimitKind.None, null, CreditCurrency, Today.AddDays(-1), Expired: true),
        _ => new(LimitKind.Amount, Minor(decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture)), CreditCurrency, null, false),
    };

    long Minor(decimal major) => Money.Of(major, CreditCurrency).Minor;
}

/// <summary>What a table of scenarios asks of a result.</summary>
static class Expectations
{
    /// <summary>The verdict and all findings of the row, its columns <c>triage</c> and <c>findings</c>; nothing else may be found.</summary>
    public static void Meets(this CheckResult result, Row row)
    {
        Assert.Equal(row["triage"], result.Triage.ToString().ToLowerInvariant());
        Assert.Equal(row.Words("findings").Order(StringComparer.Ordinal), Codes(result).Order(StringComparer.Ordinal));
    }

    public static IEnumerable<string> Codes(this CheckResult result) => result.Findings.Select(finding => finding.Code);

    public static Finding One(this CheckResult result, string code) => Assert.Single(result.Findings, finding => finding.Code == code);

    public static decimal? Major(this Finding finding) =>
        finding is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency).Major : null;
}

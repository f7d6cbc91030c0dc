using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Rates;

namespace Aval.Tests.Histories;

/// <summary>Who is in a history: two groups, four payers, three branches that somebody else pays for. LATE and TOP2 are named before they are entered.</summary>
static class Cast
{
    public static readonly string[] Everybody = ["TOP", "TOP2", "P1", "P2", "SOLO", "LATE", "B1", "B2", "B3"];
    public static readonly string[] Payers = ["P1", "P2", "SOLO", "LATE"];
    public static readonly string[] Branches = ["B1", "B2", "B3"];

    static readonly Currency Usd = Currency.Of("USD");

    public static Currency CurrencyOf(string number) => number is "P2" or "LATE" ? Usd : Currency.EUR;

    /// <summary>What begins every history: the group TOP with two payers in two currencies, SOLO alone, and B3 whose payer nobody has entered.</summary>
    public static IEnumerable<Command> Opening =>
    [
        new PutRates(Shop.FirstDay.AddDays(-9), new RatesBody(Currency.EUR, new Dictionary<string, decimal> { ["USD"] = 1.0837m })),
        Enter("TOP", null, null), Enter("P1", null, "TOP"), Enter("P2", null, "TOP"), Enter("SOLO", null, "TOP2"), Enter("B1", "P1", null), Enter("B2", "P2", null),
        Enter("B3", "LATE", null),
        Limit("TOP", LimitLevel.Group, LimitKind.Amount, 3000), Limit("P1", LimitLevel.Payer, LimitKind.Amount, 2000), Limit("P2", LimitLevel.Payer, LimitKind.Inherit, null),
        Limit("SOLO", LimitLevel.Payer, LimitKind.Amount, 1500),
    ];

    public static PutCustomer Enter(string number, string? payer, string? group) => new(number, new CustomerBody(
        Name: $"{number} & Sons", Country: "DE", Currency: CurrencyOf(number), PaymentTerms: "NET30", Payer: payer, Group: group, RiskClass: "B",
        BillingAddress: new PostalAddress("Am Markt 1", "Bonn", "53111", "DE")));

    static RecordLimit Limit(string customer, LimitLevel level, LimitKind kind, decimal? amount) => new(new LimitBody(
        customer, LimitTerm.Standing, kind, CurrencyOf(customer), Shop.FirstDay.AddDays(-30), "reviewed", amount, Level: level));
}

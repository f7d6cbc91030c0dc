using Aval.Kernel;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Whose debt a document is, and in which currency it is told. The payer's currency is null while the payer has not been entered.</summary>
sealed record Debtor(Customer Customer, string Payer, Currency? CreditCurrency)
{
    /// <summary>The debtor of what names this customer; null when there is no such customer at this root.</summary>
    public static Debtor? Of(Facts facts, string customer)
    {
        var parties = facts.Get<PartiesFacts>();
        return parties.Customers.TryGetValue(customer, out var known) ? new Debtor(known, known.PayerNumber, parties.PayerOf(known)?.Currency) : null;
    }

    /// <summary>The same for what bills this order: it may have been checked under another payer than the customer has now.</summary>
    public Debtor Of(Facts facts, Orders.Rules.Order order) =>
        this with { Payer = order.Payer, CreditCurrency = facts.Get<PartiesFacts>().Customers.GetValueOrDefault(order.Payer)?.Currency };

    /// <summary>The party under which a number is claimed.</summary>
    public string Party => CreditCurrency is null ? Customer.Number : Payer;

    /// <summary>The party under which a number that concerns this invoice is claimed: one that can be found, so the customer while its payer has not been entered.</summary>
    public static string PartyOf(Facts facts, Invoice invoice) =>
        facts.Get<PartiesFacts>().Customers.ContainsKey(invoice.Payer) ? invoice.Payer : invoice.Customer;

    /// <summary>Refuses with <c>field-invalid</c> what would be no amount any more in the credit currency.</summary>
    public Problem? RefuseAmount(DateOnly date, Money amount, Facts company) => RateOn(date, amount.Currency, company) is { } rate && !rate.Fits(amount)
        ? KernelProblems.FieldInvalid.With($"amount must come to less than 10^13 in {CreditCurrency}, the credit currency.", "amount")
        : null;

    /// <summary>How a document of this day is converted; null while no rate is known.</summary>
    public StoredRate? RateOn(DateOnly date, Currency currency, Facts company) =>
        CreditCurrency is { } credit ? company.Get<RatesFacts>().Find(currency, credit, date) : null;
}

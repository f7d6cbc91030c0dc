using Aval.Kernel;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Reports.Rules;

/// <summary>In which currency a report's amounts are told: the document's own, the payer's credit currency, or the company's.</summary>
public enum ToldIn { Document, Credit, Company }

/// <summary>What parts of invoices come to in the currency that a report tells. Each part is converted by itself, so that rows add up to their sums.</summary>
/// <param name="toCompany">From a credit currency to the company's, of the day that is looked at; null while no rate is known.</param>
public sealed class Valuation(ToldIn toldIn, Currency company, Func<Currency, StoredRate?> toCompany)
{
    public ToldIn ToldIn => toldIn;

    /// <summary>Null for the credit currency of a payer that has not been entered.</summary>
    public Currency? CurrencyOf(Invoice invoice) => toldIn switch
    {
        ToldIn.Document => invoice.Currency,
        ToldIn.Credit => invoice.CreditCurrency,
        ToldIn.Company => company,
    };

    /// <summary>The part of an invoice after its first <paramref name="from"/> minor units, up to <paramref name="to"/>, in minor units of the currency told; null while
    /// no rate is known.</summary>
    public long? Of(Invoice invoice, long from, long to)
    {
        if (toldIn == ToldIn.Document || (toldIn == ToldIn.Company && invoice.Currency == company)) return to - from;
        if (CreditValue.Of(invoice) is not { } value) return null;
        var credit = new Money(value.Between(from, to), value.Credit);
        if (toldIn == ToldIn.Credit || value.Credit == company) return credit.Minor;
        return toCompany(value.Credit) is { } rate && rate.Fits(credit) ? credit.Convert(rate.Factor, company).Minor : null;
    }
}

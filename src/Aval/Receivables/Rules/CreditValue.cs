using Aval.Kernel;
using Aval.Rates.Rules;

namespace Aval.Receivables.Rules;

/// <summary>What parts of a document come to in the payer's credit currency, at the document's one stored rate.</summary>
/// <remarks>A part is the difference of two cumulative rounded values, so that the parts of a document add up to it and no cent is lost.</remarks>
public readonly record struct CreditValue(Currency Currency, StoredRate Rate, Currency Credit)
{
    /// <summary>Null while no rate is known.</summary>
    public static CreditValue? Of(Currency currency, StoredRate? rate, Currency? credit) =>
        rate is { } known && credit is { } to ? new CreditValue(currency, known, to) : null;

    public static CreditValue? Of(Invoice invoice) => Of(invoice.Currency, invoice.Rate, invoice.CreditCurrency);

    /// <summary>The part of the document after its first <paramref name="from"/> minor units, up to <paramref name="to"/>, in minor units of the credit currency.</summary>
    public long Between(long from, long to) => Converted(to) - Converted(from);

    long Converted(long minor) => new Money(minor, Currency).Convert(Rate.Factor, Credit).Minor;
}

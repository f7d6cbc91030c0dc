using Aval.Kernel;
using Aval.Rates.Rules;

namespace Aval.Receivables.Rules;

/// <summary>From which day the age of an invoice is counted.</summary>
public enum AgingBasis { DueDate, DocumentDate }

/// <summary>An invoice as an aging sees it: what was open of it on a day.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the whole invoice.</param>
/// <param name="Settled">Minor units that counted as settled on that day; what an uncleared receipt had taken is still owed.</param>
/// <param name="Disputed">Minor units of what was open then that were in dispute, by the amounts known now.</param>
public sealed record AgedInvoice(
    string Number, string Payer, DateOnly Date, DateOnly DueDate, Currency Currency, long Amount, long Settled, Currency? CreditCurrency, StoredRate? Rate,
    long Disputed = 0)
{
    /// <summary>Minor units of the invoice's own currency.</summary>
    public long Open => Amount - Settled;

    /// <summary>Minor units of the payer's credit currency; null while no rate is known.</summary>
    public long? OpenInCredit => CreditValue.Of(Currency, Rate, CreditCurrency)?.Between(Settled, Amount);

    /// <summary>Of which disputed: zero while no rate is known.</summary>
    public long DisputedInCredit => CreditValue.Of(Currency, Rate, CreditCurrency)?.Between(Amount - Disputed, Amount) ?? 0;
}

/// <summary>Open amounts by days past due (or, by document date, by age), in minor units of one currency.</summary>
public readonly record struct AgingBuckets(long NotDue, long D1To30, long D31To60, long D61To90, long Over90)
{
    public long Total => NotDue + D1To30 + D31To60 + D61To90 + Over90;

    public static AgingBuckets operator +(AgingBuckets left, AgingBuckets right) => new(
        left.NotDue + right.NotDue, left.D1To30 + right.D1To30, left.D31To60 + right.D31To60, left.D61To90 + right.D61To90, left.Over90 + right.Over90);

    /// <summary>An amount in the one bucket of its age.</summary>
    /// <param name="days">Calendar days past due; 0 or less is not due.</param>
    public static AgingBuckets Of(long amount, int days) => days switch
    {
        <= 0 => new(amount, 0, 0, 0, 0),
        <= 30 => new(0, amount, 0, 0, 0),
        <= 60 => new(0, 0, amount, 0, 0),
        <= 90 => new(0, 0, 0, amount, 0),
        _ => new(0, 0, 0, 0, amount),
    };
}

/// <summary>How old the receivables of a day are. Unconverted is the number of open invoices that are missing from the sums because no rate is known.</summary>
/// <param name="Disputed">Of the buckets' total, what was in dispute.</param>
public readonly record struct Aging(AgingBuckets Buckets, int Unconverted, long Disputed)
{
    /// <summary>The aging of a payer's invoices in its credit currency.</summary>
    public static Aging InCreditCurrency(IEnumerable<AgedInvoice> invoices, DateOnly asOf, AgingBasis basis)
    {
        var (buckets, unconverted, disputed) = (default(AgingBuckets), 0, 0L);
        foreach (var invoice in invoices)
            if (invoice.OpenInCredit is { } open)
            {
                buckets += AgingBuckets.Of(open, Days(invoice, asOf, basis));
                disputed += invoice.DisputedInCredit;
            }
            else if (invoice.Open != 0)
            {
                unconverted++;
            }

        return new Aging(buckets, unconverted, disputed);
    }

    /// <summary>The credit currency of a payer's invoices; null while no rate was known for any of them.</summary>
    public static Currency? CreditCurrencyOf(IEnumerable<AgedInvoice> invoices) => invoices.Select(invoice => invoice.CreditCurrency).FirstOrDefault(known => known is not null);

    /// <summary>A payer's aging in the company's currency: each figure of its credit currency converted once, at the day's rate.</summary>
    /// <param name="invoices">All that are open: without a rate none of them is in the sums.</param>
    /// <param name="credit">The payer's credit currency; null while it is not known.</param>
    /// <param name="rate">From the credit currency to the company's on that day; null while none is known.</param>
    public Aging InCompanyCurrency(int invoices, Currency? credit, StoredRate? rate, Currency company)
    {
        if (credit is not { } from || rate is not { } known || !known.Fits(new Money(Buckets.Total, from))) return new Aging(default, invoices, 0);
        long Converted(long minor) => new Money(minor, from).Convert(known.Factor, company).Minor;
        var (notDue, d1To30, d31To60, d61To90, over90) = Buckets;
        return new Aging(
            new AgingBuckets(Converted(notDue), Converted(d1To30), Converted(d31To60), Converted(d61To90), Converted(over90)), Unconverted, Converted(Disputed));
    }

    /// <summary>The part of one invoice, in its own currency.</summary>
    public static AgingBuckets InOwnCurrency(AgedInvoice invoice, DateOnly asOf, AgingBasis basis) => AgingBuckets.Of(invoice.Open, Days(invoice, asOf, basis));

    /// <summary>The invoice as it stood at the end of a day; null when that day did not know it, or knew nothing open of it.</summary>
    /// <param name="later">What has been settled of it (or taken back) by settlements that count only from later days.</param>
    public static AgedInvoice? AsOf(Invoice invoice, long later, DateOnly asOf)
    {
        if (invoice.Draft || invoice.Date > asOf) return null;
        var settled = invoice.Settled - later;
        // Paid anew by older money than that which went back later, it was settled twice over on the days between: nothing was open.
        return settled >= invoice.Amount
            ? null
            : new AgedInvoice(
                invoice.Number, invoice.Payer, invoice.Date, invoice.DueDate, invoice.Currency, invoice.Amount, settled, invoice.CreditCurrency, invoice.Rate,
                Math.Min(invoice.Amount - settled, invoice.Parts.Where(part => part.WasDisputedOn(asOf)).Sum(part => part.Amount)));
    }

    static int Days(AgedInvoice invoice, DateOnly asOf, AgingBasis basis) => basis switch
    {
        AgingBasis.DueDate => asOf.DayNumber - invoice.DueDate.DayNumber,
        AgingBasis.DocumentDate => asOf.DayNumber - invoice.Date.DayNumber,
    };
}

using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Portfolio;

/// <summary>What one payer came to when the portfolio was counted, in minor units of its credit currency.</summary>
/// <param name="Currency">Null where no rate was known for anything.</param>
/// <param name="Exposure">The decision exposure: all that is open, less what policy nets.</param>
/// <param name="InCompany">The same in the company's currency; null where no rate was known.</param>
/// <param name="Sales">Invoiced in the months before, tax included.</param>
/// <param name="Unconverted">Open invoices that are missing, since no rate was known for them.</param>
/// <param name="DaysLate">Value-weighted days beyond terms of what it paid in twelve months; null while it has not paid.</param>
public sealed record PayerFigures(
    string Payer, Currency? Currency, long Exposure, long? InCompany, AgingBuckets Buckets, long Sales, long Invoices, long Unconverted, long? DaysLate);

/// <summary>A count of the portfolio.</summary>
/// <param name="Since">Sales are those after this day.</param>
public sealed record PortfolioCount(DateOnly AsOf, DateOnly Since)
{
    const int Months = 3;

    /// <summary>The day before the months whose sales are counted: that of the day and the two before, as the report of days sales outstanding has them.</summary>
    public static DateOnly SinceOf(DateOnly asOf) => new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(1 - Months).AddDays(-1);
}

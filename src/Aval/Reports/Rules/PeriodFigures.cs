using Aval.Receivables.Rules;

namespace Aval.Reports.Rules;

/// <summary>What a period's figures are told from, gathered invoice by invoice. Amounts in minor units of one currency.</summary>
/// <param name="ends">The last days of its stretches, the earliest first. The first one is the day before the period begins.</param>
public sealed class PeriodFigures(IReadOnlyList<DateOnly> ends)
{
    readonly AgingBuckets[] aging = new AgingBuckets[ends.Count];
    readonly long[] sales = new long[ends.Count];
    readonly WeightedDays[] paid = new WeightedDays[ends.Count];
    readonly decimal[] inTime = new decimal[ends.Count];
    readonly long[] intoOver90 = new long[ends.Count];
    readonly decimal[] waiting = new decimal[ends.Count];
    WeightedDays pastDue;

    public IReadOnlyList<DateOnly> Ends => ends;

    /// <summary>How old what was open was at the end of each stretch.</summary>
    public IReadOnlyList<AgingBuckets> Aging => aging;

    /// <summary>Invoiced in each stretch, tax included; the first is zero.</summary>
    public IReadOnlyList<long> Sales => sales;

    /// <summary>Of what was more than 90 days old at the end of each stretch, what was not yet at the end of the one before.</summary>
    public IReadOnlyList<long> IntoOver90 => intoOver90;

    /// <summary>Paid in each stretch by cleared receipts that stand on the last day, with the days after its due date on which the money was ours.</summary>
    public IReadOnlyList<WeightedDays> Paid => paid;

    /// <summary>Of which not after its due date.</summary>
    public IReadOnlyList<decimal> PaidInTime => inTime;

    /// <summary>Disputed of what is open on the last day.</summary>
    public long Disputed { get; private set; }

    /// <summary>Invoices that are missing, since no rate is known for them.</summary>
    public int Unconverted { get; private set; }

    public int Days => ends[^1].DayNumber - ends[0].DayNumber;
    public long SalesInAll => sales.Sum();

    public decimal? Simple => DaysSales.Simple(aging[^1].Total, SalesInAll, Days);
    public decimal? Countback => DaysSales.Countback(aging[^1].Total, LatestFirst());
    public decimal? True => DaysSales.True([.. waiting.Zip(sales)]);
    public decimal? BestPossible => DaysSales.BestPossible(aging[^1].NotDue, SalesInAll, Days);
    public decimal? Delinquent => DaysSales.AverageDelinquent(Simple, BestPossible);
    public decimal? Effectiveness => Collecting.Effectiveness(aging[0].Total, SalesInAll, aging[^1].Total, aging[^1].NotDue, ends.Count - 1);

    /// <summary>Of what was paid in the period, and of what is past due on its last day.</summary>
    public decimal? BeyondTerms => paid.Aggregate(pastDue, (all, stretch) => all + stretch).Average;

    /// <summary>Counts an invoice; of one without a rate it counts that alone.</summary>
    public void Add(PayerBook book, Invoice invoice, Valuation valuation, AgingBasis basis = AgingBasis.DueDate)
    {
        if (valuation.Of(invoice, 0, invoice.Amount) is not { } value)
        {
            if (StretchOf(invoice.Date) is not null || book.On(invoice, ends[^1]) is not null) Unconverted++;
            return;
        }

        for (var i = 0; i < ends.Count; i++)
            if (book.On(invoice, ends[i]) is { } aged)
            {
                var open = valuation.Of(invoice, aged.Settled, aged.Amount) ?? 0;
                var from = basis == AgingBasis.DueDate ? invoice.DueDate : invoice.Date;
                var bucket = AgingBuckets.Of(open, ends[i].DayNumber - from.DayNumber);
                aging[i] += bucket;
                if (i > 0 && AgingBuckets.Of(open, ends[i - 1].DayNumber - from.DayNumber).Over90 == 0) intoOver90[i] += bucket.Over90;
                if (i < ends.Count - 1) continue;
                Disputed += valuation.Of(invoice, aged.Amount - aged.Disputed, aged.Amount) ?? 0;
                if (ends[i] > invoice.DueDate) pastDue = pastDue.With(open, ends[i].DayNumber - invoice.DueDate.DayNumber);
                waiting[StretchOf(invoice.Date) ?? 0] += (decimal)open * (ends[i].DayNumber - invoice.Date.DayNumber);
            }

        if (StretchOf(invoice.Date) is { } issued) sales[issued] += value;
        foreach (var settlement in book.StandingOf(invoice, ends[^1]))
            if (settlement.Source == SettlementSource.Receipt) Pay(invoice, settlement, valuation.Of(invoice, 0, settlement.Amount) ?? 0);
    }

    void Pay(Invoice invoice, Settlement settlement, long value)
    {
        if (settlement.CameOn(invoice) is not { } on || StretchOf(on) is not { } stretch) return;
        paid[stretch] = paid[stretch].With(value, on.DayNumber - invoice.DueDate.DayNumber);
        if (on <= invoice.DueDate) inTime[stretch] += value;
    }

    /// <summary>The stretch in which a day lies; null outside the period.</summary>
    int? StretchOf(DateOnly day)
    {
        if (day <= ends[0] || day > ends[^1]) return null;
        var at = 1;
        while (ends[at] < day) at++;
        return at;
    }

    List<MonthSales> LatestFirst()
    {
        var months = new List<MonthSales>();
        for (var i = ends.Count - 1; i > 0; i--) months.Add(new MonthSales(sales[i], ends[i].DayNumber - ends[i - 1].DayNumber));
        return months;
    }

    /// <summary>The months up to a day, the last of them up to that day only.</summary>
    /// <param name="months">How many, the last included; at least 1.</param>
    /// <returns>The day before the first, then the last day of each.</returns>
    public static IReadOnlyList<DateOnly> MonthsUpTo(DateOnly day, int months)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return [.. Enumerable.Range(0, months).Select(back => first.AddMonths(back - months + 1).AddDays(-1)), day];
    }
}

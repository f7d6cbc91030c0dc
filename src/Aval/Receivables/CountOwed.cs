using System.Data.Common;
using System.Globalization;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Counts what every payer owes now: the sums of <c>GET /aging</c> for the business date, without reading the documents that need no conversion.</summary>
/// <remarks>Where all documents of a payer are in its credit currency the database adds them up; all others are converted one by one, as everywhere.</remarks>
static class CountOwed
{
    /// <summary>What is owed on invoices today: no drafts, and nothing dated later.</summary>
    const string Owed = "live AND NOT draft AND date <= @today";

    const string Converts = "rate IS NULL OR credit_currency IS NULL OR credit_currency <> currency";

    /// <summary>Payers whose documents are read together.</summary>
    const int PayersAtOnce = 2_000;

    static readonly AgingBucket[] Buckets = Enum.GetValues<AgingBucket>();

    /// <returns>All payers with something open, in order of their numbers.</returns>
    public static async Task<IReadOnlyList<PayerAging>> AllAsync(Store store, Facts company, CancellationToken cancel)
    {
        await using var reader = await store.LongSnapshotAsync(cancel);
        var (today, home, rates) = (company.Through, company.Get<CompanyFacts>().Main!.Currency, new Dictionary<Currency, StoredRate?>());
        var (found, mixed) = (new List<PayerAging>(), new List<string>());
        await using (var command = Bounded(new Wanted(reader).And(Owed), today).Asking(Sums))
        await using (var rows = await command.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel))
                if (Whole(rows, 1) > 0) mixed.Add(rows.GetString(0));
                else Add(rows.GetString(0), new Aging(BucketsOf(rows, 4), 0, 0), Whole(rows, 3), Currency.Of(rows.GetString(2)));
        foreach (var part in mixed.Chunk(PayersAtOnce))
        {
            await using var documents = Bounded(new Wanted(reader).Among("payer", part).And(Owed), today)
                .Asking(where => $"SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE {where} ORDER BY payer, due_date, number");
            foreach (var open in (await AgedAsync(reader, documents, today, cancel)).GroupBy(invoice => invoice.Payer, StringComparer.Ordinal).Select(of => of.ToList()))
                Add(open[0].Payer, Aging.InCreditCurrency(open, today, AgingBasis.DueDate), open.Count, Aging.CreditCurrencyOf(open));
        }

        return [.. found.OrderBy(payer => payer.Payer, StringComparer.Ordinal)];

        void Add(string payer, Aging aging, int invoices, Currency? credit)
        {
            StoredRate? rate = null;
            if (credit is { } from && !rates.TryGetValue(from, out rate)) rates[from] = rate = company.Get<RatesFacts>().Find(from, home, today);
            var counted = aging.InCompanyCurrency(invoices, credit, rate, home);
            found.Add(new PayerAging(payer, counted.Buckets, invoices, counted.Unconverted));
        }
    }

    /// <summary>Only what is open and so late.</summary>
    internal static Wanted Within(Wanted wanted, AgingBucket bucket, DateOnly today) => Bounded(wanted, today).And(Owed).And(Of(bucket));

    static string Sums(string where)
    {
        var sums = Buckets.Select(bucket => $"CAST(sum(CASE WHEN {Of(bucket)} THEN amount - settled ELSE 0 END) AS BIGINT)");
        return $"""
            SELECT payer, converted + CASE WHEN first_credit = last_credit THEN 0 ELSE 1 END, first_credit, invoices, {string.Join(", ", Buckets.Select(one => Words.Of(one)))}
            FROM (
                SELECT payer, sum(CASE WHEN {Converts} THEN 1 ELSE 0 END) AS converted, min(credit_currency) AS first_credit, max(credit_currency) AS last_credit,
                    count(*) AS invoices, {string.Join(", ", sums.Zip(Buckets, (sum, bucket) => $"{sum} AS {Words.Of(bucket)}"))}
                FROM invoice WHERE {where} GROUP BY payer) by_payer
            """;
    }

    static async Task<IEnumerable<AgedInvoice>> AgedAsync(StoreReader reader, DbCommand command, DateOnly today, CancellationToken cancel) =>
        (await reader.RowsAsync(command, ReceivablesTables.Invoice, cancel)).Cast<Invoice>().Select(invoice => Aging.AsOf(invoice, later: 0, today)).OfType<AgedInvoice>();

    static Wanted Bounded(Wanted wanted, DateOnly today) =>
        wanted.With("today", today).With("late30", today.AddDays(-30)).With("late60", today.AddDays(-60)).With("late90", today.AddDays(-90));

    /// <summary>The days of <see cref="AgingBuckets.Of"/>, as bounds of the due date.</summary>
    static string Of(AgingBucket bucket) => bucket switch
    {
        AgingBucket.NotDue => "due_date >= @today",
        AgingBucket.D1to30 => "due_date < @today AND due_date >= @late30",
        AgingBucket.D31to60 => "due_date < @late30 AND due_date >= @late60",
        AgingBucket.D61to90 => "due_date < @late60 AND due_date >= @late90",
        AgingBucket.Over90 => "due_date < @late90",
    };

    static AgingBuckets BucketsOf(DbDataReader row, int at) =>
        new(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4));

    static int Whole(DbDataReader row, int at) => Convert.ToInt32(row.GetValue(at), CultureInfo.InvariantCulture);
}

using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What the rows of a portfolio's aging are.</summary>
public enum AgingBy { Payer, Currency }

/// <summary>Buckets of one currency.</summary>
/// <param name="Payer">Null in a row of a currency.</param>
/// <param name="Currency">The payer's credit currency; in a row of a currency, the documents' own. Null where nothing could be converted.</param>
/// <param name="Total">The sum of the buckets.</param>
/// <param name="Disputed">Of which disputed.</param>
/// <param name="Unconverted">Open invoices that are missing from the sums, since no rate is known for them.</param>
public sealed record AgingRow(
    string? Payer, Currency? Currency, decimal NotDue, decimal D1to30, decimal D31to60, decimal D61to90, decimal Over90, decimal Total, decimal Disputed, int Unconverted)
{
    public static AgingRow Of(string? payer, Currency? currency, Aging aging)
    {
        decimal Major(long minor) => currency is { } known ? new Money(minor, known).Major : 0;
        var (notDue, d1To30, d31To60, d61To90, over90) = aging.Buckets;
        return new AgingRow(
            payer, currency, Major(notDue), Major(d1To30), Major(d31To60), Major(d61To90), Major(over90), Major(aging.Buckets.Total), Major(aging.Disputed), aging.Unconverted);
    }
}

/// <summary>How old all receivables are, at the end of a day as it is known now.</summary>
/// <param name="Currency">The company's: the buckets beside it are all payers together, each converted once at the day's rate.</param>
/// <param name="Unconverted">Open invoices that are missing from these sums, since no rate is known for them or for their payer's currency.</param>
/// <param name="Rows">In order of the payers' numbers, or of the currencies' codes.</param>
/// <param name="Next">What to send as <c>cursor</c> for the rows that follow; null when there are none. A page after the first carries no sums.</param>
public sealed record PortfolioAgingAnswer(
    DateOnly AsOf, AgingBasis Basis, AgingBy By, Currency Currency, decimal? NotDue, decimal? D1to30, decimal? D31to60, decimal? D61to90, decimal? Over90, decimal? Total,
    decimal? Disputed, int? Unconverted, IReadOnlyList<AgingRow> Rows, string? Next);

/// <summary>Reads the aging of the whole portfolio.</summary>
static class ReadPortfolioAging
{
    const int MostRows = 500;

    internal static void Map(Api api) => api.Get<PortfolioAgingAnswer>(
        "/aging", ReceivablesPermissions.Read, "How old all receivables are, on any day, by payer or by currency",
        async (request, cancel) =>
        {
            var company = await request.Desk.CompanyAsync(cancel);
            var asOf = request.Query<DateOnly?>("asOf") ?? company.Through;
            if (ReadAging.RefuseFuture(asOf, company.Through) is { } refusal) return refusal;
            var most = request.Query<int?>("limit") ?? MostRows;
            if (most is < 1 or > MostRows) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostRows}.", "limit");
            var (by, cursor) = (request.Query<AgingBy?>("by") ?? AgingBy.Payer, request.Query<string>("cursor"));
            if (cursor is not null && !(by == AgingBy.Payer ? Numbers.Refuse("cursor", cursor) is null : Currency.TryOf(cursor, out _)))
                return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
            var reading = new Portfolio(company, asOf, request.Query<AgingBasis?>("basis") ?? AgingBasis.DueDate, by, most, cursor);
            return await reading.ReadAsync(ReceivablesQuery.Of(request), cancel);
        },
        [
            .. ReadAging.Query, new("by", typeof(AgingBy), "What the rows are: payers, which is the default, or the documents' currencies."),
            new("cursor", typeof(string), "The next of the page before."), new("limit", typeof(int), $"Rows of a page, at most {MostRows}, which is the default."),
        ]);
}

/// <summary>One pass over the open invoices of all payers; a page after the first ends with its last row.</summary>
sealed class Portfolio(Facts company, DateOnly asOf, AgingBasis basis, AgingBy by, int most, string? cursor)
{
    readonly Currency currency = company.Get<CompanyFacts>().Main!.Currency;
    readonly List<AgingRow> rows = [];
    readonly SortedDictionary<string, (AgingBuckets Buckets, long Disputed)> byCurrency = new(StringComparer.Ordinal);
    AgingBuckets all;
    long disputed;
    int unconverted;
    string? next;

    public async Task<PortfolioAgingAnswer> ReadAsync(ReceivablesQuery query, CancellationToken cancel)
    {
        await foreach (var open in query.OpenByPayerAsync(asOf, by == AgingBy.Payer ? cursor : null, cancel))
        {
            if (rows.Count == most) next ??= rows[^1].Payer;
            if (next is not null && cursor is not null) break;
            Add(open);
        }

        foreach (var (code, (buckets, inDispute)) in byCurrency)
            if (cursor is null || string.CompareOrdinal(code, cursor) > 0)
                if (rows.Count < most) rows.Add(AgingRow.Of(null, Kernel.Currency.Of(code), new Aging(buckets, 0, inDispute)));
                else next ??= rows[^1].Currency!.Value.Code;
        decimal? Major(long minor) => cursor is null ? new Money(minor, currency).Major : null;
        return new PortfolioAgingAnswer(
            asOf, basis, by, currency, Major(all.NotDue), Major(all.D1To30), Major(all.D31To60), Major(all.D61To90), Major(all.Over90), Major(all.Total),
            Major(disputed), cursor is null ? unconverted : null, rows, next);
    }

    void Add(IReadOnlyList<AgedInvoice> open)
    {
        var aging = Aging.InCreditCurrency(open, asOf, basis);
        var credit = Aging.CreditCurrencyOf(open);
        if (by == AgingBy.Payer && rows.Count < most) rows.Add(AgingRow.Of(open[0].Payer, credit, aging));
        if (by == AgingBy.Currency)
            foreach (var invoice in open)
            {
                var (buckets, inDispute) = byCurrency.GetValueOrDefault(invoice.Currency.Code);
                byCurrency[invoice.Currency.Code] = (buckets + Aging.InOwnCurrency(invoice, asOf, basis), inDispute + invoice.Disputed);
            }

        var rate = credit is { } from ? company.Get<RatesFacts>().Find(from, currency, asOf) : null;
        var counted = aging.InCompanyCurrency(open.Count, credit, rate, currency);
        (all, disputed, unconverted) = (all + counted.Buckets, disputed + counted.Disputed, unconverted + counted.Unconverted);
    }
}

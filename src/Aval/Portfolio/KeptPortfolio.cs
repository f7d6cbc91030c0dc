using System.Globalization;
using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Portfolio;

/// <summary>The last count of the portfolio: written whole, told in order of exposure.</summary>
public static class KeptPortfolio
{
    internal const string Columns =
        "payer, currency, exposure, in_company, not_due, d1to30, d31to60, d61to90, over90, sales, invoices, unconverted, days_late";

    static readonly string[] Halves = ["portfolio_even", "portfolio_odd"];

    /// <summary>The count of the company's business date, made now where there is none yet.</summary>
    public static async Task<PortfolioCount> TodaysAsync(Store store, Facts company, CancellationToken cancel)
    {
        // Who sees some customers alone is told their rows; they are counted with all the others.
        if (await LatestAsync(store, cancel) is { } latest && latest.AsOf >= company.Through) return latest;
        await CountPayers.CountAsync(store.Whole, company, advance: null, cancel);
        return (await LatestAsync(store, cancel))!;
    }

    /// <summary>Null before the first count.</summary>
    public static async Task<PortfolioCount?> LatestAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (await LatestAsync(reader, cancel)).Count;
    }

    /// <summary>All payers that owe something, have been sold something in the months before, or stand with something else; the largest exposure first.</summary>
    /// <param name="payers">Only these; null for all.</param>
    public static async IAsyncEnumerable<PayerFigures> EachAsync(StoreReader reader, IReadOnlyList<string>? payers, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (count, half) = await LatestAsync(reader, cancel);
        if (count is null) yield break;
        await using var command = reader.Command($"""
            SELECT {Columns} FROM {Halves[half]}{Where()} ORDER BY COALESCE(in_company, 0) DESC, payer, currency
            """);
        if (payers is not null) StoreReader.Add(command, "payers", reader.ListParameter(payers));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            long? Maybe(int at) => rows.IsDBNull(at) ? null : rows.GetInt64(at);
            yield return new PayerFigures(
                rows.GetString(0), rows.IsDBNull(1) ? null : Currency.Of(rows.GetString(1)), rows.GetInt64(2), Maybe(3),
                new AgingBuckets(rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8)), rows.GetInt64(9), rows.GetInt64(10), rows.GetInt64(11),
                Maybe(12));
        }

        // The figures are of no root, so that the reader does not narrow them by itself.
        string Where()
        {
            var conditions = new[] { reader.OnlySeen("payer"), payers is null ? null : $"payer {reader.Among("@payers")}" }.OfType<string>().ToList();
            return conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        }
    }

    /// <summary>Writes a count; one of the same day or a later one stays, whoever was faster.</summary>
    internal static async Task KeepAsync(Store store, PortfolioCount counted, int payers, Action<IRowWriter, int> write, CancellationToken cancel)
    {
        await using var kept = await store.KeepAsync(cancel);
        // The first count makes the row; whoever counts beside it waits at either statement.
        await using (var first = kept.Command("INSERT INTO portfolio_count (id, half) VALUES (0, 0) ON CONFLICT (id) DO NOTHING")) await first.ExecuteNonQueryAsync(cancel);
        await kept.HoldAsync("portfolio_count WHERE id = 0", cancel);
        int half;
        await using (var command = kept.Command("SELECT half, as_of FROM portfolio_count WHERE id = 0"))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            await row.ReadAsync(cancel);
            if (!row.IsDBNull(1) && Day(row.GetString(1)) >= counted.AsOf) return;
            half = 1 - row.GetInt16(0);
        }

        await kept.RefillAsync(Halves[half], Columns, payers, write, cancel);
        await using (var command = kept.Command("UPDATE portfolio_count SET half = @half, as_of = @asOf, since = @since WHERE id = 0"))
        {
            StoreReader.Add(command, "half", half);
            StoreReader.Add(command, "asOf", Iso(counted.AsOf));
            StoreReader.Add(command, "since", Iso(counted.Since));
            await command.ExecuteNonQueryAsync(cancel);
        }

        await kept.CommitAsync(cancel);
    }

    static async Task<(PortfolioCount? Count, int Half)> LatestAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT half, as_of, since FROM portfolio_count WHERE id = 0");
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && !row.IsDBNull(1)
            ? (new PortfolioCount(Day(row.GetString(1)), Day(row.GetString(2))), row.GetInt16(0))
            : (null, 0);
    }

    static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

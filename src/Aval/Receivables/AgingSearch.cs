using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How late something open is, by days past due.</summary>
public enum AgingBucket { NotDue, D1to30, D31to60, D61to90, Over90 }

/// <summary>What one payer owes, by how late it is.</summary>
/// <param name="Aging">In the company's currency at today's rates, each invoice converted by itself.</param>
/// <param name="Unconverted">Open invoices that are missing from it, since no rate is known.</param>
public sealed record PayerAging(string Payer, AgingBuckets Aging, int Invoices, int Unconverted);

/// <param name="Payers">Of a page.</param>
/// <param name="Total">Payers on all pages.</param>
/// <param name="All">Of all payers that the filter names, however late.</param>
/// <param name="Count">How many payers those are.</param>
public sealed record AgedPayers(IReadOnlyList<PayerAging> Payers, int Total, PayerAging All, int Count);

/// <summary>Adds up what is open today by payer and by days past due, in the database.</summary>
public static class AgingSearch
{
    /// <summary>What is owed on invoices today: no drafts, and nothing dated later.</summary>
    const string Owed = "live AND NOT draft AND date <= @today";

    static readonly AgingBucket[] Buckets = Enum.GetValues<AgingBucket>();

    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["payer"] = "payer", ["invoices"] = "invoices", ["total"] = "total", ["overdue"] = "total - notDue",
            ["notDue"] = "notDue", ["d1to30"] = "d1to30", ["d31to60"] = "d31to60", ["d61to90"] = "d61to90", ["over90"] = "over90",
        },
        "total - notDue DESC", "payer");

    /// <param name="payers">Only these; null for all.</param>
    /// <param name="bucket">Only payers with something so late; null for all.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the most overdue first.</param>
    public static async Task<AgedPayers> PageAsync(
        Store store, Facts company, IReadOnlyList<string>? payers, AgingBucket? bucket, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (weights, today) = (Weights.Of(company), company.Through);
        var wanted = Bounded(new Wanted(reader).Among("payer", payers).And(Owed), today);
        var sums = string.Join(", ", Buckets.Select(one => $"CAST(sum(CASE WHEN {Of(one)} THEN worth ELSE 0 END) AS BIGINT) AS {Words.Of(one)}"));
        var names = Buckets.Select(one => Words.Of(one)).Concat(["invoices", "unconverted"]).ToList();
        await using var command = wanted.Asking(where => $"""
            SELECT payer, {string.Join(", ", names)}, {string.Join(", ", names.Select(name => "all_" + name))}, payers, count(*) OVER () FROM (
                SELECT payer, total, {string.Join(", ", names)}, {string.Join(", ", names.Select(name => $"CAST(sum({name}) OVER () AS BIGINT) AS all_{name}"))},
                    count(*) OVER () AS payers
                FROM (SELECT payer, {sums}, CAST(sum(worth) AS BIGINT) AS total, count(*) AS invoices, sum(unknown) AS unconverted
                    FROM (SELECT payer, due_date, {weights.Added("amount - settled", "currency")} AS worth, CASE WHEN {weights.Unknown("currency")} THEN 1 ELSE 0 END AS unknown
                        FROM invoice WHERE {where}) each_one
                    GROUP BY payer) by_payer) with_all
            WHERE {(bucket is { } only ? Words.Of(only) + " > 0" : "1 = 1")} ORDER BY {Sorting.Sql(by, descending)} LIMIT @most OFFSET @skip
            """);
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<PayerAging>();
        var (all, count, total) = (new PayerAging("", default, 0, 0), 0, 0);
        while (await rows.ReadAsync(cancel))
        {
            found.Add(Row(rows.GetString(0), rows, 1));
            (all, count, total) = (Row("", rows, 1 + names.Count), Whole(rows, 1 + (2 * names.Count)), Whole(rows, 2 + (2 * names.Count)));
        }

        return new AgedPayers(found, total, all, count);
    }

    /// <summary>Only what is open and so late.</summary>
    internal static Wanted Within(Wanted wanted, AgingBucket bucket, DateOnly today) => Bounded(wanted, today).And(Owed).And(Of(bucket));

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

    static PayerAging Row(string payer, System.Data.Common.DbDataReader row, int at) => new(
        payer, new AgingBuckets(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4)), Whole(row, at + 5), Whole(row, at + 6));

    static int Whole(System.Data.Common.DbDataReader row, int at) => Convert.ToInt32(row.GetValue(at), CultureInfo.InvariantCulture);
}

using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Receipts with money that waits for an invoice now: no deposits, nothing kept on account.</summary>
public static class UnappliedMoney
{
    // In the words of the index receipt_waiting, which is found by them.
    const string Condition = "live AND deposit_for IS NULL AND NOT on_account AND date <= @today AND " + Open + " > 0";
    const string Waiting = "FROM receipt WHERE to_sequence IS NULL AND " + Condition;
    const string Open = "amount - allocated - coalesce(withdrawn, 0)";

    /// <summary>How many there are, and what is open of them, by currency.</summary>
    public static async Task<IReadOnlyList<(int Receipts, Money Open)>> SumsAsync(StoreReader reader, DateOnly today, CancellationToken cancel)
    {
        await using var command = Asked(reader, $"SELECT currency, count(*), CAST(sum({Open}) AS BIGINT) {Waiting} GROUP BY currency ORDER BY currency", today);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<(int, Money)>();
        while (await rows.ReadAsync(cancel)) sums.Add((rows.GetInt32(1), new Money(rows.GetInt64(2), Currency.Of(rows.GetString(0)))));
        return sums;
    }

    /// <summary>Those of these numbers, by date and number.</summary>
    public static async Task<IReadOnlyList<Receipt>> OfAsync(StoreReader reader, IReadOnlyList<string> numbers, DateOnly today, CancellationToken cancel)
    {
        if (numbers.Count == 0) return [];
        await using var command = Asked(
            reader, $"SELECT {ReceivablesTables.Receipt.ColumnList} {Waiting} AND number {reader.Among("@numbers")} ORDER BY date, number", today);
        StoreReader.Add(command, "numbers", reader.ListParameter(numbers));
        return [.. (await reader.RowsAsync(command, ReceivablesTables.Receipt, cancel)).Cast<Receipt>()];
    }

    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["payer"] = "payer", ["amount"] = Sorting.Amount + Open, ["date"] = "date",
        },
        "date", "number");

    /// <summary>A page of them, the oldest first.</summary>
    /// <param name="without">Numbers that are left out.</param>
    public static async Task<IReadOnlyList<Receipt>> PageAsync(
        StoreReader reader, IReadOnlyList<string> without, DateOnly today, int skip, int most, CancellationToken cancel) => most == 0
        ? []
        : await Of(reader, null, today).And(without.Count == 0 ? "1 = 1" : $"NOT (number {reader.Among("@without")})").With("without", reader.ListParameter(without))
            .RowsAsync(ReceivablesTables.Receipt, Sorting.Sql(null, false), skip, most, cancel);

    /// <param name="payers">Only these; null for all.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the oldest first.</param>
    public static async Task<(IReadOnlyList<Receipt> Found, int Total)> PageAsync(
        StoreReader reader, IReadOnlyList<string>? payers, DateOnly today, Func<string, string> weigh, string? by, bool descending, int skip, int most,
        CancellationToken cancel) => await Of(reader, payers, today).PageAsync(ReceivablesTables.Receipt, Sorting.Sql(by, descending, weigh), skip, most, cancel);

    static Wanted Of(StoreReader reader, IReadOnlyList<string>? payers, DateOnly today) =>
        new Wanted(reader).And(Condition, "today", today).Among("payer", payers);

    static DbCommand Asked(StoreReader reader, string sql, DateOnly today)
    {
        var command = reader.Command(sql);
        StoreReader.Add(command, "today", reader.DateParameter(today));
        return command;
    }
}

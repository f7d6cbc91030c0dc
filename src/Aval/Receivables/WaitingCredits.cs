using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Credit notes with something open now, counted and cut into pages by the database.</summary>
public static class WaitingCredits
{
    const string Open = "amount - applied - coalesce(refunded, 0)";

    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["payer"] = "payer", ["amount"] = Sorting.Amount + Open, ["date"] = "date",
        },
        "date", "number");

    /// <param name="payers">Only these; null for all.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the oldest first.</param>
    public static async Task<(IReadOnlyList<CreditNote> Found, int Total)> PageAsync(
        StoreReader reader, IReadOnlyList<string>? payers, DateOnly today, Func<string, string> weigh, string? by, bool descending, int skip, int most,
        CancellationToken cancel) => await Of(reader, payers, today).PageAsync(ReceivablesTables.CreditNote, Sorting.Sql(by, descending, weigh), skip, most, cancel);

    /// <summary>How many there are, and what is open of them, by currency.</summary>
    public static async Task<IReadOnlyList<(int Notes, Money Open)>> SumsAsync(StoreReader reader, DateOnly today, CancellationToken cancel)
    {
        await using var command = Of(reader, null, today).Asking(where =>
            $"SELECT currency, count(*), CAST(sum({Open}) AS BIGINT) FROM credit_note WHERE {where} GROUP BY currency ORDER BY currency");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<(int, Money)>();
        while (await rows.ReadAsync(cancel)) sums.Add((rows.GetInt32(1), new Money(rows.GetInt64(2), Currency.Of(rows.GetString(0)))));
        return sums;
    }

    static Wanted Of(StoreReader reader, IReadOnlyList<string>? payers, DateOnly today) =>
        new Wanted(reader).And($"live AND date <= @today AND {Open} > 0", "today", today).Among("payer", payers);
}

using Aval.Kernel.Storage;
using Aval.Promises.Rules;

namespace Aval.Promises;

/// <summary>How a promise stands for who looks for one.</summary>
public enum PromiseState
{
    /// <summary>Still to be kept.</summary>
    Open,
    /// <summary>Its last good day is today.</summary>
    DueToday,
    Kept,
    PartiallyKept,
    Broken,
}

/// <summary>Which promises are asked for; null is all.</summary>
/// <param name="Text">Part of the number, or of the number of an invoice that it names.</param>
/// <param name="From">The first of the last good days.</param>
public sealed record PromiseFilter(
    string? Text = null, IReadOnlyList<string>? Payers = null, PromiseState? State = null, PromiseKind? Kind = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>Finds promises to pay of all payers, filtered, ordered and cut into pages by the database.</summary>
public static class PromiseSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["payer"] = "payer", ["kind"] = "kind", ["made"] = "made", ["date"] = "date", ["state"] = "status", ["ended"] = "ended",
            ["amount"] = Sorting.Amount + "amount", ["paid"] = Sorting.Amount + "paid", ["rest"] = Sorting.Amount + "rest",
        },
        "CASE WHEN status = 'open' THEN 0 ELSE 1 END, CASE WHEN status = 'open' THEN date END, date DESC", "number, root");

    /// <summary>Those still to be kept whose last good day comes up to this one, the earliest first.</summary>
    public static async Task<(IReadOnlyList<PromiseToPay> Found, int Total)> FindAsync(Store store, DateOnly to, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await new Wanted(reader).Is<PromiseStatus>("status", PromiseStatus.Open).And("date <= @to", "to", to)
            .PageAsync(PromisesFacts.Table, "date, number", 0, most, cancel);
    }

    /// <param name="by">One of <see cref="Sorting"/>; null for those still to be kept first, the earliest of them in front.</param>
    /// <param name="weigh">Makes amounts of several currencies comparable.</param>
    public static async Task<(IReadOnlyList<PromiseToPay> Found, int Total)> PageAsync(
        Store store, PromiseFilter filter, DateOnly today, string? by, bool descending, int skip, int most, CancellationToken cancel,
        Func<string, string>? weigh = null)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await Of(reader, filter, today).PageAsync(PromisesFacts.Table, Sorting.Sql(by, descending, Sum), skip, most, cancel);

        string Sum(string what)
        {
            var (amount, paid, dropped) = (Part("amount"), Part("paid"), Part("dropped"));
            var sum = $"SELECT sum({what switch { "paid" => paid, "rest" => $"{amount} - {paid} - {dropped}", _ => amount }}) FROM {reader.EachOf("invoices", "p")}";
            return weigh is null ? $"({sum})" : weigh(sum);
        }

        static string Part(string name) => $"CAST(p.value ->> '{name}' AS BIGINT)";
    }

    /// <summary>How many there are of each status.</summary>
    public static async Task<IReadOnlyDictionary<PromiseStatus, int>> CountsAsync(Store store, PromiseFilter filter, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Of(reader, filter, today).Asking(where => $"SELECT status, count(*) FROM promise WHERE {where} GROUP BY status");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<PromiseStatus, int>();
        while (await rows.ReadAsync(cancel)) counts[Words.Parse<PromiseStatus>(rows.GetString(0))] = rows.GetInt32(1);
        return counts;
    }

    static Wanted Of(StoreReader reader, PromiseFilter filter, DateOnly today) => new Wanted(reader)
        .Containing(filter.Text, "number", "invoices").Among("payer", filter.Payers).Is("kind", filter.Kind).Is("status", StatusOf(filter.State))
        .And("date = @today", "today", filter.State == PromiseState.DueToday ? today : null)
        .And("date >= @from_day", "from_day", filter.From).And("date <= @to_day", "to_day", filter.To);

    static PromiseStatus? StatusOf(PromiseState? state) => state is not { } known ? null : known switch
    {
        PromiseState.Open or PromiseState.DueToday => PromiseStatus.Open,
        PromiseState.Kept => PromiseStatus.Kept,
        PromiseState.PartiallyKept => PromiseStatus.PartiallyKept,
        PromiseState.Broken => PromiseStatus.Broken,
    };
}

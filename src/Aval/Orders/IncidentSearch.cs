using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Rates;

namespace Aval.Orders;

/// <summary>Which incidents are asked for. Null is all.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last.</param>
/// <param name="Customers">Who ordered.</param>
public sealed record IncidentFilter(string? Code, DateOnly? From, DateOnly? To, IReadOnlyList<string>? Customers);

/// <summary>Reads the incidents of all roots, filtered, ordered and cut into pages by the database.</summary>
public static class IncidentSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["order"] = "\"order\"", ["what"] = "code", ["customer"] = "customer", ["date"] = "date", ["amount"] = Sorting.Amount + "amount", ["by"] = "\"by\"",
        },
        "date DESC", "id DESC");

    /// <summary>The newest first.</summary>
    /// <param name="after">The day and id of the incident to begin behind; null begins with the newest.</param>
    public static async Task<IReadOnlyList<Incident>> PageAsync(Store store, IncidentFilter filter, (DateOnly Date, string Id)? after, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var wanted = Of(reader, filter);
        if (after is var (date, id)) wanted.With("id", id).And("(date, id) < (@date, @id)", "date", date);
        return await wanted.RowsAsync(OrdersFacts.IncidentTable, Sorting.Sql(null, false), 0, most, cancel);
    }

    /// <param name="by">One of <see cref="Sorting"/>; null for the newest first.</param>
    public static async Task<(IReadOnlyList<Incident> Found, int Total)> FindAsync(
        Store store, IncidentFilter filter, Weights weights, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await Of(reader, filter)
            .PageAsync(OrdersFacts.IncidentTable, Sorting.Sql(by, descending, amount => weights.Compared(amount, "currency")), skip, most, cancel);
    }

    static Wanted Of(StoreReader reader, IncidentFilter filter) => new Wanted(reader)
        .And("code = @code", "code", filter.Code).And("date >= @from_day", "from_day", filter.From).And("date <= @to_day", "to_day", filter.To)
        .Among("customer", filter.Customers);
}

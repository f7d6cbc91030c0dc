using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>Which incidents are asked for. Null is all.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last.</param>
/// <param name="Customers">Who ordered.</param>
public sealed record IncidentFilter(string? Code, DateOnly? From, DateOnly? To, IReadOnlyList<string>? Customers);

/// <summary>Reads the incidents of all roots, newest first, cut into pages by the database.</summary>
public static class IncidentSearch
{
    /// <param name="after">The day and id of the incident to begin behind; null begins with the newest.</param>
    public static async Task<IReadOnlyList<Incident>> PageAsync(
        Store store, IncidentFilter filter, (DateOnly Date, string Id)? after, int most, int skip, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var behind = after is null ? "" : "AND (date, id) < (@date, @id)";
        await using var command = Asking(
            reader, filter, where => $"SELECT {OrdersFacts.IncidentTable.ColumnList} FROM incident WHERE {where} {behind} ORDER BY date DESC, id DESC LIMIT @most OFFSET @skip");
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        if (after is var (date, id))
        {
            StoreReader.Add(command, "date", reader.DateParameter(date));
            StoreReader.Add(command, "id", id);
        }

        return [.. (await reader.RowsAsync(command, OrdersFacts.IncidentTable, cancel)).Cast<Incident>()];
    }

    public static async Task<int> CountAsync(Store store, IncidentFilter filter, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter, where => $"SELECT count(*) FROM incident WHERE {where}");
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    static System.Data.Common.DbCommand Asking(StoreReader reader, IncidentFilter filter, Func<string, string> sql)
    {
        var where = "to_sequence IS NULL" + (filter.Code is null ? "" : " AND code = @code") + (filter.From is null ? "" : " AND date >= @from")
            + (filter.To is null ? "" : " AND date <= @to") + (filter.Customers is null ? "" : $" AND customer {reader.Among("@customers")}");
        var command = reader.Command(sql(where));
        if (filter.Code is { } code) StoreReader.Add(command, "code", code);
        if (filter.From is { } from) StoreReader.Add(command, "from", reader.DateParameter(from));
        if (filter.To is { } to) StoreReader.Add(command, "to", reader.DateParameter(to));
        if (filter.Customers is { } customers) StoreReader.Add(command, "customers", reader.ListParameter(customers));
        return command;
    }
}

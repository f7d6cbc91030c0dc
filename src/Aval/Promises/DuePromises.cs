using System.Data.Common;
using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Promises.Rules;

namespace Aval.Promises;

/// <summary>Finds the promises to pay of all payers that are still to be kept.</summary>
public static class DuePromises
{
    /// <summary>Those whose last good day comes up to this one, the earliest first.</summary>
    public static async Task<(IReadOnlyList<PromiseToPay> Found, int Total)> FindAsync(Store store, DateOnly to, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var count = Asking(reader, to, "count(*)", "");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = Asking(reader, to, PromisesFacts.Table.ColumnList, "ORDER BY date, number LIMIT @most");
        StoreReader.Add(command, "most", most);
        return ([.. (await reader.RowsAsync(command, PromisesFacts.Table, cancel)).Cast<PromiseToPay>()], total);
    }

    static DbCommand Asking(StoreReader reader, DateOnly to, string what, string order)
    {
        var command = reader.Command($"SELECT {what} FROM promise WHERE to_sequence IS NULL AND status = 'open' AND date <= @to {order}");
        StoreReader.Add(command, "to", reader.DateParameter(to));
        return command;
    }
}

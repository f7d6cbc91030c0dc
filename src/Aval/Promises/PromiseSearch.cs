using System.Data.Common;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Promises.Rules;

namespace Aval.Promises;

/// <summary>What can be asked of the promises to pay of all payers.</summary>
public static class PromiseSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = "number", ["payer"] = "payer", ["made"] = "made", ["date"] = "date", ["status"] = "status" },
        "date", "number, root");

    /// <summary>Those whose number contains the text, or that are of one of these payers; whose last good day comes first before others.</summary>
    /// <param name="text">Null for all.</param>
    /// <param name="payers">Who else is meant by the text.</param>
    /// <param name="to">The latest last good day; null for any.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the usual order.</param>
    public static async Task<(IReadOnlyList<PromiseToPay> Found, int Total)> FindAsync(
        Store store, string? text, IReadOnlyList<string> payers, PromiseStatus? status, DateOnly? to, int skip, int most, CancellationToken cancel, string? by = null,
        bool descending = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var matching = "to_sequence IS NULL"
            + (text is null ? "" : $@" AND (lower(number) LIKE @text ESCAPE '\' OR payer {reader.Among("@payers")})")
            + (status is null ? "" : " AND status = @status") + (to is null ? "" : " AND date <= @to");
        await using var count = Asking($"SELECT count(*) FROM promise WHERE {matching}");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = Asking(
            $"SELECT {PromisesFacts.Table.ColumnList} FROM promise WHERE {matching} ORDER BY {Sorting.Sql(by, descending)} LIMIT @most OFFSET @skip");
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        return ([.. (await reader.RowsAsync(command, PromisesFacts.Table, cancel)).Cast<PromiseToPay>()], total);

        DbCommand Asking(string sql)
        {
            var asking = reader.Command(sql);
            if (text is not null)
            {
                StoreReader.Add(asking, "text", Like.Containing(text));
                StoreReader.Add(asking, "payers", reader.ListParameter(payers));
            }

            if (status is { } wanted) StoreReader.Add(asking, "status", Words.Of(wanted));
            if (to is { } last) StoreReader.Add(asking, "to", reader.DateParameter(last));
            return asking;
        }
    }
}

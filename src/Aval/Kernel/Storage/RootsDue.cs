namespace Aval.Kernel.Storage;

/// <summary>An entry of the company that has brought dates of roots nearer than their rows say.</summary>
/// <param name="Sequence">Of the latest such entry.</param>
/// <param name="After">The last root that was looked at since, by lane and number; null where none was.</param>
public sealed record DatesNearer(long Sequence, string? After);

/// <summary>Where something falls due.</summary>
static class RootsDue
{
    /// <summary>What has brought dates nearer and was not followed to every root; null when all dates are as the roots' rows say.</summary>
    public static async Task<DatesNearer?> DatesNearerAsync(this StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT sequence, after FROM dates_nearer WHERE lane = @lane AND root = @root");
        StoreReader.Add(command, "lane", Lane.Of(Facts.Company));
        StoreReader.Add(command, "root", Facts.Company);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? new DatesNearer(rows.GetInt64(0), await rows.IsDBNullAsync(1, cancel) ? null : rows.GetString(1)) : null;
    }

    /// <summary>Has roots looked at again on this date, where their rows name a later one or none: nobody could look at them now.</summary>
    public static async Task LookOnAsync(this Store store, IReadOnlyList<string> roots, DateOnly date, CancellationToken cancel)
    {
        await using var connection = await store.ConnectAsync(cancel);
        foreach (var root in roots)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE root SET next_due = @date WHERE lane = @lane AND root = @root AND (next_due IS NULL OR next_due > @date)";
            StoreReader.Add(command, "date", date);
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Takes note how far the roots were looked at. Nothing where dates were brought nearer once more meanwhile: then it begins again.</summary>
    /// <param name="after">The last root that was; null when all were.</param>
    public static async Task FollowedAsync(this Store store, DatesNearer nearer, string? after, CancellationToken cancel)
    {
        await using var connection = await store.ConnectAsync(cancel);
        await using var command = connection.CreateCommand();
        var done = after is null ? "DELETE FROM dates_nearer" : "UPDATE dates_nearer SET after = @after";
        command.CommandText = done + " WHERE lane = @lane AND root = @root AND sequence = @sequence";
        if (after is not null) StoreReader.Add(command, "after", after);
        StoreReader.Add(command, "lane", Lane.Of(Facts.Company));
        StoreReader.Add(command, "root", Facts.Company);
        StoreReader.Add(command, "sequence", nearer.Sequence);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Roots on which something falls due on or before the date, by lane and number.</summary>
    /// <param name="date">Null for every root but the company's, whatever its row says.</param>
    /// <param name="after">Begins with the first root after this one; null with the first.</param>
    public static async Task<IReadOnlyList<string>> DueRootsAsync(
        this StoreReader reader, DateOnly? date, CancellationToken cancel, string? after = null, int most = int.MaxValue)
    {
        await using var command = reader.Command($"SELECT root FROM root WHERE {Condition(date)} AND (lane, root) > (@lane, @after) ORDER BY lane, root LIMIT {most}");
        Add(command, reader, date);
        StoreReader.Add(command, "lane", after is null ? short.MinValue : Lane.Of(after));
        StoreReader.Add(command, "after", after ?? "");
        return await StoreReader.TextsAsync(command, cancel);
    }

    /// <summary>How many roots have something due on or before the date; null for all.</summary>
    public static async Task<long> CountDueAsync(this StoreReader reader, DateOnly? date, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT count(*) FROM root WHERE " + Condition(date));
        Add(command, reader, date);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    static string Condition(DateOnly? date) => date is null ? "root <> @company" : "next_due <= @date";

    static void Add(System.Data.Common.DbCommand command, StoreReader reader, DateOnly? date)
    {
        if (date is { } day) StoreReader.Add(command, "date", reader.DateParameter(day));
        else StoreReader.Add(command, "company", Facts.Company);
    }
}

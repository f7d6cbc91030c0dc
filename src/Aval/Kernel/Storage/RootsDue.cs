namespace Aval.Kernel.Storage;

/// <summary>Where something falls due.</summary>
static class RootsDue
{
    /// <summary>Roots on which something falls due on or before the date, by lane and number.</summary>
    /// <param name="after">Begins with the first root after this one; null with the first.</param>
    public static async Task<IReadOnlyList<string>> DueRootsAsync(
        this StoreReader reader, DateOnly date, CancellationToken cancel, string? after = null, int most = int.MaxValue)
    {
        await using var command = reader.Command($"SELECT root FROM root WHERE next_due <= @date AND (lane, root) > (@lane, @after) ORDER BY lane, root LIMIT {most}");
        StoreReader.Add(command, "date", reader.DateParameter(date));
        StoreReader.Add(command, "lane", after is null ? short.MinValue : Lane.Of(after));
        StoreReader.Add(command, "after", after ?? "");
        return await StoreReader.TextsAsync(command, cancel);
    }

    /// <summary>How many roots have something due on or before the date.</summary>
    public static async Task<long> CountDueAsync(this StoreReader reader, DateOnly date, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT count(*) FROM root WHERE next_due <= @date");
        StoreReader.Add(command, "date", reader.DateParameter(date));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }
}

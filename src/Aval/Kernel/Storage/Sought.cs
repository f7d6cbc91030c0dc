using System.Data.Common;
using System.Globalization;

namespace Aval.Kernel.Storage;

/// <summary>What a search has found of one kind of document.</summary>
/// <param name="Found">The newest first.</param>
/// <param name="Total">All that were found, of which these are the first.</param>
/// <param name="IsAtLeast">Older documents were looked at by the beginning of their numbers alone.</param>
public readonly record struct Sought<TRow>(IReadOnlyList<TRow> Found, int Total, bool IsAtLeast);

/// <summary>Which documents of one kind are looked for, and by what.</summary>
/// <param name="Scope">In which their numbers are claimed.</param>
/// <param name="Order">What stands behind ORDER BY, along an index that holds all the columns named here: the newest first.</param>
/// <param name="Columns">In which the text may stand, the number among them.</param>
/// <param name="Read">The columns of which the order and <paramref name="Also"/> speak.</param>
/// <param name="Also">A column, and texts of which it may hold one in place of that; null for none.</param>
public sealed record Seeking<TRow>(
    Table<TRow> Table, string Scope, string Order, IReadOnlyList<string> Columns, IReadOnlyList<string> Read, Func<TRow, string> Number,
    (string Column, IReadOnlyList<string> Texts)? Also = null)
    where TRow : class;

/// <summary>Finds documents by a text: of the newest whatever contains it, of all others what has a number that begins with it. It costs the same however many there are.</summary>
public static class Seeker
{
    /// <summary>Documents of a kind that are looked through for a part of what they are called.</summary>
    public const int Newest = 20_000;

    /// <param name="newest">How many are looked through.</param>
    public static async Task<Sought<TRow>> FindAsync<TRow>(
        StoreReader reader, Seeking<TRow> seeking, string text, int most, CancellationToken cancel, int newest = Newest) where TRow : class
    {
        var (found, total) = await AmongNewestAsync(reader, seeking, text, most, newest, cancel);
        if (!await HasMoreAsync(reader, seeking, newest, cancel)) return new Sought<TRow>(found, total, false);
        var known = found.Select(seeking.Number).ToHashSet(StringComparer.Ordinal);
        foreach (var number in await BeginningAsync(reader, seeking.Scope, text, most, cancel))
            if (known.Add(number) && await reader.FindAsync(seeking.Table, seeking.Scope, number, number, cancel) is TRow older) found.Add(older);
        return new Sought<TRow>([.. found.Take(most)], Math.Max(total, found.Count), true);
    }

    static async Task<(List<TRow> Found, int Total)> AmongNewestAsync<TRow>(
        StoreReader reader, Seeking<TRow> seeking, string text, int most, int newest, CancellationToken cancel) where TRow : class
    {
        var meant = seeking.Columns.Select(column => $@"lower(n.{column}) LIKE @text ESCAPE '\'");
        if (seeking.Also is { } other) meant = meant.Append($"n.{other.Column} {reader.Among("@also")}");
        var keys = new List<(string Root, string Number)>();
        var total = 0;
        await using (var command = reader.Command($"""
            SELECT n.root, n.number, count(*) OVER () FROM (
                SELECT {string.Join(", ", seeking.Read)} FROM {seeking.Table.Name} WHERE to_sequence IS NULL ORDER BY {seeking.Order} LIMIT @newest) n
            WHERE {string.Join(" OR ", meant)} ORDER BY {seeking.Order} LIMIT @most
            """))
        {
            StoreReader.Add(command, "text", Like.Containing(text));
            StoreReader.Add(command, "newest", newest);
            StoreReader.Add(command, "most", most);
            if (seeking.Also is { } also) StoreReader.Add(command, "also", reader.ListParameter(also.Texts));
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                keys.Add((rows.GetString(0), rows.GetString(1)));
                total = Convert.ToInt32(rows.GetValue(2), CultureInfo.InvariantCulture);
            }
        }

        var found = new List<TRow>(keys.Count);
        foreach (var (root, number) in keys)
            if (await reader.FindAsync(seeking.Table, root, number, cancel) is TRow row) found.Add(row);
        return (found, total);
    }

    static async Task<bool> HasMoreAsync<TRow>(StoreReader reader, Seeking<TRow> seeking, int newest, CancellationToken cancel) where TRow : class
    {
        await using var command = reader.Command(
            $"SELECT number FROM {seeking.Table.Name} WHERE to_sequence IS NULL ORDER BY {seeking.Order} LIMIT 1 OFFSET @newest");
        StoreReader.Add(command, "newest", newest);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>Numbers that begin with the text as it stands, or in capitals: the claims are kept by lane and number, so each lane is asked for its first.</summary>
    static async Task<IReadOnlyList<string>> BeginningAsync(StoreReader reader, string scope, string text, int most, CancellationToken cancel)
    {
        var numbers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var start in new[] { text, text.ToUpperInvariant() }.Distinct(StringComparer.Ordinal))
        {
            await using DbCommand command = reader.Command($"""
                SELECT number FROM claim WHERE lane IN ({string.Join(", ", Enumerable.Range(0, Lane.Count))}) AND scope = @scope AND number >= @from AND number < @to
                ORDER BY number LIMIT @most
                """);
            StoreReader.Add(command, "scope", scope);
            StoreReader.Add(command, "from", start);
            StoreReader.Add(command, "to", start + char.ConvertFromUtf32(0x10FFFF));
            StoreReader.Add(command, "most", most);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) numbers.Add(rows.GetString(0));
        }

        return [.. numbers.Take(most)];
    }
}

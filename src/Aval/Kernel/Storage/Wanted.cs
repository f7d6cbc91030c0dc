using System.Data.Common;
using System.Globalization;

namespace Aval.Kernel.Storage;

/// <summary>What the rows of a list must be like: current versions, and what else is asked of them. It counts them, and reads a page.</summary>
public sealed class Wanted(StoreReader reader)
{
    readonly List<string> conditions = ["to_sequence IS NULL"];
    readonly List<(string Name, object Value)> values = [];

    /// <summary>A condition, where it is asked for.</summary>
    public Wanted And(string condition, bool asked = true)
    {
        if (asked) conditions.Add(condition);
        return this;
    }

    /// <summary>A condition that names a value; nothing where there is no value.</summary>
    public Wanted And(string condition, string name, object? value) => value is null ? this : With(name, value).And(condition);

    /// <summary>A column that holds this word of the glossary.</summary>
    public Wanted Is<TWord>(string column, TWord? word) where TWord : struct, Enum =>
        word is { } wanted ? And($"{column} = @{column}", column, Words.Of(wanted)) : this;

    /// <summary>A column that holds one of these texts; null is any.</summary>
    public Wanted Among(string column, IReadOnlyList<string>? texts) =>
        texts is null ? this : And($"{column} {reader.Among("@" + column)}", column, reader.ListParameter(texts));

    /// <summary>One of the columns contains the text; null is any.</summary>
    public Wanted Containing(string? text, params IEnumerable<string> columns) => text is null
        ? this
        : And($"({string.Join(" OR ", columns.Select(column => $@"lower({column}) LIKE @text ESCAPE '\'"))})", "text", Like.Containing(text));

    /// <summary>A value that a condition or the order names.</summary>
    public Wanted With(string name, object value)
    {
        values.Add((name, value is DateOnly day ? reader.DateParameter(day) : value));
        return this;
    }

    /// <summary>A statement about these rows, with the values that it names.</summary>
    /// <param name="sql">Is given what stands behind WHERE.</param>
    public DbCommand Asking(Func<string, string> sql)
    {
        var told = sql(string.Join(" AND ", conditions));
        var command = reader.Command(told);
        foreach (var (name, value) in values.Where(value => told.Contains("@" + value.Name, StringComparison.Ordinal))) StoreReader.Add(command, name, value);
        return command;
    }

    public async Task<int> CountAsync(Table table, CancellationToken cancel)
    {
        await using var count = Counting(table);
        return Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <param name="order">What stands behind ORDER BY; it tells all rows apart.</param>
    public async Task<IReadOnlyList<TRow>> RowsAsync<TRow>(Table<TRow> table, string order, int skip, int most, CancellationToken cancel) where TRow : class
    {
        var ordered = Asking(where => $"SELECT {table.ColumnList} FROM {table.Name} WHERE {where} ORDER BY {order}");
        return [.. (await PageOfAsync(reader, ordered, table, skip, most, cancel)).Cast<TRow>()];
    }

    /// <summary>A page of the rows, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<TRow> Found, int Total)> PageAsync<TRow>(Table<TRow> table, string order, int skip, int most, CancellationToken cancel) where TRow : class
    {
        var found = await RowsAsync(table, order, skip, most, cancel);
        await using var count = Counting(table);
        return (found, await TotalAsync(reader, count, found.Count, skip, most, cancel));
    }

    /// <summary>A page of the rows that an ordered statement finds, which is disposed of; in one reading of the whole list it is read on from the page before.</summary>
    public static async Task<IReadOnlyList<object>> PageOfAsync(StoreReader reader, DbCommand ordered, Table table, int skip, int most, CancellationToken cancel)
    {
        if (reader.Reading is { } reading) return await reading.PageAsync(ordered, table, skip, most, cancel);
        await using var page = ordered;
        page.CommandText += " LIMIT @most OFFSET @skip";
        StoreReader.Add(page, "most", most);
        StoreReader.Add(page, "skip", skip);
        return await reader.RowsAsync(page, table, cancel);
    }

    /// <summary>How many rows a list has of which a page was read: counted only where the page does not tell it, since a count reads all that match.
    /// Who reads the whole list is told how far they are.</summary>
    /// <param name="found">Rows on the page.</param>
    /// <param name="most">As many as it could have.</param>
    public static async Task<int> TotalAsync(StoreReader reader, DbCommand count, int found, int skip, int most, CancellationToken cancel) =>
        reader.Reading is not null || (found < most && (found > 0 || skip == 0))
            ? skip + found
            : Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);

    DbCommand Counting(Table table) => Asking(where => $"SELECT count(*) FROM {table.Name} WHERE {where}");
}

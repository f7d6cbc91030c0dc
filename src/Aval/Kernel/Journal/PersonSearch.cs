using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>A text beside an entry that names somebody.</summary>
public sealed record NamedText(string Root, long Entry, int Number, string Text);

/// <summary>A column of a row that names somebody.</summary>
/// <param name="From">The entry that wrote this version of the row.</param>
/// <param name="To">The entry that replaced it; null where it holds.</param>
public sealed record NamedColumn(string Table, string Root, string Key, long From, long? To, string Column, string Value);

/// <summary>An entry that somebody has made.</summary>
public sealed record NamedAct(string Root, long Entry, DateTimeOffset At, DateOnly BusinessDate, string Command);

/// <summary>Finds everything that names somebody, at all roots: a walk through the whole store, for the rare day on which somebody asks what is kept of them.</summary>
/// <remarks>Capitals make no difference; they are folded here and not by the database, so that both find the same.</remarks>
public sealed class PersonSearch(Composition composition, StoreReader reader)
{
    /// <summary>The texts beside the entries, in the order of the journals.</summary>
    public async IAsyncEnumerable<NamedText> TextsAsync(string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = reader.Command(
            "SELECT root, sequence, ordinal, text FROM entry_text WHERE text IS NOT NULL ORDER BY lane, root, sequence, ordinal");
        await using var results = await command.ExecuteReaderAsync(cancel);
        while (await results.ReadAsync(cancel))
            if (Names(results.GetString(3), name)) yield return new NamedText(results.GetString(0), results.GetInt64(1), results.GetInt32(2), results.GetString(3));
    }

    /// <summary>The columns of all versions of all rows, table by table.</summary>
    public async IAsyncEnumerable<NamedColumn> ColumnsAsync(string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var table in composition.TablesInOrder)
        {
            var texts = table.Columns.Index().Where(column => column.Item.Kind is ColumnKind.Text or ColumnKind.Json).ToList();
            var count = table.Columns.Count;
            await using var command = reader.Command(
                $"SELECT {table.ColumnList}, root, from_sequence, to_sequence FROM {table.Name} ORDER BY lane, root, \"{table.KeyColumn}\", from_sequence");
            await using var results = await command.ExecuteReaderAsync(cancel);
            while (await results.ReadAsync(cancel))
                foreach (var (at, column) in texts)
                    if (!results.IsDBNull(at) && results.GetString(at) is var value && Names(value, name))
                        yield return new NamedColumn(
                            table.Name, results.GetString(count), results.GetString(0), results.GetInt64(count + 1),
                            results.IsDBNull(count + 2) ? null : results.GetInt64(count + 2), column.Name, value);
        }
    }

    /// <summary>The entries of an actor, by the instant.</summary>
    /// <param name="actor">As the journal writes it: <c>person:Clara Novak</c>.</param>
    public async Task<IReadOnlyList<NamedAct>> ActsAsync(string actor, CancellationToken cancel)
    {
        await using var command = reader.Command(
            "SELECT root, sequence, recorded_at, business_date, command FROM journal WHERE actor = @actor ORDER BY recorded_at, lane, root, sequence");
        StoreReader.Add(command, "actor", actor);
        await using var results = await command.ExecuteReaderAsync(cancel);
        var acts = new List<NamedAct>();
        while (await results.ReadAsync(cancel))
            acts.Add(new NamedAct(
                results.GetString(0), results.GetInt64(1), (DateTimeOffset)reader.ReadValue(results, 2, ColumnKind.Instant), reader.Date(results, 3), results.GetString(4)));
        return acts;
    }

    /// <summary>The texts of one row, in all its versions, that are not erased yet.</summary>
    public async Task<IReadOnlyList<TextId>> OfRowAsync(Table table, string root, string key, CancellationToken cancel)
    {
        var written = new List<long>();
        await using (var command = reader.Command(
            $"SELECT from_sequence FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key ORDER BY from_sequence"))
        {
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
            StoreReader.Add(command, "key", key);
            await using var results = await command.ExecuteReaderAsync(cancel);
            while (await results.ReadAsync(cancel)) written.Add(results.GetInt64(0));
        }

        var (format, found) = (new EntryFormat(composition), new List<TextId>());
        foreach (var sequence in written)
            if (await reader.EntryAsync(root, sequence, cancel) is { TextCount: > 0 } entry)
                foreach (var text in format.Read(entry).Texts)
                    if (text.Place.Table == table && text.Place.Key == key && entry.Texts.Any(kept => kept.Ordinal == text.Ordinal && !kept.IsErased))
                        found.Add(new TextId(sequence, text.Ordinal));
        return found;
    }

    /// <summary>Rows of a table that are closed, were written last before a day, and are still told by an entry with texts: by root and key, after a place.</summary>
    public async Task<IReadOnlyList<(string Root, string Key)>> ClosedBeforeAsync(
        Table table, DateOnly before, (string Root, string Key) after, int most, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT t.root, t.\"{table.KeyColumn}\" FROM {table.Name} t JOIN journal j ON j.lane = t.lane AND j.root = t.root AND j.sequence = t.from_sequence "
            + "WHERE t.to_sequence IS NULL AND NOT t.live AND j.business_date < @before AND j.texts > 0 "
            + $"AND (t.root > @root OR (t.root = @root AND t.\"{table.KeyColumn}\" > @key)) "
            + "AND EXISTS (SELECT 1 FROM entry_text x WHERE x.lane = t.lane AND x.root = t.root AND x.sequence = t.from_sequence AND x.text IS NOT NULL) "
            + $"ORDER BY t.root, t.\"{table.KeyColumn}\" LIMIT @most");
        StoreReader.Add(command, "before", reader.DateParameter(before));
        StoreReader.Add(command, "root", after.Root);
        StoreReader.Add(command, "key", after.Key);
        StoreReader.Add(command, "most", most);
        await using var results = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string, string)>();
        while (await results.ReadAsync(cancel)) rows.Add((results.GetString(0), results.GetString(1)));
        return rows;
    }

    static bool Names(string text, string name) => text.Contains(name, StringComparison.OrdinalIgnoreCase);
}

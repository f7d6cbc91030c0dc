using System.Data.Common;
using Aval.Kernel.Journal;

namespace Aval.Kernel.Storage;

/// <summary>Reads roots, rows and entries over one connection, in its transaction where it has one. The same SQL runs on both databases.</summary>
public abstract class StoreReader(Composition composition, DbConnection connection, DbTransaction? transaction)
    : Statements(composition, connection, transaction)
{
    internal const string RootColumns = "root, sequence, head_hash, business_date, next_due, waiting";
    internal const string ClaimColumns = "scope, number, content_hash, party, root, sequence";
    const string EntryColumns = "root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts";

    public async Task<RootRow?> RootAsync(string root, CancellationToken cancel)
    {
        await using var command = Command($"SELECT {RootColumns} FROM root WHERE lane = @lane AND root = @root");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? ReadRoot(reader) : null;
    }

    /// <summary>How many entries all journals have together: another number as soon as anything has happened anywhere.</summary>
    public async Task<long> EntriesInAllAsync(CancellationToken cancel)
    {
        await using var command = Command("SELECT CAST(COALESCE(sum(sequence), 0) AS BIGINT) FROM root");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<string>> RootsAsync(CancellationToken cancel)
    {
        await using var command = Command("SELECT root FROM root ORDER BY lane, root");
        return await TextsAsync(command, cancel);
    }

    /// <summary>The facts of these roots as their current, live rows tell them: one statement a table, all in one round trip.</summary>
    public async Task<IReadOnlyList<Facts>> LoadAsync(IReadOnlyList<RootRow> rows, CancellationToken cancel, IReadOnlyList<Table>? only = null)
    {
        var facts = rows.ToDictionary(
            row => row.Root, row => Composition.Empty(row.Root) with { Sequence = row.Sequence, Through = row.BusinessDate }, StringComparer.Ordinal);
        foreach (var part in Parts(rows, row => row.Root))
        {
            var wanted = new List<(Table Table, DbCommand Command)>();
            foreach (var table in only ?? await FilledTables.OfAsync(this, Composition, part, ByLane, cancel))
            {
                var command = Whole(
                    $"SELECT {table.ColumnList}, t.root FROM {table.Name} t JOIN {RootsSource("w")} ON t.lane = w.lane AND t.root = w.root "
                    + $"WHERE t.to_sequence IS NULL AND t.live{InLane("t")}");
                AddRoots(command, [.. part.Select(row => row.Root)]);
                wanted.Add((table, command));
            }

            await TablesAtOnce.ReadAsync(this, Connection, Transaction, wanted, (table, row, reader) =>
            {
                var root = reader.GetString(table.Columns.Count);
                facts[root] = facts[root].With(row);
            }, cancel);
        }

        return [.. facts.Values];
    }

    /// <summary>The facts of a root as they were after its entry of this number.</summary>
    public async Task<Facts> LoadAtAsync(string root, long sequence, DateOnly through, CancellationToken cancel)
    {
        var facts = Composition.Empty(root) with { Sequence = sequence, Through = through };
        foreach (var table in Composition.FactTables)
        {
            await using var command = Whole(
                $"SELECT {table.ColumnList} FROM {table.Name} WHERE lane = @lane AND root = @root AND live "
                + "AND from_sequence <= @sequence AND (to_sequence IS NULL OR to_sequence > @sequence)");
            Add(command, "lane", Lane.Of(root));
            Add(command, "root", root);
            Add(command, "sequence", sequence);
            await ReadAsync(command, table, (row, _) => facts = facts.With(row), cancel);
        }

        return facts;
    }

    /// <summary>The current row of this key at this root, live or not; null when there is none.</summary>
    public async Task<object?> FindAsync(Table table, string root, string key, CancellationToken cancel)
    {
        await using var command = Command(
            $"SELECT {table.ColumnList} FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key AND to_sequence IS NULL");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        Add(command, "key", key);
        var rows = await RowsAsync(command, table, cancel);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>All current rows of a table at a root, closed documents too, by key.</summary>
    public async Task<IReadOnlyList<object>> CurrentAsync(Table table, string root, CancellationToken cancel)
    {
        await using var command = Command(
            $"SELECT {table.ColumnList} FROM {table.Name} WHERE lane = @lane AND root = @root AND to_sequence IS NULL ORDER BY \"{table.KeyColumn}\"");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        return await RowsAsync(command, table, cancel);
    }

    /// <summary>Entries of each root with numbers above the one given, by root and number.</summary>
    public async Task<IReadOnlyList<Entry>> EntriesAsync(IReadOnlyList<(string Root, long After)> roots, CancellationToken cancel)
    {
        var entries = new List<Entry>();
        foreach (var part in Parts(roots, root => root.Root))
        {
            await using var command = Command(
                $"SELECT {string.Join(", ", EntryColumns.Split(", ").Select(column => "j." + column))} FROM journal j JOIN {RootsSource("w")} "
                + $"ON j.lane = w.lane AND j.root = w.root AND j.sequence > w.after{InLane("j")} ORDER BY j.lane, j.root, j.sequence");
            AddRoots(command, [.. part.Select(root => root.Root)], [.. part.Select(root => root.After)]);
            if (!Connection.CanCreateBatch) entries.AddRange(await ReadEntriesAsync(command, part, cancel));
            else
                await using (var texts = EntryTexts(part, long.MaxValue))
                    entries.AddRange(await EntriesWithTexts.ReadAsync(Connection, Transaction, command, texts, ReadEntry, cancel));
        }

        return entries;
    }

    /// <summary>Entries of a root with numbers above <paramref name="after"/>, in order, at most so many.</summary>
    public async Task<IReadOnlyList<Entry>> EntriesAsync(string root, long after, int most, CancellationToken cancel)
    {
        await using var command = Command(
            $"SELECT {EntryColumns} FROM journal WHERE lane = @lane AND root = @root AND sequence > @after ORDER BY sequence LIMIT @most");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        Add(command, "after", after);
        Add(command, "most", most);
        return await ReadEntriesAsync(command, [(root, after)], cancel);
    }

    public async Task<Entry?> EntryAsync(string root, long sequence, CancellationToken cancel) =>
        await EntriesAsync(root, sequence - 1, 1, cancel) is [{ } entry] && entry.Sequence == sequence ? entry : null;

    /// <summary>The number of a root's last entry of this business date or an earlier one; 0 when there is none. Dates never fall along a chain.</summary>
    public async Task<long> LastEntryOnAsync(string root, DateOnly date, CancellationToken cancel)
    {
        var (at, beyond) = (0L, ((await RootAsync(root, cancel))?.Sequence ?? 0) + 1);
        while (at + 1 < beyond)
        {
            var middle = at + ((beyond - at) / 2);
            if (await DateOfAsync(root, middle, cancel) <= date) at = middle;
            else beyond = middle;
        }

        return at;
    }

    public async Task<ClaimRow?> ClaimAsync(string scope, string number, CancellationToken cancel)
    {
        await using var command = Command("SELECT " + ClaimColumns + " FROM claim WHERE lane = @lane AND scope = @scope AND number = @number");
        Add(command, "lane", Lane.Of(number));
        Add(command, "scope", scope);
        Add(command, "number", number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? ReadClaim(reader) : null;
    }

    /// <summary>The party's root, or null when there is no such party.</summary>
    public async Task<string?> MemberAsync(string party, CancellationToken cancel)
    {
        await using var command = Command("SELECT root FROM member WHERE lane = @lane AND party = @party");
        Add(command, "lane", Lane.Of(party));
        Add(command, "party", party);
        return (string?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>Where a document stands as this reader sees it; null when there is no such. A node's directory may not have heard yet that its party has moved.</summary>
    public async Task<string?> RootOfAsync(string scope, string number, CancellationToken cancel) =>
        await ClaimAsync(scope, number, cancel) is { } claim ? await MemberAsync(claim.Party, cancel) : null;

    /// <summary>The current row of a document, live or not, at the root where it stands as this reader sees it; null when there is none.</summary>
    public async Task<object?> FindAsync(Table table, string scope, string number, string key, CancellationToken cancel) =>
        await RootOfAsync(scope, number, cancel) is { } root ? await FindAsync(table, root, key, cancel) : null;

    public async Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel)
    {
        await using var command = Command("SELECT party, root FROM member WHERE above = @above ORDER BY party");
        Add(command, "above", party);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var under = new List<(string, string)>();
        while (await reader.ReadAsync(cancel)) under.Add((reader.GetString(0), reader.GetString(1)));
        return under;
    }

    public async Task<IReadOnlyList<object>> RowsAsync(DbCommand command, Table table, CancellationToken cancel)
    {
        var rows = new List<object>();
        await ReadAsync(command, table, (row, _) => rows.Add(row), cancel);
        return rows;
    }

    /// <summary>Gives each row of a result whose first columns are the table's, with the reader for what stands after them.</summary>
    public async Task ReadAsync(DbCommand command, Table table, Action<object, DbDataReader> take, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await TakeAsync(reader, table, take, int.MaxValue, cancel);
    }

    /// <summary>Gives at most so many rows from where the reader stands.</summary>
    internal async Task TakeAsync(DbDataReader reader, Table table, Action<object, DbDataReader> take, int most, CancellationToken cancel)
    {
        var items = new object?[table.Columns.Count];
        var values = new Values(items);
        for (var taken = 0; taken < most && await reader.ReadAsync(cancel); taken++)
        {
            for (var i = 0; i < items.Length; i++) items[i] = reader.IsDBNull(i) ? null : ReadValue(reader, i, table.Columns[i].Kind);
            take(table.Read(values.Rewind()), reader);
        }
    }

    /// <summary><c>= ANY(@p)</c> or its like, for a list of texts given by <see cref="ListParameter"/>.</summary>
    public abstract string Among(string parameter);
    public abstract object ListParameter(IReadOnlyList<string> texts);

    /// <summary>The elements of a column's JSON array, for FROM: <c>alias.value</c> is one, <c>alias.value ->> 'name'</c> a field of it as text.</summary>
    public abstract string EachOf(string column, string alias);
    public abstract object DateParameter(DateOnly date);
    internal abstract object InstantParameter(DateTimeOffset instant);

    /// <summary>The statement of <see cref="Commits.MarkAsync(StoreReader, CancellationToken)"/>.</summary>
    internal abstract string Mark { get; }

    /// <summary>The column of a batch that rises with the commits.</summary>
    internal abstract string CommitOrder { get; }

    /// <summary>The last batch of which it is known that nothing can come to be committed before it any more. Nothing where statements go by lane.</summary>
    internal abstract string LastSettled { get; }

    /// <summary>The condition on a batch that it was committed since a mark.</summary>
    internal abstract string Since(DbCommand command, string mark);

    /// <summary>The date in a column of a result.</summary>
    public DateOnly Date(DbDataReader reader, int at) => (DateOnly)ReadValue(reader, at, ColumnKind.Date);

    /// <summary>A FROM item of the roots given by <see cref="AddRoots"/>, with the columns <c>lane, root, after</c>; where statements go by lane, of one.</summary>
    protected abstract string RootsSource(string alias);
    protected abstract void AddRoots(DbCommand command, string[] roots, long[]? after = null);

    /// <summary>A FROM item of the numbers given by <see cref="AddClaims"/>, with the columns <c>lane, scope, number</c>.</summary>
    internal abstract string ClaimsSource(string alias);
    internal abstract void AddClaims(DbCommand command, IReadOnlyList<(string Scope, string Number)> numbers);
    internal abstract object ReadValue(DbDataReader reader, int at, ColumnKind kind);

    internal RootRow ReadRoot(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), (byte[])reader.GetValue(2), (DateOnly)ReadValue(reader, 3, ColumnKind.Date),
        reader.IsDBNull(4) ? null : (DateOnly)ReadValue(reader, 4, ColumnKind.Date), reader.IsDBNull(5) ? null : reader.GetString(5));

    internal static ClaimRow ReadClaim(DbDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), (byte[])reader.GetValue(2), reader.GetString(3), reader.GetString(4), reader.GetInt64(5));

    async Task<DateOnly> DateOfAsync(string root, long sequence, CancellationToken cancel)
    {
        await using var command = Command("SELECT business_date FROM journal WHERE lane = @lane AND root = @root AND sequence = @sequence");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        Add(command, "sequence", sequence);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? (DateOnly)ReadValue(reader, 0, ColumnKind.Date)
            : throw new InvalidOperationException($"the journal lacks entry {sequence} of {root}");
    }

    Entry ReadEntry(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), (DateTimeOffset)ReadValue(reader, 2, ColumnKind.Instant), (DateOnly)ReadValue(reader, 3, ColumnKind.Date),
        reader.GetString(4), reader.GetString(5), (byte[])reader.GetValue(6), (byte[])reader.GetValue(7), (byte[])reader.GetValue(8),
        reader.GetInt32(9));

    /// <summary>The entries of a result, with their texts: read only where there are any.</summary>
    async Task<IReadOnlyList<Entry>> ReadEntriesAsync(DbCommand command, IReadOnlyList<(string Root, long After)> roots, CancellationToken cancel)
    {
        var entries = new List<Entry>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) entries.Add(ReadEntry(reader));
        if (!entries.Exists(entry => entry.TextCount > 0)) return entries;
        await using var texts = EntryTexts(roots, entries.Max(entry => entry.Sequence));
        await using var read = await texts.ExecuteReaderAsync(cancel);
        return EntriesWithTexts.Joined(entries, await EntriesWithTexts.ReadTextsAsync(read, cancel));
    }

    DbCommand EntryTexts(IReadOnlyList<(string Root, long After)> roots, long upTo)
    {
        var command = Command(
            $"SELECT t.root, t.sequence, t.ordinal, t.salt, t.text FROM entry_text t JOIN {RootsSource("w")} "
            + $"ON t.lane = w.lane AND t.root = w.root AND t.sequence > w.after{InLane("t")} WHERE t.sequence <= @upTo ORDER BY t.lane, t.root, t.sequence, t.ordinal");
        AddRoots(command, [.. roots.Select(root => root.Root)], [.. roots.Select(root => root.After)]);
        Add(command, "upTo", upTo);
        return command;
    }

    internal static async Task<IReadOnlyList<string>> TextsAsync(DbCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancel)) texts.Add(reader.GetString(0));
        return texts;
    }
}

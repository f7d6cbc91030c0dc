using System.Data.Common;
using Aval.Kernel.Journal;

namespace Aval.Kernel.Storage;

/// <summary>Reads roots, rows and entries over one connection, in its transaction where it has one. The same SQL runs on both databases.</summary>
public abstract class StoreReader(Composition composition, DbConnection connection, DbTransaction? transaction) : IAsyncDisposable
{
    const string EntryColumns = "root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash";

    protected Composition Composition { get; } = composition;
    protected DbConnection Connection { get; } = connection;
    protected DbTransaction? Transaction { get; } = transaction;

    public async Task<RootRow?> RootAsync(string root, CancellationToken cancel)
    {
        await using var command = Command("SELECT root, sequence, head_hash, business_date, next_due FROM root WHERE lane = @lane AND root = @root");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? ReadRoot(reader) : null;
    }

    /// <summary>Roots on which something falls due on or before the date, by lane and number.</summary>
    public async Task<IReadOnlyList<string>> DueRootsAsync(DateOnly date, CancellationToken cancel)
    {
        await using var command = Command("SELECT root FROM root WHERE next_due <= @date ORDER BY lane, root");
        Add(command, "date", DateParameter(date));
        return await TextsAsync(command, cancel);
    }

    public async Task<IReadOnlyList<string>> RootsAsync(CancellationToken cancel)
    {
        await using var command = Command("SELECT root FROM root ORDER BY lane, root");
        return await TextsAsync(command, cancel);
    }

    /// <summary>The facts of a root as its current, live rows tell them.</summary>
    public async Task<Facts> LoadAsync(RootRow row, CancellationToken cancel)
    {
        var facts = Composition.Empty(row.Root) with { Sequence = row.Sequence, Through = row.BusinessDate };
        if (row.Sequence == 0) return facts;
        foreach (var table in Composition.TablesInOrder)
        {
            await using var command = Command($"SELECT {ColumnList(table)} FROM {table.Name} WHERE lane = @lane AND root = @root AND to_sequence IS NULL AND live");
            Add(command, "lane", Lane.Of(row.Root));
            Add(command, "root", row.Root);
            foreach (var read in await RowsAsync(command, table, cancel)) facts = facts.With(read);
        }

        return facts;
    }

    /// <summary>The current row of this key at this root, live or not; null when there is none.</summary>
    public async Task<object?> FindAsync(Table table, string root, string key, CancellationToken cancel)
    {
        await using var command = Command(
            $"SELECT {ColumnList(table)} FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key AND to_sequence IS NULL");
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
            $"SELECT {ColumnList(table)} FROM {table.Name} WHERE lane = @lane AND root = @root AND to_sequence IS NULL ORDER BY \"{table.KeyColumn}\"");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        return await RowsAsync(command, table, cancel);
    }

    /// <summary>Entries of a root with numbers above <paramref name="after"/>, in order, streamed.</summary>
    public async IAsyncEnumerable<Entry> EntriesAsync(
        string root, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Command($"SELECT {EntryColumns} FROM journal WHERE lane = @lane AND root = @root AND sequence > @after ORDER BY sequence");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        Add(command, "after", after);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return ReadEntry(reader);
    }

    public async Task<Entry?> EntryAsync(string root, long sequence, CancellationToken cancel)
    {
        await using var command = Command($"SELECT {EntryColumns} FROM journal WHERE lane = @lane AND root = @root AND sequence = @sequence");
        Add(command, "lane", Lane.Of(root));
        Add(command, "root", root);
        Add(command, "sequence", sequence);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? ReadEntry(reader) : null;
    }

    public async Task<IReadOnlyList<ClaimRow>> ClaimsAsync(IReadOnlyList<(string Scope, string Number)> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return [];
        await using var command = Command(
            $"SELECT scope, number, content_hash, party, root, sequence FROM claim WHERE lane {AmongNumbers("@lanes")} AND number {Among("@numbers")}");
        Add(command, "lanes", NumbersParameter([.. wanted.Select(claim => Lane.Of(claim.Number)).Distinct()]));
        Add(command, "numbers", ListParameter([.. wanted.Select(claim => claim.Number).Distinct(StringComparer.Ordinal)]));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var asked = wanted.ToHashSet();
        var found = new List<ClaimRow>();
        while (await reader.ReadAsync(cancel))
            if (asked.Contains((reader.GetString(0), reader.GetString(1))))
                found.Add(new ClaimRow(
                    reader.GetString(0), reader.GetString(1), (byte[])reader.GetValue(2), reader.GetString(3), reader.GetString(4), reader.GetInt64(5)));
        return found;
    }

    public async Task<IReadOnlyDictionary<string, string>> MembersAsync(IReadOnlyList<string> parties, CancellationToken cancel)
    {
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parties.Count == 0) return roots;
        await using var command = Command($"SELECT party, root FROM member WHERE lane {AmongNumbers("@lanes")} AND party {Among("@parties")}");
        Add(command, "lanes", NumbersParameter([.. parties.Select(Lane.Of).Distinct()]));
        Add(command, "parties", ListParameter(parties));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) roots[reader.GetString(0)] = reader.GetString(1);
        return roots;
    }

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
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<object>();
        while (await reader.ReadAsync(cancel))
        {
            var items = new object?[table.Columns.Count];
            for (var i = 0; i < items.Length; i++) items[i] = reader.IsDBNull(i) ? null : ReadValue(reader, i, table.Columns[i].Kind);
            rows.Add(table.Read(new Values(items)));
        }

        return rows;
    }

    public DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        return command;
    }

    public static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    /// <summary><c>= ANY(@p)</c> or its like, for a list of texts given by <see cref="ListParameter"/>.</summary>
    public abstract string Among(string parameter);
    public abstract object ListParameter(IReadOnlyList<string> texts);
    public abstract object DateParameter(DateOnly date);
    protected abstract string AmongNumbers(string parameter);
    protected abstract object NumbersParameter(IReadOnlyList<short> numbers);
    protected abstract object ReadValue(DbDataReader reader, int at, ColumnKind kind);

    public virtual async ValueTask DisposeAsync()
    {
        if (Transaction is not null) await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static string ColumnList(Table table) => string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));

    protected RootRow ReadRoot(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), (byte[])reader.GetValue(2), (DateOnly)ReadValue(reader, 3, ColumnKind.Date),
        reader.IsDBNull(4) ? null : (DateOnly)ReadValue(reader, 4, ColumnKind.Date));

    Entry ReadEntry(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), (DateTimeOffset)ReadValue(reader, 2, ColumnKind.Instant), (DateOnly)ReadValue(reader, 3, ColumnKind.Date),
        reader.GetString(4), reader.GetString(5), (byte[])reader.GetValue(6), (byte[])reader.GetValue(7), (byte[])reader.GetValue(8));

    static async Task<IReadOnlyList<string>> TextsAsync(DbCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancel)) texts.Add(reader.GetString(0));
        return texts;
    }
}

/// <summary>A transaction of the Desk. Order of locks, always: the company's row, then roots sorted (docs/decisions/0002-lock-order.md).</summary>
public abstract class WriteSession(StoreReader reader, RootRow company) : IAsyncDisposable
{
    public StoreReader Reader { get; } = reader;

    /// <summary>The company's row, held until the transaction ends. Sequence 0 on a new store.</summary>
    public RootRow Company { get; } = company;

    /// <summary>Locks the rows of these roots, sorted. A root without a row is absent from the answer, and so is, with <paramref name="skipLocked"/>, one that another node holds.</summary>
    public abstract Task<LockedRoots> LockAsync(IReadOnlyList<string> roots, IReadOnlyList<(string Scope, string Number)> claims, bool skipLocked, CancellationToken cancel);

    /// <summary>Writes all and commits, in one round trip where the database has them.</summary>
    public abstract Task CommitAsync(BatchWrite write, CancellationToken cancel);

    /// <summary>Rolls back what has not been committed.</summary>
    public abstract ValueTask DisposeAsync();
}

public sealed record LockedRoots(IReadOnlyDictionary<string, RootRow> Rows, IReadOnlySet<string> Skipped, IReadOnlyList<ClaimRow> Claims);

using System.Data.Common;

namespace Aval.Kernel.Storage;

/// <summary>Makes the statements of one connection, in its transaction where it has one: on all rows, or on those of the parties that somebody sees.</summary>
public abstract class Statements(Composition composition, DbConnection connection, DbTransaction? transaction) : IAsyncDisposable
{
    protected Composition Composition { get; } = composition;
    protected DbConnection Connection { get; } = connection;
    protected DbTransaction? Transaction { get; } = transaction;

    /// <summary>The name whose parties alone are seen; null when everything is.</summary>
    internal string? Sight { get; set; }

    /// <summary>For how long each of its statements may tell nothing; null for as long as the connection says.</summary>
    internal int? PatienceInSeconds { get; set; }

    /// <summary>The reading of whole lists that this belongs to, which ends it; null for whoever reads for themselves.</summary>
    internal OneReading? Reading { get; set; }

    /// <summary>A statement, on the rows of the parties that are seen.</summary>
    public DbCommand Command(string sql)
    {
        if (Sight is null) return Whole(sql);
        var command = Whole("");
        Add(command, "sight", Sight);
        Say(command, sql);
        return command;
    }

    /// <summary>Gives a statement its text, once the conditions that belong into it are known: the only other way beside <see cref="Command"/>.</summary>
    public void Say(DbCommand command, string sql) => command.CommandText = Sight is null ? sql : InSight.Over(sql, Composition, TableItself);

    /// <summary>A condition by which rows of a table without a root are those of the parties that are seen; nothing where everything is.</summary>
    internal string? OnlySeen(string column) => Sight is null ? null : $"{column} IN (SELECT number FROM {InSight.Seen})";

    internal Task<bool> SeesPartyAsync(string sight, string party, CancellationToken cancel) => SeesAsync(InSight.Party(Composition, TableItself), sight, "number", party, cancel);

    internal Task<bool> SeesRootAsync(string sight, string root, CancellationToken cancel) => SeesAsync(InSight.Root(Composition, TableItself), sight, "root", root, cancel);

    async Task<bool> SeesAsync(string sql, string sight, string name, string value, CancellationToken cancel)
    {
        await using var command = Whole(sql);
        Add(command, "sight", sight);
        Add(command, name, value);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>A statement on all rows: what a root's facts are does not depend on who looks.</summary>
    protected DbCommand Whole(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        if (PatienceInSeconds is { } seconds) command.CommandTimeout = seconds;
        return command;
    }

    /// <summary>Makes a cursor of a statement; null where a result may stay open beside other statements.</summary>
    internal virtual string? CursorOver(string name, string sql) => null;

    public async ValueTask DisposeAsync()
    {
        if (Reading is null) await EndAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the connection back.</summary>
    internal virtual async ValueTask EndAsync()
    {
        if (Transaction is not null) await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    /// <summary>A statement of the connection itself, whoever looks.</summary>
    internal DbCommand Plain(string sql) => Whole(sql);

    protected virtual bool ByLane => false;

    /// <summary>The condition that sends a statement to one shard, where the tables are distributed.</summary>
    protected string InLane(string alias) => ByLane ? $" AND {alias}.lane = @lane" : "";

    /// <summary>All at once, or those of each lane apart.</summary>
    protected IEnumerable<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> items, Func<T, string> root) =>
        ByLane ? items.GroupBy(item => Lane.Of(root(item))).Select(lane => (IReadOnlyList<T>)[.. lane]) : [items];

    public static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    /// <summary>The table of this name itself, where the statement has laid something else over the name.</summary>
    protected abstract string TableItself(string name);

    /// <summary>Columns of a table's rows whose roots lie in a stretch, in the order of others: the root first, by its bytes.</summary>
    internal abstract RawRows Raw(string columns, string table, in Stretch stretch, string order);

    /// <summary>All rows of a statement without parameters, whoever looks: what is made of them is narrowed when it is read.</summary>
    internal abstract RawRows Raw(string select);

    /// <summary>Conditions that split a table's rows into parts of about the same size, which readers side by side take.</summary>
    internal virtual Task<IReadOnlyList<string>> PartsAsync(string table, int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>(["1 = 1"]);
}

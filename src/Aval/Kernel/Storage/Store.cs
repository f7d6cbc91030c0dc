using System.Data;
using System.Data.Common;
using System.Reflection;
using Aval.Kernel.Journal;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>The database, as the Desk and the reading sides see it. Two of them exist: <see cref="SqliteStore"/> and <see cref="PostgresStore"/>.</summary>
public abstract class Store(Composition composition) : IAsyncDisposable
{
    /// <summary>The schema files of this version.</summary>
    HashSet<string> files = new(StringComparer.Ordinal);

    public Composition Composition { get; } = composition;

    /// <summary>How many batches may be in work at once: one where there is a single writer.</summary>
    public abstract int Writers { get; }

    /// <summary>True when each statement of the write path names one lane, so that it runs on one shard of a distributed database.</summary>
    public virtual bool ByLane => false;

    /// <summary>Keeps the Desk from a root until the transaction ends. Nothing to do where transactions do not write side by side.</summary>
    internal virtual Task HoldAsync(DbTransaction transaction, string root, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Creates the database where it is missing and applies the schema files that have not been.</summary>
    public abstract Task MigrateAsync(CancellationToken cancel);

    /// <summary>Opens an existing store for reading only, beside whoever serves it. Throws <see cref="StoreRefusedException"/> when there is none.</summary>
    public abstract Task AttachAsync(CancellationToken cancel);

    /// <summary>Writes one moment of the whole store into a new file, beside whoever serves it. For a store that was attached.</summary>
    public abstract Task BackUpAsync(string file, CancellationToken cancel);

    /// <summary>Makes the store anew from such a file. Throws <see cref="StoreRefusedException"/> where there is one already.</summary>
    public abstract Task RestoreAsync(string file, CancellationToken cancel);

    /// <summary>A connection for reading, open. For consistent reads over several statements see <see cref="SnapshotAsync"/>.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancel);

    /// <summary>A reader that sees one moment of the whole database.</summary>
    public abstract Task<StoreReader> SnapshotAsync(CancellationToken cancel);

    /// <summary>For how long a statement that a caller waits for may tell nothing before it is given up; null for as long as the connection says.</summary>
    internal virtual int? PatienceInSeconds => null;

    /// <summary>As <see cref="SnapshotAsync"/>, for a caller who is to hear in time that the database hangs. Not for work over whole tables.</summary>
    internal async Task<StoreReader> SnapshotInTimeAsync(CancellationToken cancel)
    {
        var reader = await SnapshotAsync(cancel);
        reader.PatienceInSeconds = PatienceInSeconds;
        return reader;
    }

    /// <summary>As <see cref="SnapshotAsync"/>, for work over whole tables: where a caller waits, a statement may tell nothing for as long as the connection says.</summary>
    public virtual Task<StoreReader> LongSnapshotAsync(CancellationToken cancel) => SnapshotAsync(cancel);

    /// <summary>Readers of one moment, for work that is shared among them; one where the database has a single processor for a reading.</summary>
    internal virtual async Task<IReadOnlyList<StoreReader>> SideBySideAsync(int most, CancellationToken cancel) => [await SnapshotAsync(cancel)];

    /// <summary>Begins to write figures that stand outside the journal, since they can be counted again at any time.</summary>
    internal abstract Task<KeptRows> KeepAsync(CancellationToken cancel);

    /// <summary>The store with everything in it, whoever looks.</summary>
    internal virtual Store Whole => this;

    /// <summary>Opens a transaction that holds the company's row: shared, or alone where the structure changes.</summary>
    public abstract Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel);

    /// <summary>As the other with the company shared, and <see cref="WriteSession.LockAsync"/> with it: in one round trip where the database has them.</summary>
    public virtual async Task<(WriteSession Session, LockedRoots Locked)> BeginAsync(WantedRoots wanted, CancellationToken cancel)
    {
        var session = await BeginAsync(companyAlone: false, cancel);
        try
        {
            return (session, await session.LockAsync(wanted, cancel));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the turn to lead where no other node has it; null where one has.</summary>
    public abstract Task<Lease?> TryLeadAsync(CancellationToken cancel);

    /// <summary>True when the store answers and has every schema file of this version; one that a later version has brought further is as good.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        return files.IsSubsetOf(await AppliedAsync(connection, cancel, PatienceInSeconds));
    }

    /// <summary>True when a number or a new root was taken by another batch meanwhile: trying again finds it.</summary>
    public abstract bool LostRace(Exception failure);

    /// <summary>True where writing a number that was used before is a lost race (<see cref="LostRace"/>), so that it need not be looked for beforehand.</summary>
    public virtual bool RefusesUsedNumbers => false;

    /// <summary>True when the database answered, and what it said is that this cannot be stored: trying again says the same.</summary>
    public abstract bool Refused(Exception failure);

    /// <summary>True when the batch of this id was committed. Asked after a connection broke in the commit.</summary>
    public abstract Task<bool> WasCommittedAsync(string batch, IReadOnlyList<string> roots, CancellationToken cancel);

    /// <summary>True for a failure of the database or of the way to it, false for a defect of ours.</summary>
    /// <remarks>A driver whose connection is cut while it reads may say that something of its own was disposed of.</remarks>
    public static bool IsOfTheStore(Exception e) => e is DbException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>What a log tells of a failure beside its message: where it happened; nothing of a store that is away, which everybody who asks meets.</summary>
    public static Exception? Trace(Exception e) => IsAway(e) ? null : e;

    /// <summary>True when the database could not be reached, or ended the connection because it stops or starts.</summary>
    /// <remarks>What PostgreSQL itself answers has its own type; anything else of its driver is a connection that broke or was not to be had, of one host or several.</remarks>
    static bool IsAway(Exception e) =>
        e is (NpgsqlException and not PostgresException) or DbException { IsTransient: true } or DbException { SqlState: ['5', '7', 'P', ..] } or IOException or TimeoutException;

    public abstract ValueTask DisposeAsync();

    /// <summary>The schema files embedded beside each capability, in the order of the capabilities and then of their numbers: name and text.</summary>
    protected IEnumerable<(string Name, string Sql)> SchemaFiles(string dialect)
    {
        var owners = Composition.Capabilities.Select(capability => (capability.Name, capability.GetType().Assembly)).Prepend(("Kernel", typeof(Store).Assembly));
        foreach (var (folder, assembly) in owners)
            foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
            {
                if (!resource.StartsWith($"Schema/{folder}/", StringComparison.Ordinal)) continue;
                if (resource.EndsWith(".sqlite.sql", StringComparison.Ordinal) && dialect != "sqlite") continue;
                if (resource.EndsWith(".pg.sql", StringComparison.Ordinal) && dialect != "pg") continue;
                yield return ($"{folder}/{Path.GetFileName(resource)}", Text(assembly, resource));
            }
    }

    /// <summary>Applies, in one transaction, what is not recorded in <c>schema_file</c>.</summary>
    protected async Task ApplySchemaAsync(DbConnection connection, string dialect, CancellationToken cancel)
    {
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_file (name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)", cancel);
        var applied = await AppliedAsync(connection, cancel);
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, sql) in SchemaFiles(dialect))
        {
            own.Add(name);
            if (!applied.Add(name)) continue;
            await ExecuteAsync(connection, sql, cancel);
            await using var record = connection.CreateCommand();
            record.CommandText = "INSERT INTO schema_file (name, applied_at) VALUES (@name, @at)";
            Add(record, "name", name);
            Add(record, "at", DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            await record.ExecuteNonQueryAsync(cancel);
        }

        files = own;
    }

    static async Task<HashSet<string>> AppliedAsync(DbConnection connection, CancellationToken cancel, int? patienceInSeconds = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM schema_file";
        if (patienceInSeconds is { } seconds) command.CommandTimeout = seconds;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var applied = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel)) applied.Add(reader.GetString(0));
        return applied;
    }

    protected static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    protected static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The fixed row of a root. Sequence 0 stands for a root that has no row yet.</summary>
/// <param name="BusinessDate">That of its last entry: what was due until then has been done.</param>
/// <param name="NextDue">The business date on which it has work, or an earlier one; null when it has none on any date.</param>
/// <param name="Waiting">What reactions left to be done, as JSON; null when nothing.</param>
public sealed record RootRow(string Root, long Sequence, byte[] HeadHash, DateOnly BusinessDate, DateOnly? NextDue, string? Waiting)
{
    public static RootRow New(string root, DateOnly today) => new(root, 0, Entry.Genesis, today, null, null);
}

public sealed record ClaimRow(string Scope, string Number, byte[] ContentHash, string Party, string Root, long Sequence);

/// <summary>All that one batch writes, in one round trip.</summary>
public sealed class BatchWrite(string id, DateTimeOffset at)
{
    public string Id { get; } = id;
    public DateTimeOffset At { get; } = at;
    public List<Entry> Entries { get; } = [];
    public List<ClaimRow> Claims { get; } = [];
    public Dictionary<string, (RootRow Row, bool IsNew)> Roots { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Enrolment> Enrolments { get; } = new(StringComparer.Ordinal);
    public Dictionary<Table, TableWrite> Tables { get; } = [];

    /// <summary>The company's entry by which every root is to be looked at again; null when there is none in this batch.</summary>
    public long? DatesNearer { get; set; }

    public bool IsEmpty => Entries.Count == 0 && Roots.Count == 0;

    public TableWrite Of(Table table) => Tables.TryGetValue(table, out var write) ? write : Tables[table] = new TableWrite(table);
}

/// <summary>What a batch writes into one table: versions that end, and versions that begin (some of which end within the batch).</summary>
public sealed class TableWrite(Table table)
{
    readonly Dictionary<(string Root, string Key), int> begun = [];
    readonly HashSet<(string Root, string Key)> ended = [];
    readonly List<Version> begins = [];

    public Table Table { get; } = table;
    public List<(string Root, string Key, long Sequence)> Ends { get; } = [];

    /// <summary>Versions to insert. A row that came and went within one entry leaves none.</summary>
    public IReadOnlyList<Version> Begins => begins.Exists(IsEmpty) ? begins.FindAll(version => !IsEmpty(version)) : begins;

    /// <summary>True when this batch has written or taken the row, so that the table does not know it as it is.</summary>
    public bool Touched(string root, string key) => begun.ContainsKey((root, key)) || ended.Contains((root, key));

    public void Put(Change change, string key, long sequence)
    {
        var place = (change.Root, key);
        if (!begun.TryGetValue(place, out var index))
        {
            if (change.Kind == ChangeKind.Replaces) End(place, sequence);
        }
        else if (begins[index].From == sequence)
        {
            begins[index] = new Version(change, sequence, null);
            return;
        }
        else if (begins[index].To is null)
        {
            begins[index] = begins[index] with { To = sequence };
        }

        begun[place] = begins.Count;
        begins.Add(new Version(change, sequence, null));
    }

    public void Take(string root, string key, long sequence)
    {
        if (!begun.TryGetValue((root, key), out var index)) End((root, key), sequence);
        else if (begins[index].To is null) begins[index] = begins[index] with { To = sequence };
    }

    void End((string Root, string Key) place, long sequence)
    {
        if (ended.Add(place)) Ends.Add((place.Root, place.Key, sequence));
    }

    static bool IsEmpty(Version version) => version.To == version.From;
}

public readonly record struct Version(Change Change, long From, long? To);

using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Aval.Kernel.Journal;
using Microsoft.Data.Sqlite;

namespace Aval.Kernel.Storage;

/// <summary>The embedded store: one folder, one writer, readers beside it (WAL); durable before the answer (synchronous=FULL).</summary>
/// <remarks>A second process that serves the same folder is refused: the lock file is held for as long as the store is open.</remarks>
public sealed class SqliteStore : Store
{
    readonly string connectionString;
    readonly string folder;
    FileStream? serving;
    SqliteConnection? writer;
    SqliteWrites? writes;

    public SqliteStore(Composition composition, string folder)
        : base(composition)
    {
        this.folder = folder;
        connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "aval.db"), Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    public override int Writers => 1;

    public override async Task MigrateAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        try
        {
            serving = new FileStream(Path.Combine(folder, "serving.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StoreRefusedException($"The folder {folder} is already being served by another process; stop it first, or use a PostgreSQL database for several.");
        }

        writer = new SqliteConnection(connectionString);
        await writer.OpenAsync(cancel);
        await PrepareAsync(writer, cancel);
        await ExecuteAsync(writer, "BEGIN IMMEDIATE", cancel);
        await ApplySchemaAsync(writer, "sqlite", cancel);
        await ExecuteAsync(writer, "COMMIT", cancel);
        writes = new SqliteWrites(writer);
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await PrepareAsync(connection, cancel);
        return connection;
    }

    public override async Task<StoreReader> SnapshotAsync(CancellationToken cancel)
    {
        var connection = (SqliteConnection)await ConnectAsync(cancel);
        return new SqliteReader(Composition, connection, connection.BeginTransaction(deferred: true), owned: true);
    }

    public override async Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel)
    {
        if (writer is null || writes is null) throw new InvalidOperationException("the store was not opened");
        await ExecuteAsync(writer, "BEGIN IMMEDIATE", cancel);
        var reader = new SqliteReader(Composition, writer, null, owned: false);
        var company = await reader.RootAsync(Facts.Company, cancel) ?? RootRow.New(Facts.Company, DateOnly.MinValue);
        return new Session(writer, writes, reader, company);
    }

    public override async Task<bool> WasCommittedAsync(string batch, IReadOnlyList<string> roots, CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM batch WHERE batch = @batch";
        Add(command, "batch", batch);
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    public override async ValueTask DisposeAsync()
    {
        writes?.Dispose();
        if (writer is not null) await writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        if (serving is not null) await serving.DisposeAsync();
    }

    static Task PrepareAsync(SqliteConnection connection, CancellationToken cancel) => ExecuteAsync(
        connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY", cancel);

    sealed class Session(SqliteConnection writer, SqliteWrites writes, SqliteReader reader, RootRow company) : WriteSession(reader, company)
    {
        bool open = true;

        public override async Task<LockedRoots> LockAsync(
            IReadOnlyList<string> roots, IReadOnlyList<(string Scope, string Number)> claims, bool skipLocked, CancellationToken cancel)
        {
            var rows = new Dictionary<string, RootRow>(StringComparer.Ordinal);
            foreach (var root in roots)
                if (await Reader.RootAsync(root, cancel) is { } row) rows[root] = row;
            return new LockedRoots(rows, new HashSet<string>(), await Reader.ClaimsAsync(claims, cancel));
        }

        public override async Task CommitAsync(BatchWrite write, CancellationToken cancel)
        {
            writes.Write(write);
            await ExecuteAsync(writer, "COMMIT", CancellationToken.None);
            open = false;
        }

        public override async ValueTask DisposeAsync()
        {
            if (open) await ExecuteAsync(writer, "ROLLBACK", CancellationToken.None);
            open = false;
        }
    }
}

/// <summary>The store cannot be opened, for a reason that the person who starts it can mend.</summary>
public sealed class StoreRefusedException(string message) : Exception(message);

sealed class SqliteReader(Composition composition, SqliteConnection connection, SqliteTransaction? transaction, bool owned)
    : StoreReader(composition, connection, transaction)
{
    public override string Among(string parameter) => $"IN (SELECT value FROM json_each({parameter}))";
    public override object ListParameter(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts);
    public override object DateParameter(DateOnly date) => SqliteWrites.Iso(date);
    protected override string AmongNumbers(string parameter) => $"IN (SELECT value FROM json_each({parameter}))";
    protected override object NumbersParameter(IReadOnlyList<short> numbers) => JsonSerializer.Serialize(numbers);

    protected override object ReadValue(DbDataReader reader, int at, ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => reader.GetString(at),
        ColumnKind.Whole => reader.GetInt64(at),
        ColumnKind.Date => DateOnly.ParseExact(reader.GetString(at), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Flag => reader.GetInt64(at) != 0,
        ColumnKind.Instant => DateTimeOffset.ParseExact(reader.GetString(at), "O", CultureInfo.InvariantCulture),
    };

    public override ValueTask DisposeAsync() => owned ? base.DisposeAsync() : ValueTask.CompletedTask;
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
            throw new StoreRefusedException(
                $"The folder {folder} is already being served by another process; stop it first, or use a PostgreSQL database for several.");
        }

        writer = new SqliteConnection(connectionString);
        await writer.OpenAsync(cancel);
        await PrepareAsync(writer, cancel);
        await ExecuteAsync(writer, "BEGIN IMMEDIATE", cancel);
        await ApplySchemaAsync(writer, "sqlite", cancel);
        await ExecuteAsync(writer, "COMMIT", cancel);
        writes = new SqliteWrites(writer);
    }

    public override Task AttachAsync(CancellationToken cancel) => File.Exists(Path.Combine(folder, "aval.db"))
        ? Task.CompletedTask
        : throw new StoreRefusedException($"There is no store in {folder}.");

    public override Task BackUpAsync(string file, CancellationToken cancel) => WholeFile.WriteAsync(file, async part =>
    {
        await using var connection = await ConnectAsync(cancel);
        await using var copy = connection.CreateCommand();
        copy.CommandText = "VACUUM INTO @file";
        Add(copy, "file", part);
        await copy.ExecuteNonQueryAsync(cancel);
    });

    /// <summary>Of every file of SQLite (<a href="https://sqlite.org/fileformat.html">its format</a>, 1.3.1).</summary>
    static ReadOnlySpan<byte> Beginning => "SQLite format 3\0"u8;

    public override async Task RestoreAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new StoreRefusedException($"There is no file {file}.");
        var store = Path.Combine(folder, "aval.db");
        if (File.Exists(store)) throw new StoreRefusedException($"There is a store in {folder} already: prove it (aval verify), or restore into another folder.");
        await using var source = File.OpenRead(file);
        var beginning = new byte[Beginning.Length];
        if (await source.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancel) < beginning.Length || !Beginning.SequenceEqual(beginning))
            throw new StoreRefusedException($"{file} is no backup of an embedded store.");
        source.Position = 0;
        Directory.CreateDirectory(folder);
        await WholeFile.WriteAsync(store, async part =>
        {
            await using (var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write)) await source.CopyToAsync(target, cancel);
            if (await DamageAsync(part, cancel) is { } damage) throw new StoreRefusedException($"{file} is damaged: {damage}");
        });
    }

    /// <summary>What the database's own check finds of a file, half of one among others; null when it finds nothing.</summary>
    static async Task<string?> DamageAsync(string file, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        try
        {
            return await check.ExecuteScalarAsync(cancel) is "ok" ? null : "its pages do not hold together";
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return e.Message;
        }
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

    public override Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel)
    {
        if (writer is null || writes is null) throw new InvalidOperationException("the store was not opened");
        writes.Begin();
        try
        {
            return Task.FromResult<WriteSession>(new SqliteSession(writes, new SqliteReader(Composition, writer, null, owned: false)));
        }
        catch
        {
            writes.Rollback();
            throw;
        }
    }

    internal override async Task<KeptRows> KeepAsync(CancellationToken cancel)
    {
        var connection = (SqliteConnection)await ConnectAsync(cancel);
        return new SqliteKeptRows(connection, connection.BeginTransaction());
    }

    /// <remarks>One process serves a folder.</remarks>
    public override Task<Lease?> TryLeadAsync(CancellationToken cancel) => Task.FromResult<Lease?>(Lease.Alone);

    /// <remarks>There is no other writer to race with.</remarks>
    public override bool LostRace(Exception failure) => false;

    public override bool Refused(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE };

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

    /// <remarks>A batch of orders of many customers changes thousands of pages, most of them again in the next one: with the usual thousand pages each commit would copy
    /// all of them into the store's file and wait for that. 16,384 pages are 64 MB of log.</remarks>
    static Task PrepareAsync(SqliteConnection connection, CancellationToken cancel) => ExecuteAsync(
        connection,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=16384; PRAGMA busy_timeout=30000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY",
        cancel);
}

/// <summary>The store cannot be opened, for a reason that the person who starts it can mend.</summary>
public sealed class StoreRefusedException(string message) : Exception(message);

/// <summary>The single writer's transaction: whoever has begun holds everything.</summary>
sealed class SqliteSession(SqliteWrites writes, SqliteReader reader)
    : WriteSession(reader, writes.Root(Facts.Company) ?? RootRow.New(Facts.Company, DateOnly.MinValue))
{
    bool open = true;

    public override Task<LockedRoots> LockAsync(WantedRoots wanted, CancellationToken cancel)
    {
        var rows = new Dictionary<string, RootRow>(wanted.Roots.Count, StringComparer.Ordinal);
        foreach (var root in wanted.Roots)
            if (writes.Root(root) is { } row) rows[root] = row;
        var found = new List<ClaimRow>();
        foreach (var (scope, number) in wanted.Claims)
            if (writes.Claim(scope, number) is { } claim) found.Add(claim);
        return Task.FromResult(new LockedRoots(rows, new HashSet<string>(), found));
    }

    public override Task CommitAsync(BatchWrite write, CancellationToken cancel)
    {
        writes.Write(write);
        writes.Commit();
        open = false;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        if (open) writes.Rollback();
        open = false;
        return ValueTask.CompletedTask;
    }
}

sealed class SqliteReader(Composition composition, SqliteConnection connection, SqliteTransaction? transaction, bool owned)
    : StoreReader(composition, connection, transaction)
{
    public override string Among(string parameter) => $"IN (SELECT value FROM json_each({parameter}))";
    public override object ListParameter(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts);
    public override string EachOf(string column, string alias) => $"json_each({column}) AS {alias}";
    public override object DateParameter(DateOnly date) => SqliteWrites.Iso(date);
    internal override object InstantParameter(DateTimeOffset instant) => SqliteWrites.Instant(instant);

    /// <remarks>The batch committed last: the rows of one writer lie in the order of their commits.</remarks>
    internal override string Mark => "SELECT batch FROM batch ORDER BY rowid DESC LIMIT 1";

    internal override string CommitOrder => "rowid";

    internal override string LastSettled => Mark;

    internal override string Since(DbCommand command, string mark)
    {
        Add(command, "mark", mark);
        return "rowid > COALESCE((SELECT rowid FROM batch WHERE batch = @mark), 0)";
    }
    protected override string TableItself(string name) => "main." + name;

    protected override string RootsSource(string alias) =>
        "(SELECT json_extract(value, '$[0]') AS lane, json_extract(value, '$[1]') AS root, json_extract(value, '$[2]') AS after "
        + $"FROM json_each(@roots)) AS {alias}";

    protected override void AddRoots(DbCommand command, string[] roots, long[]? after = null) =>
        Add(command, "roots", JsonSerializer.Serialize(roots.Select((root, i) => new object[] { Lane.Of(root), root, after?[i] ?? 0 })));

    internal override string ClaimsSource(string alias) =>
        "(SELECT json_extract(value, '$[0]') AS lane, json_extract(value, '$[1]') AS scope, json_extract(value, '$[2]') AS number "
        + $"FROM json_each(@numbers)) AS {alias}";

    internal override void AddClaims(DbCommand command, IReadOnlyList<(string Scope, string Number)> numbers) =>
        Add(command, "numbers", JsonSerializer.Serialize(numbers.Select(claim => new object[] { Lane.Of(claim.Number), claim.Scope, claim.Number })));

    internal override object ReadValue(DbDataReader reader, int at, ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => reader.GetString(at),
        ColumnKind.Whole => reader.GetInt64(at),
        ColumnKind.Date => DateOnly.ParseExact(reader.GetString(at), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Flag => reader.GetInt64(at) != 0,
        ColumnKind.Instant => DateTimeOffset.ParseExact(reader.GetString(at), "O", CultureInfo.InvariantCulture),
    };

    internal override ValueTask EndAsync() => owned ? base.EndAsync() : ValueTask.CompletedTask;

    internal override RawRows Raw(string columns, string table, in Stretch stretch, string order) => new SqliteRows(
        connection,
        $"SELECT {columns} FROM {table} WHERE lane = ?{(stretch.From is null ? "" : " AND root >= ?")}{(stretch.Before is null ? "" : " AND root < ?")} ORDER BY {order}",
        stretch);

    internal override RawRows Raw(string select) => new SqliteRows(connection, select);
}

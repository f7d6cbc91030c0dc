using System.Data.Common;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>PostgreSQL 15 or later: any number of nodes on one database, each stateless and correct.</summary>
public sealed class PostgresStore : Store
{
    /// <summary>Names of advisory locks; they mean nothing else.</summary>
    internal const int MigrationLock = 727401;
    const int CompanyLock = 727402;

    readonly PostgresPlace place;

    // The Desk reads by key and nothing else. A statement that was prepared while the tables were empty would be planned as a walk over the whole
    // table, and go on so when they have grown; without these plans to choose from it takes the index from the first row on.
    // That plan is the same whatever the values, so no statement is planned anew for the few that it is given.
    const string ByKeyOnly =
        "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_material=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";
    const string AnyValues = " -c plan_cache_mode=force_generic_plan";

    // A node that is cut off in the middle must not hold the company or a customer until the network notices.
    const string NotForEver = " -c idle_in_transaction_session_timeout=30s";

    // The journal's bodies are long enough to be compressed, which by the older way is a tenth of what PostgreSQL does for an order.
    const string Lightly = " -c default_toast_compression=lz4";

    bool byLane;
    NpgsqlDataSource? source;
    NpgsqlDataSource? writing;

    /// <param name="byLane">As for a database that is distributed by lane; one that is so is known when it is opened.</param>
    /// <param name="patience">For how long a statement that a caller waits for may tell nothing; null where nobody waits, as for files.</param>
    public PostgresStore(Composition composition, string connectionString, bool byLane = false, TimeSpan? patience = null)
        : base(composition)
    {
        this.byLane = byLane;
        place = PostgresPlace.Of(connectionString, patience);
    }

    public override bool ByLane => byLane;

    internal override int? PatienceInSeconds => place.Callers;

    NpgsqlConnectionStringBuilder Settings => place.Settings;

    /// <remarks>By lane each has a queue of its own, so that a batch has one.</remarks>
    public override int Writers => ByLane ? Lane.Count : 2;

    public override async Task MigrateAsync(CancellationToken cancel)
    {
        await CreateDatabaseAsync(cancel);
        source = new NpgsqlDataSourceBuilder(Settings.ToString()).Build();
        await using var connection = await PatientAsync(cancel);
        byLane |= await Distribution.IsDistributedAsync(connection, cancel);
        // Which shard a statement goes to is known from its values only.
        var options = $"{Settings.Options} {ByKeyOnly}{(ByLane ? "" : AnyValues)}{NotForEver}{(await HasLightCompressionAsync(connection, cancel) ? Lightly : "")}".Trim();
        writing = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(Settings.ToString()) { Options = options }.ToString()).Build();
        await ExecuteAsync(connection, "BEGIN", cancel);
        // One node migrates at a time.
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancel);
        await ApplySchemaAsync(connection, "pg", cancel);
        await ExecuteAsync(connection, "COMMIT", cancel);
    }

    public override async Task AttachAsync(CancellationToken cancel)
    {
        source = new NpgsqlDataSourceBuilder(Settings.ToString()).Build();
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await ExecuteAsync(connection, "SELECT FROM root LIMIT 0", cancel);
            byLane |= await Distribution.IsDistributedAsync(connection, cancel);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable)
        {
            throw new StoreRefusedException($"There is no store in the database {Settings.Database}.");
        }
    }

    public override Task BackUpAsync(string file, CancellationToken cancel) =>
        WholeFile.WriteAsync(file, part => PostgresTool.DumpAsync(Settings, part, cancel));

    public override async Task RestoreAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new StoreRefusedException($"There is no file {file}.");
        await CreateDatabaseAsync(cancel);
        await using (var connection = new NpgsqlConnection(Settings.ToString()))
        {
            await connection.OpenAsync(cancel);
            await using var tables = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", connection);
            if (await tables.ExecuteScalarAsync(cancel) is not 0L)
                throw new StoreRefusedException($"The database {Settings.Database} is not empty: prove what is there (aval verify), or restore into another one.");
        }

        await PostgresTool.RestoreAsync(Settings, file, cancel);
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel) => await Source.OpenConnectionAsync(cancel);

    public override async Task<StoreReader> SnapshotAsync(CancellationToken cancel)
    {
        var connection = await Source.OpenConnectionAsync(cancel);
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        return new PostgresReader(Composition, connection, transaction, ByLane) { PatienceInSeconds = place.Own };
    }

    /// <remarks>The first one exports its snapshot, the others take it; so they end before it does.</remarks>
    internal override async Task<IReadOnlyList<StoreReader>> SideBySideAsync(int most, CancellationToken cancel)
    {
        var readers = new List<StoreReader> { await SnapshotAsync(cancel) };
        try
        {
            if (ByLane) return readers;
            await using var exporting = readers[0].Plain("SELECT pg_export_snapshot()");
            var snapshot = (string)(await exporting.ExecuteScalarAsync(cancel))!;
            while (readers.Count < most)
            {
                readers.Add(await SnapshotAsync(cancel));
                await using var taking = readers[^1].Plain($"SET TRANSACTION SNAPSHOT '{snapshot}'");
                await taking.ExecuteNonQueryAsync(cancel);
            }

            return readers;
        }
        catch
        {
            foreach (var reader in readers) await reader.DisposeAsync();
            throw;
        }
    }

    internal override async Task<KeptRows> KeepAsync(CancellationToken cancel)
    {
        var connection = await Source.OpenConnectionAsync(cancel);
        return new PostgresKeptRows(connection, await connection.BeginTransactionAsync(cancel));
    }

    /// <remarks>
    /// The company is held by an advisory lock, not by its row: it exists before the row does, sharing it writes nothing, and whoever wants it
    /// alone is not passed by for ever by those who share it.
    /// </remarks>
    public override async Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel) => (await BeginAsync(companyAlone, null, cancel)).Session;

    public override async Task<(WriteSession Session, LockedRoots Locked)> BeginAsync(WantedRoots wanted, CancellationToken cancel)
    {
        // By lane each statement names one, so the locks are not asked for with the opening.
        if (ByLane) return await base.BeginAsync(wanted, cancel);
        var (session, locked) = await BeginAsync(companyAlone: false, wanted, cancel);
        return (session, locked!);
    }

    async Task<(WriteSession Session, LockedRoots? Locked)> BeginAsync(bool companyAlone, WantedRoots? wanted, CancellationToken cancel)
    {
        var connection = await Writing.OpenConnectionAsync(cancel);
        try
        {
            await using var opening = Opening(connection, companyAlone);
            if (wanted is not null) PostgresSession.AddLocks(opening, wanted);
            var reader = new PostgresReader(Composition, connection, null, ByLane);
            PostgresSession session;
            LockedRoots locked;
            await using (var rows = await opening.ExecuteReaderAsync(cancel))
            {
                await rows.NextResultAsync(cancel);
                var company = await rows.ReadAsync(cancel) ? reader.ReadRoot(rows) : RootRow.New(Facts.Company, DateOnly.MinValue);
                session = ByLane ? new LaneSession(connection, reader, company, Lost) : new PostgresSession(connection, reader, company, Lost);
                if (wanted is null) return (session, null);
                await rows.NextResultAsync(cancel);
                locked = await PostgresSession.ReadLockedAsync(rows, reader, cancel);
            }

            return (session, await session.WithSkippedAsync(wanted, locked, cancel));
        }
        catch
        {
            await PostgresSession.AbandonAsync(connection, Lost);
            throw;
        }
    }

    /// <summary>Distributes the tables by lane; those that were distributed before are left alone.</summary>
    /// <exception cref="StoreRefusedException">The database cannot distribute tables.</exception>
    public async Task<IReadOnlyList<string>> DistributeAsync(CancellationToken cancel)
    {
        await using var connection = await PatientAsync(cancel);
        return await Distribution.RunAsync(connection, Composition, cancel);
    }

    /// <summary>A connection for what takes as long as it takes: an index over a large table, or the wait for another node that makes one.</summary>
    async Task<NpgsqlConnection> PatientAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Settings.ToString()) { CommandTimeout = 0, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        return connection;
    }

    static NpgsqlBatch Opening(NpgsqlConnection connection, bool companyAlone) => new(connection)
    {
        BatchCommands =
        {
            new("BEGIN"),
            new(companyAlone ? $"SELECT pg_advisory_xact_lock({CompanyLock})" : $"SELECT pg_advisory_xact_lock_shared({CompanyLock})"),
            new($"SELECT {StoreReader.RootColumns} FROM root WHERE lane = $1 AND root = $2")
            {
                Parameters = { new() { Value = Lane.Of(Facts.Company) }, new() { Value = Facts.Company } },
            },
        },
    };

    internal override async Task HoldAsync(DbTransaction transaction, string root, CancellationToken cancel)
    {
        var sql = root == Facts.Company ? $"SELECT pg_advisory_xact_lock({CompanyLock})" : "SELECT FROM root WHERE lane = $1 AND root = $2 FOR UPDATE";
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)transaction.Connection!);
        if (root != Facts.Company) command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Lane.Of(root) }, new() { Value = root } });
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override Task<Lease?> TryLeadAsync(CancellationToken cancel) => PostgresLease.TryTakeAsync(Settings.ToString(), cancel);

    public override bool RefusesUsedNumbers => true;

    public override bool LostRace(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public override bool Refused(Exception failure) =>
        failure is PostgresException { IsTransient: false, SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] };

    public override async Task<bool> WasCommittedAsync(string batch, IReadOnlyList<string> roots, CancellationToken cancel)
    {
        // A backend whose client is gone may still be committing: it holds the roots' rows until it is done, so they are waited for first.
        await using var session = await BeginAsync(companyAlone: false, cancel);
        await session.LockAsync(new([.. roots.Order(StringComparer.Ordinal)], [], SkipLocked: false), cancel);
        await using var command = session.Reader.Command("SELECT count(*) FROM batch WHERE batch = @batch");
        StoreReader.Add(command, "batch", batch);
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    public override async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
        if (writing is not null) await writing.DisposeAsync();
    }

    /// <summary>A connection of the Desk was lost: those that wait in the readers' pool are not trusted either.</summary>
    void Lost() => source?.Clear();

    NpgsqlDataSource Writing => writing ?? throw new InvalidOperationException("the store was not opened");
    NpgsqlDataSource Source => source ?? throw new InvalidOperationException("the store was not opened");

    /// <summary>Whoever built the server may have left it out.</summary>
    static async Task<bool> HasLightCompressionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(Settings.ToString()) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ToString());
        await connection.OpenAsync(cancel);
        await using var exists = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = Settings.Database! } },
        };
        if ((long)(await exists.ExecuteScalarAsync(cancel))! > 0) return;
        var name = Settings.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
        try
        {
            await ExecuteAsync(connection, $"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", cancel);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was faster.
            await connection.CloseAsync();
        }
    }
}

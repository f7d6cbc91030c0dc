using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Aval.Kernel.Storage;

/// <summary>PostgreSQL 15 or later: any number of nodes on one database, each stateless and correct.</summary>
public sealed class PostgresStore : Store
{
    readonly NpgsqlConnectionStringBuilder settings;
    NpgsqlDataSource? source;

    public PostgresStore(Composition composition, string connectionString)
        : base(composition)
    {
        settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Timezone = "UTC",
            ApplicationName = "aval",
        };
        if (string.IsNullOrEmpty(settings.Database)) throw new StoreRefusedException("The connection string names no database.");
    }

    public override int Writers => 2;

    public override async Task MigrateAsync(CancellationToken cancel)
    {
        await CreateDatabaseAsync(cancel);
        source = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
        await using var connection = await source.OpenConnectionAsync(cancel);
        await ExecuteAsync(connection, "BEGIN", cancel);
        // One node migrates at a time; the number is the lock's name and means nothing else.
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(727401)", cancel);
        await ApplySchemaAsync(connection, "pg", cancel);
        await ExecuteAsync(connection, "COMMIT", cancel);
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel) => await Source.OpenConnectionAsync(cancel);

    public override async Task<StoreReader> SnapshotAsync(CancellationToken cancel)
    {
        var connection = await Source.OpenConnectionAsync(cancel);
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        return new PostgresReader(Composition, connection, transaction);
    }

    public override async Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel)
    {
        var connection = await Source.OpenConnectionAsync(cancel);
        try
        {
            await using var opening = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("BEGIN"),
                    new NpgsqlBatchCommand("SELECT root, sequence, head_hash, business_date, next_due FROM root WHERE lane = $1 AND root = $2 FOR "
                        + (companyAlone ? "UPDATE" : "SHARE"))
                    {
                        Parameters = { new() { Value = Lane.Of(Facts.Company) }, new() { Value = Facts.Company } },
                    },
                },
            };
            var reader = new PostgresReader(Composition, connection, null);
            await using var rows = await opening.ExecuteReaderAsync(cancel);
            var company = await rows.ReadAsync(cancel) ? reader.Root(rows) : RootRow.New(Facts.Company, DateOnly.MinValue);
            return new PostgresSession(connection, reader, company);
        }
        catch
        {
            await PostgresSession.AbandonAsync(connection);
            throw;
        }
    }

    public override async Task<bool> WasCommittedAsync(string batch, IReadOnlyList<string> roots, CancellationToken cancel)
    {
        // A backend whose client is gone may still be committing: it holds the roots' rows until it is done, so they are waited for first.
        await using var session = await BeginAsync(companyAlone: false, cancel);
        await session.LockAsync(roots, [], skipLocked: false, cancel);
        await using var command = session.Reader.Command("SELECT count(*) FROM batch WHERE batch = @batch");
        StoreReader.Add(command, "batch", batch);
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    public override async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
    }

    NpgsqlDataSource Source => source ?? throw new InvalidOperationException("the store was not opened");

    async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ToString()) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ToString());
        await connection.OpenAsync(cancel);
        await using var exists = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = settings.Database! } } };
        if ((long)(await exists.ExecuteScalarAsync(cancel))! > 0) return;
        var name = settings.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
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

sealed class PostgresReader(Composition composition, NpgsqlConnection connection, NpgsqlTransaction? transaction)
    : StoreReader(composition, connection, transaction)
{
    public RootRow Root(DbDataReader reader) => ReadRoot(reader);
    public override string Among(string parameter) => $"= ANY({parameter})";
    public override object ListParameter(IReadOnlyList<string> texts) => texts.ToArray();
    public override object DateParameter(DateOnly date) => date;
    protected override string AmongNumbers(string parameter) => $"= ANY({parameter})";
    protected override object NumbersParameter(IReadOnlyList<short> numbers) => numbers.ToArray();

    protected override object ReadValue(DbDataReader reader, int at, ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => reader.GetString(at),
        ColumnKind.Whole => reader.GetInt64(at),
        ColumnKind.Date => reader.GetFieldValue<DateOnly>(at),
        ColumnKind.Flag => reader.GetBoolean(at),
        ColumnKind.Instant => reader.GetFieldValue<DateTimeOffset>(at),
    };
}

sealed class PostgresSession(NpgsqlConnection connection, PostgresReader reader, RootRow company) : WriteSession(reader, company)
{
    bool open = true;

    public override async Task<LockedRoots> LockAsync(
        IReadOnlyList<string> roots, IReadOnlyList<(string Scope, string Number)> claims, bool skipLocked, CancellationToken cancel)
    {
        var sorted = roots.Order(StringComparer.Ordinal).ToArray();
        var locks = new NpgsqlBatchCommand(
            "SELECT root, sequence, head_hash, business_date, next_due FROM root WHERE lane = ANY($1) AND root = ANY($2) ORDER BY root FOR UPDATE"
            + (skipLocked ? " SKIP LOCKED" : ""))
        {
            Parameters = { new() { Value = sorted.Select(Lane.Of).Distinct().ToArray() }, new() { Value = sorted } },
        };
        // What exists without being locked is told from what does not exist by a look that waits for nobody.
        var existing = new NpgsqlBatchCommand("SELECT root FROM root WHERE lane = ANY($1) AND root = ANY($2)")
        {
            Parameters = { new() { Value = sorted.Select(Lane.Of).Distinct().ToArray() }, new() { Value = sorted } },
        };
        var claimed = new NpgsqlBatchCommand(
            "SELECT c.scope, c.number, c.content_hash, c.party, c.root, c.sequence FROM claim c JOIN unnest($1, $2, $3) AS w (lane, scope, number) "
            + "ON c.lane = w.lane AND c.scope = w.scope AND c.number = w.number")
        {
            Parameters =
            {
                new() { Value = claims.Select(claim => Lane.Of(claim.Number)).ToArray() }, new() { Value = claims.Select(claim => claim.Scope).ToArray() },
                new() { Value = claims.Select(claim => claim.Number).ToArray() },
            },
        };
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { locks, existing, claimed } };
        await using var results = await batch.ExecuteReaderAsync(cancel);
        var rows = new Dictionary<string, RootRow>(StringComparer.Ordinal);
        while (await results.ReadAsync(cancel)) rows[results.GetString(0)] = reader.Root(results);
        await results.NextResultAsync(cancel);
        var skipped = new HashSet<string>(StringComparer.Ordinal);
        while (await results.ReadAsync(cancel))
            if (!rows.ContainsKey(results.GetString(0))) skipped.Add(results.GetString(0));
        await results.NextResultAsync(cancel);
        var found = new List<ClaimRow>();
        while (await results.ReadAsync(cancel))
            found.Add(new ClaimRow(
                results.GetString(0), results.GetString(1), (byte[])results.GetValue(2), results.GetString(3), results.GetString(4), results.GetInt64(5)));
        return new LockedRoots(rows, skipped, found);
    }

    public override async Task CommitAsync(BatchWrite write, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        PostgresWrites.AddTo(batch, write);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancel);
        open = false;
    }

    public override async ValueTask DisposeAsync()
    {
        if (open) await AbandonAsync(connection);
        else await connection.DisposeAsync();
        open = false;
    }

    /// <summary>Rolls back and gives the connection back; one that is broken is closed, and the server rolls back by itself.</summary>
    public static async Task AbandonAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await connection.DisposeAsync();
    }
}

/// <summary>The statements of a batch: one a table and purpose, whatever the number of rows, with an array a column.</summary>
static class PostgresWrites
{
    public static void AddTo(NpgsqlBatch batch, BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables) AddTable(batch, table, rows);
        AddEntries(batch, write);
        if (write.Claims.Count > 0) AddClaims(batch, write.Claims);
        AddRoots(batch, write.Roots.Values);
        if (write.Enrolments.Count > 0) AddMembers(batch, [.. write.Enrolments.Values]);
        batch.BatchCommands.Add(Insert("INSERT INTO batch (batch, committed_at) VALUES ($1, $2)", write.Id, write.At));
    }

    static void AddTable(NpgsqlBatch batch, Table table, TableWrite write)
    {
        if (write.Ends.Count > 0)
            batch.BatchCommands.Add(Insert(
                $"UPDATE {table.Name} t SET to_sequence = e.sequence FROM unnest($1, $2, $3, $4) AS e (lane, root, key, sequence) "
                + $"WHERE t.lane = e.lane AND t.root = e.root AND t.\"{table.KeyColumn}\" = e.key AND t.to_sequence IS NULL",
                write.Ends.Select(end => Lane.Of(end.Root)).ToArray(), write.Ends.Select(end => end.Root).ToArray(),
                write.Ends.Select(end => end.Key).ToArray(), write.Ends.Select(end => end.Sequence).ToArray()));
        if (write.Begins.Count == 0) return;
        var columns = table.Columns.Count;
        var insert = new NpgsqlBatchCommand(
            $"INSERT INTO {table.Name} ({StoreReader.ColumnList(table)}, lane, root, from_sequence, to_sequence, live) "
            + $"SELECT * FROM unnest({string.Join(", ", Enumerable.Range(1, columns + 5).Select(i => "$" + i))})");
        for (var i = 0; i < columns; i++) insert.Parameters.Add(Column(table, i, write.Begins));
        insert.Parameters.Add(new() { Value = write.Begins.Select(version => Lane.Of(version.Root)).ToArray() });
        insert.Parameters.Add(new() { Value = write.Begins.Select(version => version.Root).ToArray() });
        insert.Parameters.Add(new() { Value = write.Begins.Select(version => version.From).ToArray() });
        insert.Parameters.Add(new() { Value = write.Begins.Select(version => version.To).ToArray() });
        insert.Parameters.Add(new() { Value = write.Begins.Select(version => table.IsLive(version.Row)).ToArray() });
        batch.BatchCommands.Add(insert);
    }

    static NpgsqlParameter Column(Table table, int column, List<Version> versions)
    {
        T[] Of<T>() => [.. versions.Select(version => (T)table.ValueOf(version.Row, column)!)];
        return table.Columns[column].Kind switch
        {
            ColumnKind.Text or ColumnKind.Json => new() { Value = Of<string?>(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            ColumnKind.Whole => new() { Value = Of<long?>(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            ColumnKind.Date => new() { Value = Of<DateOnly?>(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
            ColumnKind.Flag => new() { Value = Of<bool?>(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
            ColumnKind.Instant => new() { Value = Of<DateTimeOffset?>(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
        };
    }

    static void AddEntries(NpgsqlBatch batch, BatchWrite write)
    {
        var entries = write.Entries;
        batch.BatchCommands.Add(Insert(
            "INSERT INTO journal (lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash) "
            + "SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            entries.Select(entry => Lane.Of(entry.Root)).ToArray(), entries.Select(entry => entry.Root).ToArray(), entries.Select(entry => entry.Sequence).ToArray(),
            entries.Select(entry => entry.At).ToArray(), entries.Select(entry => entry.BusinessDate).ToArray(), entries.Select(entry => entry.Actor).ToArray(),
            entries.Select(entry => entry.Command).ToArray(), entries.Select(entry => entry.Body).ToArray(),
            entries.Select(entry => entry.PreviousHash).ToArray(), entries.Select(entry => entry.Hash).ToArray()));
    }

    static void AddClaims(NpgsqlBatch batch, List<ClaimRow> claims)
    {
        // Sorted, so that two batches that want the same numbers wait for each other in one direction only.
        var sorted = claims.OrderBy(claim => claim.Scope, StringComparer.Ordinal).ThenBy(claim => claim.Number, StringComparer.Ordinal).ToList();
        batch.BatchCommands.Add(Insert(
            "INSERT INTO claim (lane, scope, number, content_hash, party, root, sequence) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)",
            sorted.Select(claim => Lane.Of(claim.Number)).ToArray(), sorted.Select(claim => claim.Scope).ToArray(), sorted.Select(claim => claim.Number).ToArray(),
            sorted.Select(claim => claim.ContentHash).ToArray(), sorted.Select(claim => claim.Party).ToArray(), sorted.Select(claim => claim.Root).ToArray(),
            sorted.Select(claim => claim.Sequence).ToArray()));
    }

    static void AddRoots(NpgsqlBatch batch, IReadOnlyCollection<(RootRow Row, bool IsNew)> roots)
    {
        foreach (var isNew in new[] { true, false })
        {
            var rows = roots.Where(root => root.IsNew == isNew).Select(root => root.Row).OrderBy(row => row.Root, StringComparer.Ordinal).ToList();
            if (rows.Count == 0) continue;
            batch.BatchCommands.Add(Insert(
                isNew
                    ? "INSERT INTO root (lane, root, sequence, head_hash, business_date, next_due) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)"
                    : "UPDATE root r SET sequence = u.sequence, head_hash = u.head_hash, business_date = u.business_date, next_due = u.next_due "
                      + "FROM unnest($1, $2, $3, $4, $5, $6) AS u (lane, root, sequence, head_hash, business_date, next_due) WHERE r.lane = u.lane AND r.root = u.root",
                rows.Select(row => Lane.Of(row.Root)).ToArray(), rows.Select(row => row.Root).ToArray(), rows.Select(row => row.Sequence).ToArray(),
                rows.Select(row => row.HeadHash).ToArray(), rows.Select(row => row.BusinessDate).ToArray(), rows.Select(row => row.NextDue).ToArray()));
        }
    }

    static void AddMembers(NpgsqlBatch batch, List<Enrolment> members) => batch.BatchCommands.Add(Insert(
        "INSERT INTO member (lane, party, root, above) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT (lane, party) DO UPDATE SET root = excluded.root, above = excluded.above",
        members.Select(member => Lane.Of(member.Party)).ToArray(), members.Select(member => member.Party).ToArray(), members.Select(member => member.Root).ToArray(),
        members.Select(member => member.Above).ToArray()));

    static NpgsqlBatchCommand Insert(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}

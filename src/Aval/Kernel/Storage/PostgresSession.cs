using Npgsql;

namespace Aval.Kernel.Storage;

class PostgresSession(NpgsqlConnection connection, PostgresReader reader, RootRow company, Action lost) : WriteSession(reader, company)
{
    bool open = true;

    protected NpgsqlConnection Connection { get; } = connection;

    public override async Task<LockedRoots> LockAsync(WantedRoots wanted, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection);
        AddLocks(batch, wanted);
        LockedRoots locked;
        await using (var results = await batch.ExecuteReaderAsync(cancel)) locked = await ReadLockedAsync(results, reader, cancel);
        return await WithSkippedAsync(wanted, locked, cancel);
    }

    /// <summary>The statements that lock, for a batch that may have others before them.</summary>
    internal static void AddLocks(NpgsqlBatch batch, WantedRoots wanted)
    {
        var names = wanted.Roots.ToArray();
        batch.BatchCommands.Add(Locks(Array.ConvertAll(names, Lane.Of), names, wanted.SkipLocked));
        batch.BatchCommands.Add(Claimed(wanted.Claims));
    }

    /// <summary>Reads the results of <see cref="AddLocks"/>, of which the first is the current one.</summary>
    internal static async Task<LockedRoots> ReadLockedAsync(NpgsqlDataReader results, PostgresReader reader, CancellationToken cancel)
    {
        var rows = new Dictionary<string, RootRow>(StringComparer.Ordinal);
        while (await results.ReadAsync(cancel)) rows[results.GetString(0)] = reader.ReadRoot(results);
        await results.NextResultAsync(cancel);
        var found = new List<ClaimRow>();
        while (await results.ReadAsync(cancel)) found.Add(StoreReader.ReadClaim(results));
        return new LockedRoots(rows, new HashSet<string>(), found);
    }

    /// <summary>Adds which of the wanted were passed over: most often all were locked, and nothing needs to be asked.</summary>
    internal async Task<LockedRoots> WithSkippedAsync(WantedRoots wanted, LockedRoots locked, CancellationToken cancel) =>
        wanted.SkipLocked && locked.Rows.Count < wanted.Roots.Count
            ? locked with { Skipped = await ExistingAsync([.. wanted.Roots.Where(name => !locked.Rows.ContainsKey(name))], cancel) }
            : locked;

    public override async Task CommitAsync(BatchWrite write, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection);
        if (MayCopy && PostgresCopies.Suit(write))
        {
            await PostgresCopies.WriteAsync(Connection, write, cancel);
            PostgresWrites.AddRest(batch, write);
        }
        else
        {
            AddTo(batch, write);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancel);
        open = false;
    }

    public override async ValueTask DisposeAsync()
    {
        if (open) await AbandonAsync(Connection, lost);
        else await Connection.DisposeAsync();
        open = false;
    }

    /// <summary>False where every statement names one lane: rows of many would be copied by one.</summary>
    protected virtual bool MayCopy => true;

    protected virtual void AddTo(NpgsqlBatch batch, BatchWrite write) => PostgresWrites.AddTo(batch, write);

    /// <summary>Rolls back and gives the connection back; one that is broken is closed, and the server rolls back by itself.</summary>
    public static async Task AbandonAsync(NpgsqlConnection connection, Action lost)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // Where one connection was cut, idle ones in the pools may have been too.
            NpgsqlConnection.ClearPool(connection);
            lost();
        }

        await connection.DisposeAsync();
    }

    /// <remarks>Joined by pairs: two lists would look for every root in every lane.</remarks>
    static NpgsqlBatchCommand Locks(short[] lanes, string[] names, bool skipLocked)
    {
        const string Columns = "SELECT r.root, r.sequence, r.head_hash, r.business_date, r.next_due, r.waiting FROM root r ";
        var end = skipLocked ? " FOR UPDATE OF r SKIP LOCKED" : " FOR UPDATE OF r";
        return names.Length == 1
            ? new(Columns + "WHERE r.lane = $1 AND r.root = $2" + end) { Parameters = { new() { Value = lanes[0] }, new() { Value = names[0] } } }
            : new(Columns + "JOIN unnest($1, $2) AS w (lane, root) ON r.lane = w.lane AND r.root = w.root ORDER BY r.root" + end)
            {
                Parameters = { new() { Value = lanes }, new() { Value = names } },
            };
    }

    static NpgsqlBatchCommand Claimed(IReadOnlyList<(string Scope, string Number)> claims)
    {
        const string Columns = "SELECT c.scope, c.number, c.content_hash, c.party, c.root, c.sequence FROM claim c ";
        if (claims is [var (scope, number)])
            return new(Columns + "WHERE c.lane = $1 AND c.scope = $2 AND c.number = $3")
            {
                Parameters = { new() { Value = Lane.Of(number) }, new() { Value = scope }, new() { Value = number } },
            };
        var (lanes, scopes, numbers) = (new short[claims.Count], new string[claims.Count], new string[claims.Count]);
        for (var i = 0; i < claims.Count; i++) (lanes[i], scopes[i], numbers[i]) = (Lane.Of(claims[i].Number), claims[i].Scope, claims[i].Number);
        return new(Columns + "JOIN unnest($1, $2, $3) AS w (lane, scope, number) ON c.lane = w.lane AND c.scope = w.scope AND c.number = w.number")
        {
            Parameters = { new() { Value = lanes }, new() { Value = scopes }, new() { Value = numbers } },
        };
    }

    /// <summary>What exists without having been locked was passed over; the rest is new.</summary>
    async Task<HashSet<string>> ExistingAsync(string[] names, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT r.root FROM root r JOIN unnest($1, $2) AS w (lane, root) ON r.lane = w.lane AND r.root = w.root", Connection)
        {
            Parameters = { new() { Value = Array.ConvertAll(names, Lane.Of) }, new() { Value = names } },
        };
        await using var results = await command.ExecuteReaderAsync(cancel);
        var existing = new HashSet<string>(StringComparer.Ordinal);
        while (await results.ReadAsync(cancel)) existing.Add(results.GetString(0));
        return existing;
    }
}

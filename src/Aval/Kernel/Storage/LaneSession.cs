using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>The Desk's transaction on a database that is distributed by lane: a statement for each lane, which names it as a value, so that it runs on one shard.</summary>
/// <remarks>Rows are locked lane after lane, and sorted within each: across lanes at once they could not be (docs/operating/distributed.md).</remarks>
sealed class LaneSession(NpgsqlConnection connection, PostgresReader reader, RootRow company, Action lost) : PostgresSession(connection, reader, company, lost)
{
    public override async Task<LockedRoots> LockAsync(WantedRoots wanted, CancellationToken cancel)
    {
        var (roots, claims, skipLocked) = wanted;
        var (rows, found) = (new Dictionary<string, RootRow>(roots.Count, StringComparer.Ordinal), new List<ClaimRow>());
        foreach (var (lane, some) in ByLane(roots, root => root))
            await ReadAsync(Locks(lane, some, skipLocked), row => rows[row.GetString(0)] = Root(row), cancel);
        foreach (var (lane, some) in ByLane(claims, claim => claim.Number))
            await ReadAsync(Claimed(lane, some), row => found.Add(StoreReader.ReadClaim(row)), cancel);
        var skipped = new HashSet<string>(StringComparer.Ordinal);
        if (skipLocked)
            foreach (var (lane, some) in ByLane([.. roots.Where(root => !rows.ContainsKey(root))], root => root))
                await ReadAsync(Existing(lane, some), row => skipped.Add(row.GetString(0)), cancel);
        return new LockedRoots(rows, skipped, found);
    }

    protected override bool MayCopy => false;

    protected override void AddTo(NpgsqlBatch batch, BatchWrite write) => LaneWrites.AddTo(batch, write);

    /// <summary>In the order of the lanes, so that two transactions wait for each other in one direction only.</summary>
    internal static IEnumerable<(short Lane, T[] Some)> ByLane<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.GroupBy(item => Lane.Of(name(item))).OrderBy(lane => lane.Key).Select(lane => (lane.Key, lane.ToArray()));

    RootRow Root(NpgsqlDataReader row) => ((PostgresReader)Reader).ReadRoot(row);

    static async Task ReadAsync(NpgsqlCommand command, Action<NpgsqlDataReader> take, CancellationToken cancel)
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) take(rows);
        }
    }

    NpgsqlCommand Locks(short lane, string[] roots, bool skipLocked) => new(
        $"SELECT {StoreReader.RootColumns} FROM root WHERE lane = $1 AND root = ANY($2) ORDER BY root FOR UPDATE{(skipLocked ? " SKIP LOCKED" : "")}", Connection)
    {
        Parameters = { new() { Value = lane }, new() { Value = roots } },
    };

    NpgsqlCommand Claimed(short lane, (string Scope, string Number)[] claims) => new(
        "SELECT c.scope, c.number, c.content_hash, c.party, c.root, c.sequence FROM claim c JOIN unnest($2, $3) AS w (scope, number) "
        + "ON c.scope = w.scope AND c.number = w.number WHERE c.lane = $1", Connection)
    {
        Parameters =
        {
            new() { Value = lane }, new() { Value = Array.ConvertAll(claims, claim => claim.Scope) }, new() { Value = Array.ConvertAll(claims, claim => claim.Number) },
        },
    };

    /// <summary>What exists without having been locked was passed over; the rest is new.</summary>
    NpgsqlCommand Existing(short lane, string[] roots) => new("SELECT root FROM root WHERE lane = $1 AND root = ANY($2)", Connection)
    {
        Parameters = { new() { Value = lane }, new() { Value = roots } },
    };
}

using Npgsql;

namespace Aval.Tests.Nodes;

/// <summary>What Citus would be told, written down by a PostgreSQL without it; and what Citus would refuse, looked up in PostgreSQL's own catalogue.</summary>
static class CitusStandIn
{
    const string Functions = """
        CREATE TABLE pg_dist_partition (logicalrelid regclass NOT NULL, by_lane boolean NOT NULL);
        CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text, colocate_with text DEFAULT 'default', shard_count int DEFAULT 32)
            RETURNS void LANGUAGE sql AS 'INSERT INTO pg_dist_partition VALUES (table_name, distribution_column = ''lane'')';
        CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS 'INSERT INTO pg_dist_partition VALUES (table_name, false)';
        """;

    /// <summary>Keys without the lane, links between what does not lie together, triggers, lanes of another type, and tables with lanes that were forgotten.</summary>
    const string Refusals = """
        WITH lane AS (SELECT attrelid, attnum, atttypid FROM pg_attribute WHERE attname = 'lane' AND NOT attisdropped),
            distributed AS (SELECT p.logicalrelid AS oid, p.by_lane, l.attnum, l.atttypid FROM pg_dist_partition p LEFT JOIN lane l ON l.attrelid = p.logicalrelid)
        SELECT d.oid::regclass || ': ' || i.indexrelid::regclass || ' is unique without the lane'
        FROM distributed d JOIN pg_index i ON i.indrelid = d.oid WHERE d.by_lane AND i.indisunique AND NOT d.attnum = ANY(i.indkey)
        UNION ALL
        SELECT d.oid::regclass || ': has no lane of smallint' FROM distributed d WHERE d.by_lane AND d.atttypid IS DISTINCT FROM 'smallint'::regtype
        UNION ALL
        SELECT d.oid::regclass || ': ' || t.tgname || ' is a trigger' FROM distributed d JOIN pg_trigger t ON t.tgrelid = d.oid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT d.oid::regclass || ': ' || c.conname || ' links what does not lie together'
        FROM distributed d JOIN pg_constraint c ON c.conrelid = d.oid AND c.contype = 'f' LEFT JOIN distributed o ON o.oid = c.confrelid
        WHERE o.oid IS NULL OR (o.by_lane AND NOT (d.by_lane AND d.attnum = ANY(c.conkey) AND o.attnum = ANY(c.confkey)))
        UNION ALL
        SELECT l.attrelid::regclass || ': is not distributed' FROM lane l JOIN pg_class c ON c.oid = l.attrelid AND c.relkind = 'r'
        WHERE l.attrelid NOT IN (SELECT oid FROM distributed)
        ORDER BY 1
        """;

    public static async Task MakeAsync(string database) => await DoAsync(database, Functions);

    public static async Task DoAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<IReadOnlyList<string>> RefusalsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Refusals, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var refusals = new List<string>();
        while (await rows.ReadAsync()) refusals.Add(rows.GetString(0));
        return refusals;
    }
}

using System.Globalization;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>How the tables lie on a PostgreSQL that Citus distributes over machines: by lane, all of a lane together, and the company's on every machine.</summary>
/// <remarks>docs/operating/distributed.md. What has no lane (sessions, passwords, the log of access) stays where Aval connects to.</remarks>
public static class Distribution
{
    /// <summary>The first to be distributed; the others lie beside it.</summary>
    const string First = "root";

    static readonly string Alone = string.Create(CultureInfo.InvariantCulture, $"colocate_with => 'none', shard_count => {Lane.Count}");
    static readonly string[] Kernel = [First, "journal", "entry_text", "claim", "member", "batch", "dates_nearer"];

    /// <summary>The statements in their order, each with the table that is distributed by it; none for what prepares one.</summary>
    public static IEnumerable<(string Table, string Sql)> Statements(Composition composition)
    {
        // The only key that was made without its lane, when batches had none.
        yield return ("batch", "ALTER TABLE batch DROP CONSTRAINT batch_pkey, ADD PRIMARY KEY (lane, batch)");
        foreach (var table in Kernel.Concat(composition.TablesInOrder.Where(table => !table.IsOfCompany).Select(table => table.Name)))
            yield return (table, $"SELECT create_distributed_table('{table}', 'lane', {(table == First ? Alone : $"colocate_with => '{First}'")})");
        foreach (var table in composition.TablesInOrder.Where(table => table.IsOfCompany)) yield return (table.Name, $"SELECT create_reference_table('{table.Name}')");
    }

    /// <summary>True when the tables are distributed, so that each statement has to name its lane.</summary>
    internal static async Task<bool> IsDistributedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var possible = new NpgsqlCommand("SELECT to_regclass('pg_dist_partition') IS NOT NULL", connection);
        if (await possible.ExecuteScalarAsync(cancel) is not true) return false;
        await using var done = new NpgsqlCommand($"SELECT count(*) FROM pg_dist_partition WHERE logicalrelid::text = '{First}'", connection);
        return await done.ExecuteScalarAsync(cancel) is > 0L;
    }

    /// <summary>Runs those of tables that are not distributed yet.</summary>
    /// <returns>What was run.</returns>
    internal static async Task<IReadOnlyList<string>> RunAsync(NpgsqlConnection connection, Composition composition, CancellationToken cancel)
    {
        await using (var asked = new NpgsqlCommand("SELECT count(*) FROM pg_proc WHERE proname = 'create_distributed_table'", connection))
            if (await asked.ExecuteScalarAsync(cancel) is 0L)
                throw new StoreRefusedException("This database cannot distribute tables: the extension citus is not in it (CREATE EXTENSION citus, on every machine).");
        var distributed = new HashSet<string>(StringComparer.Ordinal);
        await using (var known = new NpgsqlCommand("SELECT logicalrelid::regclass::text FROM pg_dist_partition", connection))
        {
            await using var rows = await known.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) distributed.Add(rows.GetString(0));
        }

        var run = new List<string>();
        foreach (var (table, sql) in Statements(composition))
        {
            if (distributed.Contains(table)) continue;
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
            run.Add(sql);
        }

        return run;
    }
}

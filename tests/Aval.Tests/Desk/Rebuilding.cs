using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Dapper;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>An empty store filled from another one's journal alone; and a look at both, table by table.</summary>
static class Rebuilding
{
    static readonly string[] Tables = ["root", "journal", "entry_text", "claim", "member", .. JarsCapability.Composition.TablesInOrder.Select(table => table.Name)];

    public static async Task RebuildAsync(Store original, Store empty)
    {
        await using var reader = await original.SnapshotAsync(CancellationToken.None);
        await using var session = await empty.BeginAsync(companyAlone: true, CancellationToken.None);
        var write = new BatchWrite("rebuilt", DateTimeOffset.UnixEpoch);
        var facts = new Dictionary<string, Facts>();
        foreach (var root in await reader.ListedRootsAsync()) facts[root] = await RebuildAsync(reader, root, write);
        foreach (var (root, (row, isNew)) in write.Roots.ToList())
            if (root != Facts.Company) write.Roots[root] = (row with { NextDue = JarsCapability.Composition.NextDue(facts[root], facts[Facts.Company]) }, isNew);
        await session.CommitAsync(write, CancellationToken.None);
    }

    static async Task<Facts> RebuildAsync(StoreReader reader, string root, BatchWrite write)
    {
        var format = new EntryFormat(JarsCapability.Composition);
        var facts = JarsCapability.Composition.Empty(root);
        var known = new HashSet<(Aval.Kernel.Storage.Table, string)>();
        var members = new Dictionary<string, string?>();
        foreach (var entry in await reader.EntriesAsync(root, 0, int.MaxValue, CancellationToken.None))
        {
            var content = format.Read(entry);
            foreach (var (table, key) in content.Left)
                if (known.Remove((table, key))) write.Of(table).Take(root, key, entry.Sequence);
            foreach (var (table, row) in content.Rows.Where(row => !content.Left.Contains((row.Table, row.Table.KeyOf(row.Row)))))
                write.Of(table).Put(
                    new Change(table, row, root, known.Add((table, table.KeyOf(row))) ? ChangeKind.Enters : ChangeKind.Replaces), table.KeyOf(row), entry.Sequence);
            foreach (var (party, above) in content.Joined) members[party] = above;
            foreach (var party in content.Parted) members.Remove(party);
            write.Claims.AddRange(content.Claims);
            write.Entries.Add(entry);
            write.Roots[root] = (new RootRow(root, entry.Sequence, entry.Hash, content.Clock ?? entry.BusinessDate, null, null), true);
            facts = content.ApplyTo(facts) with { Sequence = entry.Sequence, Through = content.Clock ?? entry.BusinessDate };
        }

        foreach (var (party, above) in members) write.Enrolments.Add(party, new Enrolment(party, root, above, null));
        return facts;
    }

    /// <summary>The roots as the journal names them.</summary>
    static async Task<IReadOnlyList<string>> ListedRootsAsync(this StoreReader reader)
    {
        await using var command = reader.Command("SELECT DISTINCT root FROM journal ORDER BY root");
        await using var results = await command.ExecuteReaderAsync();
        var roots = new List<string>();
        while (await results.ReadAsync()) roots.Add(results.GetString(0));
        return roots;
    }

    /// <summary>Every row of every table, by table, as text in one order.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> DumpAsync(Store store)
    {
        await using var connection = await store.ConnectAsync(CancellationToken.None);
        var dump = new Dictionary<string, string>();
        foreach (var table in Tables)
        {
            var rows = (await connection.QueryAsync($"SELECT * FROM {table}")).Cast<IDictionary<string, object?>>();
            var said = rows.Select(row => string.Join(" | ", row.OrderBy(field => field.Key, StringComparer.Ordinal).Select(Said)));
            dump[table] = string.Join('\n', said.Order(StringComparer.Ordinal));
        }

        return dump;
    }

    static string Said(KeyValuePair<string, object?> field) => field.Key + " " + field.Value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var other => string.Create(CultureInfo.InvariantCulture, $"{other}"),
    };
}

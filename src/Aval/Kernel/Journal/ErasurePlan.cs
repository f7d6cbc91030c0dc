using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>What an erasure has to write over, found through the entries.</summary>
sealed class ErasurePlan(Composition composition, StoreReader reader, string root)
{
    readonly EntryFormat format = new(composition);
    readonly Dictionary<(string Root, long Sequence), (Entry Entry, EntryContent Content)?> read = [];

    public HashSet<(string Root, long Sequence, int Ordinal)> Texts { get; } = [];
    public HashSet<(string Scope, string Number)> Claims { get; } = [];
    public HashSet<(Table Table, string Key, long From, int Column, string Value)> Versions { get; } = [];

    /// <summary>The texts of rows among those that are meant.</summary>
    public async Task<IReadOnlyList<RowText>> RowsAsync(IReadOnlyList<TextId> ids, CancellationToken cancel)
    {
        var rows = new List<RowText>();
        foreach (var id in ids)
            if (await FindAsync(id, cancel) is ({ Table: { } table } place, { } text)) rows.Add(new RowText(table, place.Key, place.Column, text));
        return [.. rows.Distinct()];
    }

    public async Task AddAsync(IReadOnlyList<TextId> ids, IReadOnlyList<RowText> rows, CancellationToken cancel)
    {
        foreach (var id in ids)
            if (await FindAsync(id, cancel) is not null) await AddAsync(id.Sequence, id.Ordinal, cancel);
        foreach (var row in rows)
            foreach (var (from, value) in await VersionsAsync(row, cancel))
            {
                Versions.Add((row.Table, row.Key, from, row.Column, value));
                foreach (var ordinal in await OrdinalsAsync(row, from, cancel)) await AddAsync(from, ordinal, cancel);
            }
    }

    async Task<(TextPlace Place, string Text)?> FindAsync(TextId id, CancellationToken cancel)
    {
        if (await ReadAsync(root, id.Sequence, cancel) is not ({ } entry, { } content)) return null;
        var place = content.Texts.FirstOrDefault(text => text.Ordinal == id.Ordinal)?.Place;
        var text = entry.Texts.FirstOrDefault(text => text.Ordinal == id.Ordinal)?.Text;
        return place is null || text is null ? null : (place, text);
    }

    /// <summary>The versions of the row that have this text, with what is to stand there.</summary>
    async Task<IReadOnlyList<(long From, string Value)>> VersionsAsync(RowText meant, CancellationToken cancel)
    {
        var (table, key, column, text) = meant;
        var versions = new List<(long, string)>();
        await using var command = reader.Command(
            $"SELECT {table.ColumnList}, from_sequence FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "key", key);
        await reader.ReadAsync(command, table, (row, results) =>
        {
            if (table.ValueOf(row, column) is string value && RowFormat.TextOf(table.Columns[column], value) == text)
                versions.Add((results.GetInt64(table.Columns.Count), (string)table.ValueOf(RowFormat.Erased(table, row, column), column)!));
        }, cancel);
        return versions;
    }

    async Task<IReadOnlyList<int>> OrdinalsAsync(RowText meant, long sequence, CancellationToken cancel)
    {
        if (await ReadAsync(root, sequence, cancel) is not ({ } entry, { } content)) return [];
        var place = new TextPlace(meant.Table, meant.Key, meant.Column);
        var same = entry.Texts.Where(text => text.Text == meant.Text).Select(text => text.Ordinal).ToHashSet();
        return [.. content.Texts.Where(text => text.Place == place && same.Contains(text.Ordinal)).Select(text => text.Ordinal)];
    }

    /// <summary>The text, and the content of the claims that the same act made, at whichever root they stand.</summary>
    async Task AddAsync(long sequence, int ordinal, CancellationToken cancel)
    {
        Texts.Add((root, sequence, ordinal));
        if (await ReadAsync(root, sequence, cancel) is not (_, { } content)) return;
        foreach (var (at, number) in content.With.Prepend((root, sequence)))
        {
            if (await ReadAsync(at, number, cancel) is not (_, { } act)) continue;
            var contents = act.Texts.Where(text => text.Place == TextPlace.Claim).ToList();
            foreach (var claim in contents) Texts.Add((at, number, claim.Ordinal));
            if (contents.Count > 0) Claims.UnionWith(act.Claims.Select(claim => (claim.Scope, claim.Number)));
        }
    }

    async Task<(Entry Entry, EntryContent Content)?> ReadAsync(string at, long sequence, CancellationToken cancel)
    {
        if (read.TryGetValue((at, sequence), out var known)) return known;
        var entry = await reader.EntryAsync(at, sequence, cancel);
        return read[(at, sequence)] = entry is null ? null : (entry, format.Read(entry));
    }
}

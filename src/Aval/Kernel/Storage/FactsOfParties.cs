namespace Aval.Kernel.Storage;

/// <summary>Reads the facts of parties that are named, whichever roots they stand at.</summary>
static class FactsOfParties
{
    /// <summary>The facts of these parties' roots, by party; one that does not exist is not in the answer.</summary>
    public static async Task<IReadOnlyDictionary<string, Facts>> ReadAsync(StoreReader reader, IReadOnlyList<string> parties, CancellationToken cancel)
    {
        var roots = await new UncachedDirectory(reader).RootsOfAsync(parties, cancel);
        var rows = new List<RootRow>();
        foreach (var root in roots.Values.Distinct(StringComparer.Ordinal))
            if (await reader.RootAsync(root, cancel) is { } row) rows.Add(row);
        var facts = (await reader.LoadAsync(rows, cancel)).ToDictionary(one => one.Root, StringComparer.Ordinal);
        return roots.ToDictionary(of => of.Key, of => facts[of.Value], StringComparer.Ordinal);
    }
}

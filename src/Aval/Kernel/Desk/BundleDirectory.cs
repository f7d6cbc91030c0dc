using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>The directory for a part of a file that enters parties: it takes note of whom the commands ask for, and then answers from one reading of all of them.</summary>
sealed class BundleDirectory : IDirectory
{
    readonly HashSet<string> asked = new(StringComparer.Ordinal);
    readonly HashSet<string> askedUnder = new(StringComparer.Ordinal);
    IReadOnlyDictionary<string, string> roots = new Dictionary<string, string>();
    ILookup<string, (string Party, string Root)> under = Array.Empty<string>().ToLookup(above => above, above => (above, above), StringComparer.Ordinal);

    /// <summary>Refuses what stands, or has somebody above or below it, at another root than its bundle's: that would move between roots, which is done one by one.</summary>
    /// <remarks>Nobody else may enter or move a party meanwhile: it is asked while the company is held alone, or on a snapshot that decides nothing.</remarks>
    public static async Task RefuseElsewhereAsync(StoreReader reader, IReadOnlyList<Bundle> bundles, CancellationToken cancel)
    {
        if (!bundles.Any(bundle => bundle.Commands.Any(bundled => bundled.Command.ChangesStructure))) return;
        var directory = new BundleDirectory();
        foreach (var bundled in Entering(bundles).Select(one => one.Bundled))
        {
            directory.asked.Add(bundled.Command.Subject.Number);
            await bundled.Command.OtherRootsAsync(directory, cancel);
        }

        await directory.ReadAsync(reader, cancel);
        foreach (var (root, bundled) in Entering(bundles))
        {
            var number = bundled.Command.Subject.Number;
            var others = await bundled.Command.OtherRootsAsync(directory, cancel);
            if (directory.roots.GetValueOrDefault(number, root) != root || others.Any(other => other != root && other != number))
                bundled.Problem = KernelProblems.NotInMasses.With($"{number} belongs together with customers who stand elsewhere.");
        }
    }

    public Task<string?> RootOfAsync(string party, CancellationToken cancel)
    {
        asked.Add(party);
        return Task.FromResult(roots.GetValueOrDefault(party));
    }

    /// <remarks>Whoever enters a party asks for no document.</remarks>
    public Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel)
    {
        askedUnder.Add(party);
        return Task.FromResult<IReadOnlyList<(string, string)>>([.. under[party]]);
    }

    static IEnumerable<(string Root, Bundled Bundled)> Entering(IReadOnlyList<Bundle> bundles) =>
        bundles.SelectMany(bundle => bundle.Commands.Where(bundled => bundled.Command.ChangesStructure).Select(bundled => (bundle.Root, bundled)));

    async Task ReadAsync(StoreReader reader, CancellationToken cancel)
    {
        if (asked.Count == 0) return;
        roots = await new UncachedDirectory(reader).RootsOfAsync([.. asked], cancel);
        await using var command = reader.Plain($"SELECT above, party, root FROM member WHERE above {reader.Among("@above")}");
        StoreReader.Add(command, "above", reader.ListParameter([.. askedUnder]));
        var found = new List<(string Above, string Party, string Root)>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        under = found.ToLookup(row => row.Above, row => (row.Party, row.Root), StringComparer.Ordinal);
    }
}

using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>What one root's journal says of claims, as far as it was proved.</summary>
/// <param name="Last">Number of the last entry.</param>
/// <param name="Claims">Claims that the entries say, each found in its place.</param>
sealed record SaidClaims(long Last, long Claims);

/// <summary>
/// That there are no more claims than the entries say: those that are said have been found each by its number (<see cref="RootProof"/>), so it is
/// enough to count, and to look closer where there are too many. It walks through the table once and keeps two numbers a root.
/// </summary>
/// <remarks>Claims of entries that were written after their root was proved are left to the next proof.</remarks>
sealed class ClaimProof(Composition composition, StoreReader reader)
{
    public const string Table = "claim";

    readonly ProofReader proofs = new(composition, reader);
    readonly EntryFormat format = new(composition);

    /// <param name="said">By root; null for one whose entries cannot all be read.</param>
    public async Task<IReadOnlyList<Difference>> RunAsync(IReadOnlyDictionary<string, SaidClaims?> said, CancellationToken cancel)
    {
        var counts = new Dictionary<string, (long Known, long Newest)>(StringComparer.Ordinal);
        await foreach (var (root, sequence) in proofs.ClaimedAsync(cancel))
        {
            var (known, newest) = counts.GetValueOrDefault(root);
            counts[root] = said.GetValueOrDefault(root) is { } proved && sequence > proved.Last ? (known, Math.Max(newest, sequence)) : (known + 1, newest);
        }

        var differences = new List<Difference>();
        foreach (var (root, (known, newest)) in counts.OrderBy(root => root.Key, StringComparer.Ordinal))
            if (!(said.TryGetValue(root, out var proved) && proved is null) && (known > (proved?.Claims ?? 0) || await IsBeyondAsync(root, newest, cancel)))
                differences.AddRange(await UnsaidAsync(root, cancel));
        return differences;
    }

    async Task<bool> IsBeyondAsync(string root, long newest, CancellationToken cancel) =>
        newest > 0 && newest > ((await reader.RootAsync(root, cancel))?.Sequence ?? 0);

    async Task<IReadOnlyList<Difference>> UnsaidAsync(string root, CancellationToken cancel)
    {
        var faults = new Faults(root);
        var seen = new HashSet<(string, string)>();
        foreach (var claim in await proofs.ClaimsOfAsync(root, cancel))
            if (!seen.Add((claim.Scope, claim.Number))) faults.Add(claim.Sequence, Table, Key(claim), "The claim stands in two lanes.");
            else if (!await IsSaidAsync(claim, cancel)) faults.Add(claim.Sequence, Table, Key(claim), "No entry made this claim.");
        return faults.Found;
    }

    async Task<bool> IsSaidAsync(ClaimRow claim, CancellationToken cancel) =>
        await reader.EntryAsync(claim.Root, claim.Sequence, cancel) is { } entry
        && format.Read(entry).Claims.Any(said => said.Scope == claim.Scope && said.Number == claim.Number);

    public static string Key(ClaimRow claim) => $"{claim.Scope} {claim.Number}";
}

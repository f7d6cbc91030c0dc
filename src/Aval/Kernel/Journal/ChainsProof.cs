using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>
/// Proves the chains of a stretch and nothing else: every entry's hash, that the columns beside its body repeat it, that each follows the one before, and that each chain
/// ends where its root's row says and goes through the head that a checkpoint took. Nothing of an entry is kept, however long a chain is.
/// </summary>
/// <remarks>Not safe for several threads: it keeps its memory from one stretch to the next.</remarks>
sealed class ChainsProof(IReadOnlyDictionary<string, Head> taken) : IStretchProof
{
    readonly StretchRoots roots = new();
    byte[] hashed = new byte[8192];

    public Task<StretchProved?> RunAsync(
        StoreReader reader, Stretch stretch, Func<StoreReader, CancellationToken, Task<SeenCompany?>> companyAsync, CancellationToken cancel)
    {
        try
        {
            roots.Read(reader, stretch);
            var chains = new Chain?[roots.Count];
            for (var place = 0; place < chains.Length; place++) chains[place] = new Chain(roots[place], taken.GetValueOrDefault(roots[place].Root));
            Follow(reader, stretch, chains, cancel);
            var whole = Enumerable.Range(0, chains.Length).ToLookup(place => chains[place] is { IsAtEnd: true }, place => roots[place].Root);
            return Task.FromResult<StretchProved?>(new StretchProved(
                [.. whole[true].Select(root => (root, (SaidClaims?)null))], [.. whole[false]], [.. roots.Strays], [],
                chains.Sum(chain => chain is { IsAtEnd: true } ? chain.Last : 0)));
        }
        catch (Exception e) when (RootProof.IsUnreadable(e) || e is InvalidOperationException)
        {
            return Task.FromResult<StretchProved?>(null);
        }
    }

    /// <param name="chains">By the places of their roots; null for one that is broken.</param>
    void Follow(StoreReader reader, in Stretch stretch, Chain?[] chains, CancellationToken cancel)
    {
        using var entries = reader.Raw(BodyProof.Columns, "journal", stretch, "root, sequence");
        var placeOf = roots.FromFirst();
        for (var read = 0L; entries.Next(); read++)
        {
            if (read % 1024 == 0) cancel.ThrowIfCancellationRequested();
            if (placeOf(entries.Text(0)) is not (>= 0 and var place) || chains[place] is not { } chain) continue;
            var body = entries.Blob(BodyProof.BodyColumn);
            if (!chain.Follow(entries.Whole(1), entries.Blob(7), body, entries.Blob(8), ref hashed) || !BodyProof.HoldsHeads(entries, body)) chains[place] = null;
        }
    }
}

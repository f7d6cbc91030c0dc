using System.Collections.Concurrent;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One thing that is not as the journal says.</summary>
/// <param name="Sequence">The entry where it shows; 0 when it shows at none.</param>
/// <param name="Table">Null when the chain itself is broken.</param>
/// <param name="What">One sentence with the numbers of this case.</param>
public sealed record Difference(string Root, long Sequence, string? Table, string? Key, string What);

/// <param name="Entries">Entries that were read.</param>
/// <param name="Failures">The first differences, by root and number; a few a root, since one damage often shows in many places.</param>
public sealed record Verified(bool Valid, long Roots, long Entries, IReadOnlyList<Difference> Failures);

/// <summary>How far a verification has come.</summary>
public readonly record struct VerifiedSoFar(long Roots, long OfRoots, long Entries);

/// <summary>
/// Proves the journal: every root's chain is whole, and the fold of its entries is exactly what the tables hold, closed versions too.
/// It reads beside a server at work: each root is seen in one snapshot.
/// </summary>
public sealed class Verification(Store store)
{
    const int RootsAtOnce = 4;
    const int MostFailures = 100;

    public async Task<Verified> RunAsync(IProgress<VerifiedSoFar>? progress, CancellationToken cancel)
    {
        IReadOnlyList<string> roots;
        await using (var reader = await store.SnapshotAsync(cancel)) roots = await reader.MentionedRootsAsync(cancel);
        var failures = new ConcurrentBag<Difference>();
        var (done, entries) = (0L, 0L);
        await Parallel.ForEachAsync(roots, new ParallelOptions { MaxDegreeOfParallelism = RootsAtOnce, CancellationToken = cancel }, async (root, token) =>
        {
            var proof = new RootProof(store.Composition, root);
            await using (var reader = await store.SnapshotAsync(token)) await proof.RunAsync(reader, token);
            foreach (var failure in proof.Failures) failures.Add(failure);
            var soFar = new VerifiedSoFar(Interlocked.Increment(ref done), roots.Count, Interlocked.Add(ref entries, proof.Entries));
            progress?.Report(soFar);
        });
        var sorted = failures.OrderBy(failure => failure.Root, StringComparer.Ordinal).ThenBy(failure => failure.Sequence).ToList();
        return new Verified(sorted.Count == 0, roots.Count, entries, [.. sorted.Take(MostFailures)]);
    }
}

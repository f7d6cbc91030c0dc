using System.Collections.Concurrent;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One thing that is not as the journal says.</summary>
/// <param name="Sequence">The entry where it shows; 0 when it shows at none.</param>
/// <param name="Table">Null when the chain itself is broken.</param>
/// <param name="What">One sentence with the numbers of this case.</param>
public sealed record Difference(string Root, long Sequence, string? Table, string? Key, string What);

/// <param name="Entries">Entries that were read.</param>
/// <param name="ErasedTexts">Texts beside the entries that were erased.</param>
/// <param name="Failures">The first differences, by root and number; a few a root, since one damage often shows in many places.</param>
public sealed record Verified(bool Valid, long Roots, long Entries, long ErasedTexts, IReadOnlyList<Difference> Failures);

/// <summary>How far a verification has come.</summary>
public readonly record struct VerifiedSoFar(long Entries, long OfEntries);

/// <summary>
/// Proves the journal: every root's chain is whole and goes through the head that the last checkpoint took of it, and the fold of its entries is exactly what the
/// tables hold, closed versions too.
/// It reads beside a server at work: each root is seen in one snapshot.
/// </summary>
public sealed class Verification(Store store)
{
    const int RootsAtOnce = 4;
    const int MostFailures = 100;

    public async Task<Verified> RunAsync(IProgress<VerifiedSoFar>? progress, CancellationToken cancel)
    {
        IReadOnlyList<(string Root, long? Lane)> mentions;
        Dictionary<string, Head> heads;
        long all;
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            mentions = await new ProofReader(store.Composition, reader).MentionedRootsAsync(cancel);
            heads = await Checkpoints.ReadAsync(reader, store.Composition, cancel);
            all = await reader.EntriesInAllAsync(cancel);
        }

        // A root of which nothing is left at all is still named where its head was taken.
        var roots = mentions.Select(mention => mention.Root).Concat(heads.Keys).Distinct(StringComparer.Ordinal).ToList();
        var failures = new ConcurrentBag<Difference>(InOtherLanes(mentions));
        var said = new ConcurrentDictionary<string, SaidClaims?>(StringComparer.Ordinal);
        var company = new CompanyFacts();
        var erased = new ConcurrentBag<(string Root, long Sequence, int Ordinal)>();
        var entries = 0L;
        await Parallel.ForEachAsync(roots, new ParallelOptions { MaxDegreeOfParallelism = RootsAtOnce, CancellationToken = cancel }, async (root, token) =>
        {
            var proof = new RootProof(store.Composition, root, heads.GetValueOrDefault(root), read =>
            {
                var soFar = Interlocked.Add(ref entries, read);
                progress?.Report(new VerifiedSoFar(soFar, Math.Max(soFar, all)));
            });
            await using (var reader = await store.SnapshotAsync(token)) await proof.RunAsync(reader, company.AtAsync, token);
            foreach (var failure in proof.Failures) failures.Add(failure);
            said[root] = proof.Claims;
            foreach (var (sequence, ordinal) in proof.ErasedTexts) erased.Add((root, sequence, ordinal));
        });
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            foreach (var failure in await new ClaimProof(store.Composition, reader).RunAsync(said, cancel)) failures.Add(failure);
            foreach (var failure in await ErasureProof.RunAsync(reader, store.Composition, erased, cancel)) failures.Add(failure);
        }

        var sorted = failures.OrderBy(failure => failure.Root, StringComparer.Ordinal).ThenBy(failure => failure.Sequence).ToList();
        return new Verified(sorted.Count == 0, roots.Count, entries, erased.Count, [.. sorted.Take(MostFailures)]);
    }

    /// <summary>Proves one root's chain, and that its rows are what its entries tell; what other roots hold of its claims is left out.</summary>
    public async Task<Verified> OfRootAsync(string root, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var heads = await Checkpoints.ReadAsync(reader, store.Composition, cancel);
        var proof = new RootProof(store.Composition, root, heads.GetValueOrDefault(root), _ => { });
        await proof.RunAsync(reader, new CompanyFacts().AtAsync, cancel);
        return new Verified(proof.Failures.Count == 0, 1, proof.Entries, proof.ErasedTexts.Count, proof.Failures);
    }

    static IEnumerable<Difference> InOtherLanes(IEnumerable<(string Root, long? Lane)> mentions) =>
        from mention in mentions
        where mention.Lane is { } lane && lane != Lane.Of(mention.Root)
        select new Difference(mention.Root, 0, null, null, $"Rows of this root stand in lane {mention.Lane}, where nobody looks for them.");
}

/// <summary>The company's facts, as the journal's due dates need them: read once for each number of its entries.</summary>
sealed class CompanyFacts
{
    Facts? known;

    /// <summary>Null when they cannot be read.</summary>
    public async Task<Facts?> AtAsync(StoreReader reader, CancellationToken cancel)
    {
        try
        {
            if (await reader.RootAsync(Facts.Company, cancel) is not { } row) return null;
            if (Volatile.Read(ref known) is { } facts && facts.Sequence == row.Sequence) return facts;
            facts = (await reader.LoadAsync([row], cancel))[0];
            Volatile.Write(ref known, facts);
            return facts;
        }
        catch (Exception e) when (RootProof.IsUnreadable(e))
        {
            return null;
        }
    }
}

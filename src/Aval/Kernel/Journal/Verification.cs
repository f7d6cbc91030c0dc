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
    const int AtOnce = 4;
    const int EntriesAtOnce = 4_000;
    const int MostFailures = 100;

    /// <summary>All of it: the chains, and the tables held against them.</summary>
    public Task<Verified> RunAsync(IProgress<VerifiedSoFar>? progress, CancellationToken cancel) => RunAsync(false, progress, cancel);

    /// <summary>
    /// The chains alone, several times as fast: that no entry was changed, left out, added or cut off. What the tables hold is looked at only of roots whose
    /// chain is broken, to say what is wrong with them.
    /// </summary>
    public Task<Verified> ChainsAsync(IProgress<VerifiedSoFar>? progress, CancellationToken cancel) => RunAsync(true, progress, cancel);

    async Task<Verified> RunAsync(bool chainsAlone, IProgress<VerifiedSoFar>? progress, CancellationToken cancel)
    {
        IReadOnlyList<(string Root, long? Lane)> outside;
        IReadOnlyList<Stretch> stretches;
        Dictionary<string, Head> heads;
        long all;
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            var proofs = new ProofReader(store.Composition, reader);
            (outside, stretches) = (await proofs.OutsideAsync(cancel), await proofs.StretchesAsync(EntriesAtOnce, cancel));
            heads = await Checkpoints.ReadAsync(reader, store.Composition, cancel);
            all = await reader.EntriesInAllAsync(cancel);
        }

        var found = new Found(progress, all);
        var company = new CompanyFacts();
        Func<IStretchProof> proofOf = chainsAlone ? () => new ChainsProof(heads) : () => new StretchProof(store.Composition, heads);
        var doubtful = await QuickAsync(stretches, proofOf, company, found, cancel);
        found.Mention(outside);
        // A root of which nothing is left at all is still named where its head was taken.
        var rest = doubtful.Concat(found.Mentions).Concat(heads.Keys).Where(root => !found.Said.ContainsKey(root)).Distinct(StringComparer.Ordinal).ToList();
        await Parallel.ForEachAsync(rest, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (root, token) =>
        {
            var proof = new RootProof(store.Composition, root, heads.GetValueOrDefault(root), found.Read);
            await using (var reader = await store.SnapshotAsync(token)) await proof.RunAsync(reader, company.AtAsync, token);
            found.Take(root, proof);
        });
        if (!chainsAlone)
        {
            await using var reader = await store.SnapshotAsync(cancel);
            found.Add(await new ClaimProof(store.Composition, reader).RunAsync(found.Said, cancel));
            found.Add(await ErasureProof.RunAsync(reader, store.Composition, found.Erased, cancel));
        }

        return found.All(MostFailures);
    }

    /// <returns>Roots that are to be looked at closer.</returns>
    async Task<IReadOnlyCollection<string>> QuickAsync(
        IReadOnlyList<Stretch> stretches, Func<IStretchProof> proofOf, CompanyFacts company, Found found, CancellationToken cancel)
    {
        var doubtful = new ConcurrentBag<string>();
        var idle = new ConcurrentBag<IStretchProof>();
        await Parallel.ForEachAsync(stretches, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (stretch, token) =>
        {
            if (!idle.TryTake(out var proof)) proof = proofOf();
            StretchProved? proved;
            await using (var reader = await store.SnapshotAsync(token)) proved = await proof.RunAsync(reader, stretch, company.AtAsync, token);
            idle.Add(proof);
            if (proved is null)
            {
                await using var reader = await store.SnapshotAsync(token);
                found.Mention((await new ProofReader(store.Composition, reader).NamedAsync(stretch, token)).Select(root => (root, (long?)stretch.Lane)));
                return;
            }

            found.Take(proved);
            found.Mention(proved.Strays.Select(root => (root, (long?)stretch.Lane)));
            foreach (var root in proved.Doubtful) doubtful.Add(root);
        });
        return doubtful;
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

    /// <summary>What has been found so far, by whichever thread.</summary>
    sealed class Found(IProgress<VerifiedSoFar>? progress, long all)
    {
        readonly ConcurrentBag<Difference> failures = [];
        long entries;

        /// <summary>What each root's entries say of claims; null for one whose entries cannot all be read.</summary>
        public ConcurrentDictionary<string, SaidClaims?> Said { get; } = new(StringComparer.Ordinal);
        public ConcurrentBag<(string Root, long Sequence, int Ordinal)> Erased { get; } = [];

        /// <summary>Roots that rows name, and that were not read with the others of their lane.</summary>
        public ConcurrentBag<string> Mentions { get; } = [];

        public void Mention(IEnumerable<(string Root, long? Lane)> mentions)
        {
            foreach (var (root, lane) in mentions)
            {
                Mentions.Add(root);
                if (lane is null || lane == Lane.Of(root)) continue;
                failures.Add(new Difference(root, 0, null, null, $"Rows of this root stand in lane {lane}, where nobody looks for them."));
            }
        }

        public void Take(StretchProved proved)
        {
            foreach (var (root, claims) in proved.Proved) Said[root] = claims;
            foreach (var text in proved.Erased) Erased.Add(text);
            Read(proved.Entries);
        }

        public void Take(string root, RootProof proof)
        {
            Add(proof.Failures);
            Said[root] = proof.Claims;
            foreach (var (sequence, ordinal) in proof.ErasedTexts) Erased.Add((root, sequence, ordinal));
        }

        public void Add(IEnumerable<Difference> differences)
        {
            foreach (var difference in differences) failures.Add(difference);
        }

        public void Read(long read)
        {
            var soFar = Interlocked.Add(ref entries, read);
            progress?.Report(new VerifiedSoFar(soFar, Math.Max(soFar, all)));
        }

        public Verified All(int most)
        {
            var sorted = failures.OrderBy(failure => failure.Root, StringComparer.Ordinal).ThenBy(failure => failure.Sequence).ToList();
            return new Verified(sorted.Count == 0, Said.Count, entries, Erased.Count, [.. sorted.Take(most)]);
        }
    }
}

/// <summary>The company as the roots' due dates need it.</summary>
/// <param name="BringsDatesNearer">True while roots wait to be looked at again since one of its entries has brought dates nearer.</param>
sealed record SeenCompany(Facts Facts, bool BringsDatesNearer);

/// <summary>The company's facts, read once for each number of its entries.</summary>
sealed class CompanyFacts
{
    Facts? known;

    /// <summary>Null when they cannot be read.</summary>
    public async Task<SeenCompany?> AtAsync(StoreReader reader, CancellationToken cancel)
    {
        try
        {
            if (await reader.RootAsync(Facts.Company, cancel) is not { } row) return null;
            var nearer = await reader.DatesNearerAsync(cancel) is not null;
            if (Volatile.Read(ref known) is { } facts && facts.Sequence == row.Sequence) return new SeenCompany(facts, nearer);
            facts = (await reader.LoadAsync([row], cancel))[0];
            Volatile.Write(ref known, facts);
            return new SeenCompany(facts, nearer);
        }
        catch (Exception e) when (RootProof.IsUnreadable(e))
        {
            return null;
        }
    }
}

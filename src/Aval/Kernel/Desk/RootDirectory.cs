using System.Collections.Concurrent;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>The directory of one node: cached until a move is seen on the company's chain. What does not exist is never cached.</summary>
sealed class RootDirectory(Store store) : IDirectory
{
    const int MostCached = 2_000_000;

    readonly ConcurrentDictionary<string, string> roots = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Scope, string Number), string> documents = new();

    public async Task<string?> RootOfAsync(string party, CancellationToken cancel)
    {
        if (party == Facts.Company) return party;
        if (roots.TryGetValue(party, out var root)) return root;
        await using var reader = await store.SnapshotAsync(cancel);
        return await new UncachedDirectory(reader).RootOfAsync(party, cancel) is { } found ? Remember(party, found) : null;
    }

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel)
    {
        if (documents.TryGetValue((scope, number), out var party)) return party;
        await using var reader = await store.SnapshotAsync(cancel);
        if (await new UncachedDirectory(reader).PartyOfAsync(scope, number, cancel) is not { } found) return null;
        Remember(scope, number, found);
        return found;
    }

    public async Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.UnderAsync(party, cancel);
    }

    public string Remember(string party, string root)
    {
        if (roots.Count > MostCached) roots.Clear();
        return roots[party] = root;
    }

    public void Remember(string scope, string number, string party)
    {
        if (documents.Count > MostCached) documents.Clear();
        documents[(scope, number)] = party;
    }

    /// <summary>A party has moved: what is cached of parties is looked up again. Documents stay with their parties.</summary>
    public void ForgetRoots() => roots.Clear();
}

/// <summary>The directory as one transaction sees it.</summary>
sealed class UncachedDirectory(StoreReader reader) : IDirectory
{
    public async Task<string?> RootOfAsync(string party, CancellationToken cancel) =>
        party == Facts.Company ? party : (await reader.MembersAsync([party], cancel)).GetValueOrDefault(party);

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel)
    {
        var claims = await reader.ClaimsAsync([(scope, number)], cancel);
        return claims.Count == 0 ? null : claims[0].Party;
    }

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) => reader.UnderAsync(party, cancel);
}

using System.Collections.Concurrent;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>The directory of one node: cached until a move is seen on the company's chain. What does not exist is never cached.</summary>
/// <remarks>
/// <see cref="Generation"/> rises with every move that this node learns of, before the company's facts that include the move are known here.
/// What was resolved under an older generation is resolved again before it is decided.
/// </remarks>
/// <param name="patience">For how long a lookup waits for its turn.</param>
sealed class RootDirectory(Store store, TimeSpan patience) : IDirectory, IDisposable
{
    /// <summary>Some 200 bytes each.</summary>
    const int MostParties = 1_000_000;
    const int MostDocuments = 500_000;

    /// <summary>Lookups at the same time: a cold start with many callers must not take all connections that the database has.</summary>
    readonly SemaphoreSlim lookups = new(8);
    readonly Lock gate = new();
    readonly ConcurrentDictionary<string, string> roots = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Scope, string Number), string> documents = new();
    readonly ConcurrentDictionary<(string Scope, string Number), string> expected = new();
    long generation;
    int rootsKept;
    int documentsKept;

    public long Generation => Volatile.Read(ref generation);

    public async Task<string?> RootOfAsync(string party, CancellationToken cancel)
    {
        if (party == Facts.Company) return party;
        if (roots.TryGetValue(party, out var root)) return root;
        var before = Generation;
        if (await LookUpAsync(directory => directory.RootOfAsync(party, cancel), cancel) is not { } found) return null;
        Remember(party, found, before);
        return found;
    }

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel)
    {
        if (documents.TryGetValue((scope, number), out var party) || expected.TryGetValue((scope, number), out party)) return party;
        if (await LookUpAsync(directory => directory.PartyOfAsync(scope, number, cancel), cancel) is not { } found) return null;
        Remember(scope, number, found);
        return found;
    }

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) =>
        LookUpAsync(directory => directory.UnderAsync(party, cancel), cancel);

    /// <summary>Reads the roots of many parties in one go, so that nobody asks for each of them.</summary>
    public async Task LearnAsync(IReadOnlyList<string> parties, CancellationToken cancel)
    {
        var before = Generation;
        await using var reader = await store.SnapshotAsync(cancel);
        foreach (var (party, root) in await new UncachedDirectory(reader).RootsOfAsync(parties, cancel)) Remember(party, root, before);
    }

    /// <summary>Keeps what was read when the directory had this generation, unless a move has been seen since.</summary>
    public void Remember(string party, string root, long readUnder)
    {
        lock (gate)
        {
            if (generation != readUnder) return;
            if (++rootsKept > MostParties)
            {
                roots.Clear();
                rootsKept = 1;
            }

            roots[party] = root;
        }
    }

    /// <summary>Documents stay with their parties, so a move does not touch them.</summary>
    public void Remember(string scope, string number, string party)
    {
        if (Interlocked.Increment(ref documentsKept) > MostDocuments)
        {
            documents.Clear();
            Volatile.Write(ref documentsKept, 1);
        }

        documents[(scope, number)] = party;
    }

    /// <summary>True when a waiting command is to enter this document: whether it does is known only when it has.</summary>
    public bool IsExpected(string scope, string number) => expected.ContainsKey((scope, number)) && !documents.ContainsKey((scope, number));

    /// <summary>Documents that a command which waits now will enter, unless it is refused; those that no other command waits to enter already.</summary>
    public IReadOnlyList<Claim> Expect(IReadOnlyList<Claim> claims)
    {
        var announced = new List<Claim>(claims.Count);
        foreach (var claim in claims)
            if (claim.Party.Length > 0 && expected.TryAdd((claim.Scope, claim.Number), claim.Party)) announced.Add(claim);
        return announced;
    }

    public void Unexpect(IReadOnlyList<Claim> announced)
    {
        foreach (var claim in announced) expected.TryRemove((claim.Scope, claim.Number), out _);
    }

    /// <summary>These parties have moved.</summary>
    public void Forget(IReadOnlyCollection<string> parties)
    {
        if (parties.Count == 0) return;
        lock (gate)
        {
            generation++;
            foreach (var party in parties) roots.TryRemove(party, out _);
        }
    }

    /// <summary>Any party may have moved.</summary>
    public void ForgetAll()
    {
        lock (gate)
        {
            generation++;
            roots.Clear();
        }
    }

    public void Dispose() => lookups.Dispose();

    async Task<T> LookUpAsync<T>(Func<IDirectory, Task<T>> ask, CancellationToken cancel)
    {
        // While the database hangs those before do not end, and whoever comes must not queue behind all of them.
        if (!await lookups.WaitAsync(patience, cancel)) throw new TimeoutException("The lookups before this one were not answered.");
        try
        {
            await using var reader = await store.SnapshotInTimeAsync(cancel);
            return await ask(new UncachedDirectory(reader));
        }
        finally
        {
            lookups.Release();
        }
    }
}

/// <summary>The directory as one transaction sees it.</summary>
sealed class UncachedDirectory(StoreReader reader) : IDirectory
{
    public async Task<string?> RootOfAsync(string party, CancellationToken cancel) =>
        party == Facts.Company ? party : await reader.MemberAsync(party, cancel);

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel) =>
        (await reader.ClaimAsync(scope, number, cancel))?.Party;

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) => reader.UnderAsync(party, cancel);

    /// <summary>The roots of these parties; one that does not exist is not in the answer.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RootsOfAsync(IReadOnlyList<string> parties, CancellationToken cancel)
    {
        await using var command = reader.Plain($"SELECT m.party, m.root FROM member m JOIN {reader.ClaimsSource("w")} ON m.lane = w.lane AND m.party = w.number");
        reader.AddClaims(command, [.. parties.Select(party => ("", party))]);
        var found = new Dictionary<string, string>(parties.Count, StringComparer.Ordinal);
        await using var results = await command.ExecuteReaderAsync(cancel);
        while (await results.ReadAsync(cancel)) found[results.GetString(0)] = results.GetString(1);
        return found;
    }

    /// <summary>The same with what has been enrolled since, which is not stored yet.</summary>
    public async Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, IReadOnlyDictionary<string, Enrolment> since, CancellationToken cancel)
    {
        var others = (await UnderAsync(party, cancel)).Where(under => !since.ContainsKey(under.Party));
        return [.. others.Concat(since.Values.Where(enrolment => enrolment.Above == party).Select(enrolment => (enrolment.Party, enrolment.Root)))
            .OrderBy(under => under.Party, StringComparer.Ordinal)];
    }
}

/// <summary>The directory as a batch has it that holds the company alone: what it has entered and moved itself comes before what is stored.</summary>
sealed class BatchDirectory(StoreReader reader, Recording recording) : IDirectory
{
    readonly UncachedDirectory stored = new(reader);

    public async Task<string?> RootOfAsync(string party, CancellationToken cancel) =>
        recording.Write.Enrolments.TryGetValue(party, out var enrolment) ? enrolment.Root : await stored.RootOfAsync(party, cancel);

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel) =>
        recording.PartyOf(scope, number) ?? await stored.PartyOfAsync(scope, number, cancel);

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) =>
        stored.UnderAsync(party, recording.Write.Enrolments, cancel);
}

using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>
/// What commands would come to, decided one after the other on facts that only the rehearsal changes: nothing is locked, written or journaled.
/// It sees the store as it was when it began, and keeps the facts of every root that it touches.
/// </summary>
/// <remarks>What dates and reactions bring about is left out: they refuse nothing.</remarks>
public sealed class Rehearsal : IDirectory, IAsyncDisposable
{
    readonly Composition composition;
    readonly StoreReader reader;
    readonly UncachedDirectory stored;
    readonly DateTimeOffset at;
    readonly Dictionary<string, Facts> facts = new(StringComparer.Ordinal);
    readonly Dictionary<string, Enrolment> enrolments = new(StringComparer.Ordinal);
    readonly Dictionary<(string Scope, string Number), ClaimRow?> claims = [];
    readonly Dictionary<string, string?> roots = new(StringComparer.Ordinal);

    Rehearsal(Composition composition, StoreReader reader, DateTimeOffset at)
    {
        (this.composition, this.reader, this.at) = (composition, reader, at);
        stored = new UncachedDirectory(reader);
    }

    public static async Task<Rehearsal> BeginAsync(Store store, DateTimeOffset at, CancellationToken cancel)
    {
        var rehearsal = new Rehearsal(store.Composition, await store.SnapshotAsync(cancel), at);
        await rehearsal.OpenAsync([Facts.Company], cancel);
        return rehearsal;
    }

    /// <summary>Why the command would be refused after those before it, if it would; and whether it has been done already.</summary>
    public async Task<(Problem? Problem, bool Repeated)> TryAsync(Command command, Actor actor, CancellationToken cancel)
    {
        if (command.Refuse() is { } refusal) return (refusal, false);
        var pending = new Pending(command, actor, low: false, cancel);
        if (await Desk.ResolveAsync(pending, this, cancel) is { } unknown) return (unknown, false);
        foreach (var claim in pending.Claims)
            if (await ClaimAsync(claim.Scope, claim.Number, cancel) is { } used)
                return used.ContentHash.AsSpan().SequenceEqual(claim.ContentHash)
                    ? (null, true)
                    : (KernelProblems.KeyReused.With($"{claim.Number} was used before with other content.", ReferenceEquals(claim, command.Key) ? null : "number"), false);
        await OpenAsync(pending.Roots, cancel);
        foreach (var cite in command.Cites) await BringAsync(cite, pending.Roots, cancel);
        var known = pending.Roots.Append(Facts.Company).Distinct(StringComparer.Ordinal).ToDictionary(root => root, root => facts[root], StringComparer.Ordinal);
        var @case = new Case(pending.Primary, actor, at, facts[Facts.Company].Through, known, composition);
        if (command.Decide(@case) is { } refused) return (refused, false);
        Keep(@case, pending);
        return (null, @case.Changes.Count == 0);
    }

    public async Task<string?> RootOfAsync(string party, CancellationToken cancel)
    {
        if (party == Facts.Company) return party;
        if (enrolments.TryGetValue(party, out var enrolment)) return enrolment.Root;
        if (!roots.TryGetValue(party, out var root)) roots[party] = root = await stored.RootOfAsync(party, cancel);
        return root;
    }

    public async Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel) => (await ClaimAsync(scope, number, cancel))?.Party;

    public Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel) => stored.UnderAsync(party, enrolments, cancel);

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    async Task<ClaimRow?> ClaimAsync(string scope, string number, CancellationToken cancel)
    {
        if (!claims.TryGetValue((scope, number), out var known)) claims[(scope, number)] = known = await reader.ClaimAsync(scope, number, cancel);
        return known;
    }

    async Task OpenAsync(IEnumerable<string> wanted, CancellationToken cancel)
    {
        foreach (var root in wanted)
            if (!facts.ContainsKey(root))
                facts[root] = await reader.RootAsync(root, cancel) is { } row ? (await reader.LoadAsync([row], cancel))[0] : composition.Empty(root);
    }

    async Task BringAsync(Cite cite, IReadOnlyList<string> among, CancellationToken cancel)
    {
        if (among.Any(root => facts[root].Find(cite.Row, cite.Key) is not null)) return;
        foreach (var root in among)
        {
            if (facts[root].Sequence == 0 || await reader.FindAsync(cite.Table, root, cite.Key, cancel) is not { } row) continue;
            facts[root] = facts[root].With(row);
            return;
        }
    }

    void Keep(Case @case, Pending pending)
    {
        foreach (var (root, after) in @case.After) facts[root] = after;
        if (@case.Clock is { } date) facts[Facts.Company] = facts[Facts.Company] with { Through = date };
        foreach (var enrolment in @case.Enrolments) enrolments[enrolment.Party] = enrolment;
        foreach (var claim in pending.Claims)
            claims[(claim.Scope, claim.Number)] = new ClaimRow(
                claim.Scope, claim.Number, claim.ContentHash, claim.Party.Length == 0 ? "" : @case.ClaimParty ?? claim.Party, @case.Root, 0);
        foreach (var (scope, number, party) in @case.Names) claims[(scope, number)] = new ClaimRow(scope, number, [], party, @case.Root, 0);
    }
}

using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>What was proved of a stretch.</summary>
/// <param name="Proved">Roots that are plainly whole, with what their entries say of claims; null where that was not asked.</param>
/// <param name="Doubtful">Roots that are looked at closer: not plainly whole, or too long to be held in memory.</param>
/// <param name="Strays">Roots that rows in this lane name and that have no row of their own here.</param>
sealed record StretchProved(
    IReadOnlyList<(string Root, SaidClaims? Claims)> Proved, IReadOnlyList<string> Doubtful, IReadOnlyCollection<string> Strays,
    IReadOnlyList<(string Root, long Sequence, int Ordinal)> Erased, long Entries);

/// <summary>Proves the roots of a stretch in one snapshot; one for each thread.</summary>
interface IStretchProof
{
    /// <param name="companyAsync">The company in the reader's snapshot; null when its facts cannot be read.</param>
    /// <returns>Null when something of the stretch cannot be read at all.</returns>
    Task<StretchProved?> RunAsync(
        StoreReader reader, Stretch stretch, Func<StoreReader, CancellationToken, Task<SeenCompany?>> companyAsync, CancellationToken cancel);
}

/// <summary>
/// The quick proof of many short roots at once: one statement a table, bytes against bytes. It accepts a root only where <see cref="RootProof"/> would find
/// nothing, and leaves every other one to it, so that there is one place which says what is wrong.
/// </summary>
/// <remarks>Not safe for several threads: it keeps its memory from one stretch to the next.</remarks>
sealed class StretchProof(Composition composition, IReadOnlyDictionary<string, Head> taken) : IStretchProof
{
    /// <summary>Entries of one root that are held in memory at once; of a longer one <see cref="RootProof"/> reads pieces.</summary>
    public const int MostEntries = 100_000;

    readonly StoredVersions versions = new();
    readonly StretchTexts texts = new();
    readonly StretchRoots named = new();
    readonly List<RootState> roots = [];
    readonly List<(RootState Root, ClaimRow Claim)> claims = [];
    byte[] hashed = new byte[8192];

    public async Task<StretchProved?> RunAsync(
        StoreReader reader, Stretch stretch, Func<StoreReader, CancellationToken, Task<SeenCompany?>> companyAsync, CancellationToken cancel)
    {
        versions.Clear();
        texts.Clear();
        roots.Clear();
        claims.Clear();
        try
        {
            ReadStretch(reader, stretch, cancel);
            var proofs = new ProofReader(composition, reader);
            await CheckClaimsAsync(proofs, cancel);
            await CheckMembersAsync(proofs, cancel);
            CheckRows(await companyAsync(reader, cancel));
        }
        catch (Exception e) when (RootProof.IsUnreadable(e) || e is InvalidOperationException)
        {
            return null;
        }

        var proved = roots.Where(root => !root.IsDoubtful).ToList();
        return new StretchProved(
            [.. proved.Select(root => (root.Row.Root, (SaidClaims?)new SaidClaims(root.Chain.Last, root.Claims)))],
            [.. roots.Where(root => root.IsDoubtful).Select(root => root.Row.Root)],
            [.. named.Strays], [.. texts.Erased.Where(text => !roots[text.Root].IsDoubtful).Select(text => (roots[text.Root].Row.Root, text.Sequence, text.Ordinal))],
            proved.Sum(root => root.Chain.Last));
    }

    void ReadStretch(StoreReader reader, in Stretch stretch, CancellationToken cancel)
    {
        named.Read(reader, stretch);
        for (var place = 0; place < named.Count; place++) roots.Add(new RootState(named[place], taken.GetValueOrDefault(named[place].Root)));
        foreach (var table in composition.TablesInOrder)
        {
            cancel.ThrowIfCancellationRequested();
            using var rows = reader.Raw($"root, {table.ColumnList}, from_sequence, to_sequence, live", table.Name, stretch, $"root, \"{table.KeyColumn}\", from_sequence");
            versions.Read(rows, table, FromFirst());
        }

        versions.Index();
        using (var rows = reader.Raw("root, sequence, ordinal, salt, text", "entry_text", stretch, "root, sequence, ordinal")) texts.Read(rows, FromFirst());
        using var entries = reader.Raw(BodyProof.Columns, "journal", stretch, "root, sequence");
        var (placeOf, body) = (FromFirst(), new BodyProof(composition, versions, texts));
        while (entries.Next())
            if (placeOf(entries.Text(0)) is >= 0 and var place) Take(entries, place, body);
        texts.GoToEnd(Doubt);
    }

    /// <summary>The places of roots that come one after the other; negative for those that are not looked at here.</summary>
    Func<ReadOnlySpan<byte>, int> FromFirst()
    {
        var placeOf = named.FromFirst();
        return root => placeOf(root) is >= 0 and var place && roots[place].Row.Sequence <= MostEntries ? place : -1;
    }

    void Doubt(int place) => roots[place].IsDoubtful = true;

    void Take(RawRows entry, int place, BodyProof body)
    {
        var (root, sequence) = (roots[place], entry.Whole(1));
        var beside = texts.GoTo(place, sequence, Doubt);
        if (root.IsDoubtful) return;
        try
        {
            root.IsDoubtful = beside > entry.Whole(9)
                || !root.Chain.Follow(sequence, entry.Blob(7), entry.Blob(BodyProof.BodyColumn), entry.Blob(8), ref hashed)
                || !body.Holds(entry, place, root.Row.Root);
        }
        catch (Exception e) when (RootProof.IsUnreadable(e) || e is InvalidOperationException)
        {
            root.IsDoubtful = true;
        }

        if (root.IsDoubtful) return;
        root.Date = body.Clock ?? DateOnly.FromDayNumber(entry.Day(3));
        root.Claims += body.Claims.Count;
        foreach (var claim in body.Claims) claims.Add((root, claim));
        if (body.Joined.Count > 0 || body.Parted.Count > 0) root.Members.Fold(sequence, [.. body.Parted], [.. body.Joined]);
    }

    async Task CheckClaimsAsync(ProofReader proofs, CancellationToken cancel)
    {
        if (claims.Count == 0) return;
        var stored = new Dictionary<(string, string), ClaimRow>(claims.Count);
        foreach (var claim in await proofs.ClaimsAsync([.. claims.Select(said => (said.Claim.Scope, said.Claim.Number))], cancel)) stored[(claim.Scope, claim.Number)] = claim;
        foreach (var (root, claim) in claims)
            if (!(stored.TryGetValue((claim.Scope, claim.Number), out var found) && (found.Root, found.Sequence, found.Party) == (claim.Root, claim.Sequence, claim.Party)
                && found.ContentHash.AsSpan().SequenceEqual(claim.ContentHash))) root.IsDoubtful = true;
    }

    async Task CheckMembersAsync(ProofReader proofs, CancellationToken cancel)
    {
        var stored = (await proofs.MembersAsync([.. roots.Where(root => !root.IsDoubtful).Select(root => root.Row.Root)], cancel))
            .ToLookup(member => member.Root, member => member.Row);
        foreach (var root in roots)
        {
            if (root.IsDoubtful) continue;
            root.Members.CheckEnd([.. stored[root.Row.Root]], root.Chain.Last);
            root.IsDoubtful = root.Faults.Found.Count > 0;
        }
    }

    /// <summary>Every version was told, the last of each key stands open, and the root's own row says what its entries come to.</summary>
    void CheckRows(SeenCompany? company)
    {
        var rows = new RootRowProof(composition);
        foreach (var key in versions.Keys)
        {
            var root = roots[key.Root];
            if (key.Next != key.End || (key.Stands && versions[key.End - 1].To != StoredVersions.None)) root.IsDoubtful = true;
            if (root.IsDoubtful || !key.Stands || !versions[key.End - 1].Live) continue;
            root.Facts = FactsOf(root).With(key.Row ?? versions.Row(key.Table, versions[key.End - 1]));
        }

        foreach (var root in roots)
        {
            if (root.IsDoubtful) continue;
            rows.Check(root.Faults, root.Row, root.Chain.Head, root.Chain.Last, root.Date, FactsOf(root), company);
            root.IsDoubtful = root.Faults.Found.Count > 0 || !root.Chain.IsAtEnd || company is null;
        }
    }

    Facts FactsOf(RootState root) =>
        root.Facts ?? composition.Empty(root.Row.Root) with { Sequence = root.Chain.Last, Through = root.Date ?? DateOnly.MinValue };

    /// <summary>How far one root's entries have been followed.</summary>
    sealed class RootState
    {
        public RootState(RootRow row, Head? taken)
        {
            (Row, Chain, Faults) = (row, new Chain(row, taken), new Faults(row.Root));
            Members = new MemberProof(Faults);
            IsDoubtful = row.Sequence > MostEntries;
        }

        public RootRow Row { get; }
        public Chain Chain { get; }
        public Faults Faults { get; }
        public MemberProof Members { get; }
        public DateOnly? Date { get; set; }
        public long Claims { get; set; }
        public Facts? Facts { get; set; }
        public bool IsDoubtful { get; set; }
    }
}

using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>What was proved of a stretch.</summary>
/// <param name="Proved">Roots that are plainly whole, with what their entries say of claims.</param>
/// <param name="Doubtful">Roots that are looked at closer: not plainly whole, or too long to be held in memory.</param>
/// <param name="Strays">Roots that rows in this lane name and that have no row of their own here.</param>
sealed record StretchProved(
    IReadOnlyList<(string Root, SaidClaims Claims)> Proved, IReadOnlyList<string> Doubtful, IReadOnlyCollection<string> Strays,
    IReadOnlyList<(string Root, long Sequence, int Ordinal)> Erased, long Entries);

/// <summary>
/// The quick proof of many short roots at once: one statement a table, bytes against bytes. It accepts a root only where <see cref="RootProof"/> would find
/// nothing, and leaves every other one to it, so that there is one place which says what is wrong.
/// </summary>
/// <remarks>Not safe for several threads: it keeps its memory from one stretch to the next.</remarks>
sealed class StretchProof(Composition composition, IReadOnlyDictionary<string, Head> taken)
{
    /// <summary>Entries of one root that are held in memory at once; of a longer one <see cref="RootProof"/> reads pieces.</summary>
    public const int MostEntries = 100_000;

    readonly StoredVersions versions = new();
    readonly StretchTexts texts = new();
    readonly List<RootState> roots = [];
    readonly HashSet<string> strays = new(StringComparer.Ordinal);
    readonly List<(RootState Root, ClaimRow Claim)> claims = [];
    byte[] hashed = new byte[8192];

    /// <returns>Null when something of the stretch cannot be read at all.</returns>
    public async Task<StretchProved?> RunAsync(
        StoreReader reader, Stretch stretch, Func<StoreReader, CancellationToken, Task<Facts?>> companyAsync, CancellationToken cancel)
    {
        versions.Clear();
        texts.Clear();
        roots.Clear();
        strays.Clear();
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
            [.. proved.Select(root => (root.Row.Root, new SaidClaims(root.Last, root.Claims)))], [.. roots.Where(root => root.IsDoubtful).Select(root => root.Row.Root)],
            [.. strays], [.. texts.Erased.Where(text => !roots[text.Root].IsDoubtful).Select(text => (roots[text.Root].Row.Root, text.Sequence, text.Ordinal))],
            proved.Sum(root => root.Last));
    }

    void ReadStretch(StoreReader reader, in Stretch stretch, CancellationToken cancel)
    {
        ReadRoots(reader, stretch);
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

    void ReadRoots(StoreReader reader, in Stretch stretch)
    {
        using var rows = reader.Raw(StoreReader.RootColumns, "root", stretch, "root");
        while (rows.Next())
        {
            var row = new RootRow(
                Encoding.UTF8.GetString(rows.Text(0)), rows.Whole(1), rows.Blob(2).ToArray(), DateOnly.FromDayNumber(rows.Day(3)),
                rows.IsNull(4) ? null : DateOnly.FromDayNumber(rows.Day(4)), rows.IsNull(5) ? null : Encoding.UTF8.GetString(rows.Text(5)));
            if (Lane.Of(row.Root) == stretch.Lane) roots.Add(new RootState(row, rows.Text(0).ToArray()));
            else strays.Add(row.Root);
        }
    }

    /// <summary>The places of roots that come one after the other; negative for those that are not looked at here.</summary>
    Func<ReadOnlySpan<byte>, int> FromFirst()
    {
        var at = 0;
        return root =>
        {
            var order = 1;
            while (at < roots.Count && (order = root.SequenceCompareTo(roots[at].Name)) > 0) at++;
            if (at < roots.Count && order == 0) return roots[at].Row.Sequence > MostEntries ? -1 : at;
            strays.Add(Encoding.UTF8.GetString(root));
            return -1;
        };
    }

    void Doubt(int place) => roots[place].IsDoubtful = true;

    void Take(RawRows entry, int place, BodyProof body)
    {
        var (root, sequence) = (roots[place], entry.Whole(1));
        var beside = texts.GoTo(place, sequence, Doubt);
        if (root.IsDoubtful) return;
        try
        {
            root.IsDoubtful = beside > entry.Whole(9) || !Chains(root, entry, sequence) || !body.Holds(entry, place, root.Row.Root);
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
        root.Last = sequence;
    }

    bool Chains(RootState root, RawRows entry, long sequence)
    {
        var previous = entry.Blob(7);
        var body = entry.Blob(BodyProof.BodyColumn);
        var hash = entry.Blob(8);
        if (sequence != root.Last + 1 || !previous.SequenceEqual(root.Head)) return false;
        var length = previous.Length + body.Length;
        if (hashed.Length < length) hashed = new byte[length * 2];
        previous.CopyTo(hashed);
        body.CopyTo(hashed.AsSpan(previous.Length));
        if (SHA256.HashData(hashed.AsSpan(0, length), root.Head) != hash.Length || !hash.SequenceEqual(root.Head)) return false;
        return !(taken.TryGetValue(root.Row.Root, out var head) && head.Sequence == sequence && !hash.SequenceEqual(head.Hash));
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
            root.Members.CheckEnd([.. stored[root.Row.Root]], root.Last);
            root.IsDoubtful = root.Faults.Found.Count > 0;
        }
    }

    /// <summary>Every version was told, the last of each key stands open, and the root's own row says what its entries come to.</summary>
    void CheckRows(Facts? company)
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
            var head = taken.GetValueOrDefault(root.Row.Root);
            rows.Check(root.Faults, root.Row, root.Head, root.Last, root.Date, FactsOf(root), company);
            root.IsDoubtful = root.Faults.Found.Count > 0 || head?.Sequence > root.Last || company is null || root.Last == 0;
        }
    }

    Facts FactsOf(RootState root) =>
        root.Facts ?? composition.Empty(root.Row.Root) with { Sequence = root.Last, Through = root.Date ?? DateOnly.MinValue };

    /// <summary>How far one root's entries have been followed.</summary>
    sealed class RootState
    {
        public RootState(RootRow row, byte[] name)
        {
            (Row, Name, Faults) = (row, name, new Faults(row.Root));
            Members = new MemberProof(Faults);
            IsDoubtful = row.Sequence > MostEntries;
        }

        public RootRow Row { get; }
        public byte[] Name { get; }
        public Faults Faults { get; }
        public MemberProof Members { get; }
        public byte[] Head { get; } = [.. Entry.Genesis];
        public long Last { get; set; }
        public DateOnly? Date { get; set; }
        public long Claims { get; set; }
        public Facts? Facts { get; set; }
        public bool IsDoubtful { get; set; }
    }
}

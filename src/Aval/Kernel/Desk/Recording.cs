using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>What one batch knows and has decided so far: evolving facts, root rows and all that it will write.</summary>
/// <param name="alone">True when the batch holds the company alone: only then may the company's root, or the structure, change.</param>
sealed class Recording(Composition composition, EntryFormat format, bool alone, DateTimeOffset at)
{
    readonly Dictionary<string, Facts> facts = new(StringComparer.Ordinal);
    readonly Dictionary<string, RootRow> rows = new(StringComparer.Ordinal);
    readonly Dictionary<string, RootRow> opened = new(StringComparer.Ordinal);
    readonly Dictionary<(string Scope, string Number), ClaimRow> claims = [];
    readonly Dictionary<(string Root, long Sequence), Outcome> done = [];
    readonly Dictionary<string, Waiting> waiting = new(StringComparer.Ordinal);
    readonly Dictionary<(string Root, Table Table, string Key), object> closed = [];
    readonly HashSet<string> moved = new(StringComparer.Ordinal);
    readonly HashSet<string> postponed = new(StringComparer.Ordinal);

    public BatchWrite Write { get; } = new(Guid.CreateVersion7().ToString("N"), ToMicroseconds(at));

    /// <summary>Parties that have moved in this batch.</summary>
    public IReadOnlyCollection<string> Moved => moved;
    public IReadOnlyCollection<string> Roots => rows.Keys;
    public Facts Company => facts[Facts.Company];

    public Facts this[string root]
    {
        get => facts[root];
        set => facts[root] = value;
    }

    public void Open(RootRow row, Facts known)
    {
        opened[row.Root] = rows[row.Root] = row;
        facts[row.Root] = known;
    }

    public void Used(ClaimRow claim) => claims[(claim.Scope, claim.Number)] = claim;
    public ClaimRow? ClaimOf(Claim claim) => claims.GetValueOrDefault((claim.Scope, claim.Number));
    public string? PartyOf(string scope, string number) => claims.GetValueOrDefault((scope, number))?.Party;
    public bool IsUsed(string scope, string number) => claims.ContainsKey((scope, number));
    public ClaimRow? ClaimOf(string scope, string number) => claims.GetValueOrDefault((scope, number));
    public Outcome? DoneAt(ClaimRow used) => done.GetValueOrDefault((used.Root, used.Sequence));

    public Dictionary<string, Facts> FactsOf(IReadOnlyList<string> roots)
    {
        var known = new Dictionary<string, Facts>(roots.Count + 1, StringComparer.Ordinal) { [Facts.Company] = Company };
        foreach (var root in roots) known[root] = facts[root];
        return known;
    }

    /// <summary>A document that this batch has written and the facts leave out; null when there is no such.</summary>
    public object? Closed(string root, Table table, string key) => closed.GetValueOrDefault((root, table, key));

    public IEnumerable<(Table Table, object Row)> ClosedAt(string root) =>
        closed.Where(document => document.Key.Root == root).Select(document => (document.Key.Table, document.Value));

    /// <summary>What this batch has written or taken is not in the tables yet: the facts know it better.</summary>
    public bool Touched(Table table, string root, string key) => Write.Tables.TryGetValue(table, out var written) && written.Touched(root, key);

    /// <summary>Turns a case into entries (one for each root it changed), rows and claims, and makes its facts those of the batch. Nothing of it when it throws.</summary>
    public Outcome Record(string command, Case @case, Facts before, IReadOnlyList<Claim> claimed)
    {
        var places = PlacesOf(@case);
        if (!alone && (places.Exists(place => place.Root == Facts.Company) || @case.Moved.Count > 0))
            throw new InvalidOperationException($"{command} changes the company's root or the structure without saying so (ChangesStructure)");

        var used = ClaimsOf(claimed, @case, places[^1].Sequence);
        var written = new (byte[] Body, IReadOnlyList<EntryText> Texts)[places.Count];
        var personal = false;
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = format.Write(places[i].Root, places[i].Sequence, command, @case, places, used, personal);
            personal |= written[i].Texts.Count > 0;
        }

        for (var i = 0; i < written.Length; i++) Append(command, @case, places[i], written[i].Body, written[i].Texts);
        Keep(@case);
        var after = @case.After[@case.Root] with { Sequence = places[^1].Sequence };
        var outcome = new Outcome(@case.Root, after.Sequence, RowsOf(@case, places), @case.Result, false, before, after, Company);
        foreach (var claim in used) Used(claim);
        Write.Claims.AddRange(used);
        if (claimed.Count > 0) done[(outcome.Root, outcome.Sequence)] = outcome;
        return outcome;
    }

    /// <summary>What reactions still have to look at here.</summary>
    public Waiting WaitingAt(string root) =>
        waiting.TryGetValue(root, out var known) ? known : waiting[root] = Waiting.Read(rows[root].Waiting);

    /// <summary>Leaves one key to a later run, once.</summary>
    public void Leave(string root, string rule, string key) => WaitingAt(root).Add(rule, key);

    /// <summary>Leaves one key that could not be looked at: not at once again, but when the root is looked at next.</summary>
    public void Postpone(string root, string rule, string key)
    {
        Leave(root, rule, key);
        postponed.Add(root);
    }

    /// <summary>Root rows as they stand at the end; and the roots where more is to be done at once.</summary>
    public List<string> Finish()
    {
        var unfinished = new List<string>();
        foreach (var (root, row) in rows)
        {
            var waits = waiting.TryGetValue(root, out var left) ? left.Written() : row.Waiting;
            var known = facts[root];
            var due = root == Facts.Company ? null : waits is null ? composition.NextDue(known, Company) : known.Through;
            // A due date that has passed without anything to record moves on too, or the root would be due for ever; and one that a policy brought nearer is told.
            if (row.Sequence == opened[root].Sequence && waits == row.Waiting && !(row.NextDue <= known.Through) && (due is null || row.NextDue <= due)) continue;
            Write.Roots[root] = (row with { NextDue = due, Waiting = waits }, opened[root].Sequence == 0);
            if (waits is not null && waits != opened[root].Waiting && !postponed.Contains(root)) unfinished.Add(root);
        }

        return unfinished;
    }

    /// <summary>The facts as every node has them after the commit.</summary>
    public IEnumerable<Facts> Known() => facts.Values.Where(known => known.Sequence > 0);

    /// <summary>The roots that get an entry, with its number: the case's own last, the others sorted before it.</summary>
    List<(string Root, long Sequence)> PlacesOf(Case @case)
    {
        var others = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var change in @case.Changes)
            if (change.Root != @case.Root) others.Add(change.Root);
        foreach (var enrolment in @case.Enrolments)
        {
            if (enrolment.Root != @case.Root) others.Add(enrolment.Root);
            if (enrolment.From is { } from && from != @case.Root) others.Add(from);
        }

        if ((@case.Clock is not null || @case.Moved.Count > 0) && @case.Root != Facts.Company) others.Add(Facts.Company);
        var places = new List<(string, long)>(others.Count + 1);
        foreach (var root in others) places.Add((root, rows[root].Sequence + 1));
        places.Add((@case.Root, rows[@case.Root].Sequence + 1));
        return places;
    }

    void Append(string command, Case @case, (string Root, long Sequence) place, byte[] body, IReadOnlyList<EntryText> texts)
    {
        var row = rows[place.Root];
        var hash = Entry.HashOf(row.HeadHash, body);
        Write.Entries.Add(new Entry(
            place.Root, place.Sequence, Write.At, @case.Today, @case.Actor.ToString(), command, body, row.HeadHash, hash, texts.Count) { Texts = texts });
        // Between this date and the one that the facts have reached nothing was due: whoever starts from here finds the same.
        var date = place.Root == Facts.Company && @case.Clock is { } clock ? clock : @case.Today;
        rows[place.Root] = row with { Sequence = place.Sequence, HeadHash = hash, BusinessDate = date };
        facts[place.Root] = @case.Live(place.Root) with { Sequence = place.Sequence };
    }

    void Keep(Case @case)
    {
        if (@case.Clock is { } date) facts[Facts.Company] = Company with { Through = date };
        if (@case.BringsDatesNearer) Write.DatesNearer = rows[Facts.Company].Sequence;
        foreach (var change in @case.Changes)
        {
            var sequence = rows[change.Root].Sequence;
            var key = change.Table.KeyOf(change.Row);
            if (change.Kind == ChangeKind.Leaves) Write.Of(change.Table).Take(change.Root, key, sequence);
            else Write.Of(change.Table).Put(change, key, sequence);
            if (change.Kind != ChangeKind.Leaves && facts[change.Root].Find(change.Table.RowType, key) is null) closed[(change.Root, change.Table, key)] = change.Row;
            else closed.Remove((change.Root, change.Table, key));
        }

        foreach (var enrolment in @case.Enrolments) Write.Enrolments[enrolment.Party] = enrolment;
        if (@case.Moved.Count == 0) return;
        moved.UnionWith(@case.Moved);
        // Documents have changed roots, and what waits goes with them: a key that is not there is looked at in vain.
        var left = @case.Roots.SelectMany(WaitingAt).ToList();
        foreach (var root in @case.Roots)
            foreach (var (rule, key) in left) Leave(root, rule, key);
    }

    static List<object> RowsOf(Case @case, List<(string Root, long Sequence)> places)
    {
        var written = new List<object>(@case.Changes.Count);
        foreach (var (root, _) in places)
            foreach (var change in @case.Changes)
                if (change.Root == root && change.Kind != ChangeKind.Leaves) written.Add(change.Row);
        return written;
    }

    static List<ClaimRow> ClaimsOf(IReadOnlyList<Claim> claimed, Case @case, long sequence)
    {
        var used = new List<ClaimRow>(claimed.Count + @case.Names.Count);
        foreach (var claim in claimed)
        {
            // An idempotency key belongs to nobody.
            var party = claim.Party.Length == 0 ? "" : @case.ClaimParty ?? claim.Party;
            used.Add(new ClaimRow(claim.Scope, claim.Number, claim.ContentHash, party, @case.Root, sequence));
        }

        foreach (var (scope, number, party) in @case.Names) used.Add(new ClaimRow(scope, number, [], party, @case.Root, sequence));
        return used;
    }

    static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

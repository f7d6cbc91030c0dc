using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>One transaction of the Desk: locks, facts, decisions one after the other on evolving facts, and one write.</summary>
sealed class BatchRun(Composition composition, Store store, RootDirectory directory, FactsCache cache, EntryFormat format, DateTimeOffset at, ILogger log)
{
    /// <summary>Reactions that run in the commit that woke them; the rest follows as commands of their own.</summary>
    const int MostReactions = 32;

    readonly BatchWrite write = new(Guid.CreateVersion7().ToString("N"), ToMicroseconds(at));
    readonly Dictionary<string, Facts> facts = new(StringComparer.Ordinal);
    readonly Dictionary<string, RootRow> rows = new(StringComparer.Ordinal);
    readonly Dictionary<(string Scope, string Number), ClaimRow> claims = [];
    readonly Dictionary<(string Root, long Sequence), Outcome> done = [];
    readonly List<(string Root, Type Type, string Key, Table Table)> touched = [];
    readonly List<(Pending Pending, Answer Answer)> answers = [];

    public string Id => write.Id;
    public bool CommitSent { get; private set; }
    public IReadOnlyList<string> LockedRoots => [.. rows.Keys];

    /// <summary>Commands to be resolved and queued again: another node held their root, or a party has moved.</summary>
    public List<Pending> Again { get; } = [];
    public List<(Command Command, Actor Actor)> FollowUps { get; } = [];

    public async Task ExecuteAsync(List<Pending> batch, bool alone)
    {
        await using (var session = await store.BeginAsync(alone, CancellationToken.None))
        {
            var (company, moved) = await cache.AtAsync(session.Company, session.Reader, CancellationToken.None);
            if (moved) directory.ForgetRoots();
            facts[Facts.Company] = company;
            rows[Facts.Company] = session.Company;
            var ready = await LockAsync(session, batch, alone, moved);
            foreach (var pending in ready) await RunAsync(session, pending);
            FinishRoots();
            if (!write.IsEmpty)
            {
                CommitSent = true;
                await session.CommitAsync(write, CancellationToken.None);
            }
        }

        Publish();
    }

    /// <summary>Makes the committed facts known on this node and answers everybody.</summary>
    public void Publish()
    {
        foreach (var enrolment in write.Enrolments.Values)
            if (enrolment.Moved) directory.ForgetRoots();
        foreach (var enrolment in write.Enrolments.Values) directory.Remember(enrolment.Party, enrolment.Root);
        foreach (var claim in write.Claims) directory.Remember(claim.Scope, claim.Number, claim.Party);
        foreach (var (root, type, key, table) in touched)
            if (facts[root].Find(type, key) is { } row && !table.IsLive(row)) facts[root] = facts[root].Without(row);
        foreach (var known in facts.Values)
            if (known.Sequence > 0) cache.Keep(known);
        foreach (var (pending, answer) in answers) pending.Answered.TrySetResult(answer);
    }

    /// <summary>Answers everybody whose outcome was to be committed with a refusal: nobody can tell whether it was.</summary>
    public void Abandon(Problem problem)
    {
        foreach (var (pending, answer) in answers) pending.Answered.TrySetResult(answer.Problem is null ? problem : answer);
    }

    public void ForgetFacts()
    {
        foreach (var root in rows.Keys) cache.Forget(root);
    }

    async Task<List<Pending>> LockAsync(WriteSession session, List<Pending> batch, bool alone, bool moved)
    {
        var ready = batch;
        if (alone || moved)
        {
            ready = [];
            var directoryHere = new UncachedDirectory(session.Reader);
            foreach (var pending in batch)
            {
                if (!alone) Again.Add(pending);
                else if (await Desk.ResolveAsync(pending, directoryHere) is not { } unknown) ready.Add(pending);
                else if (EntersBefore(ready, pending)) Again.Add(pending);
                else answers.Add((pending, unknown));
            }
        }

        var roots = ready.SelectMany(pending => pending.Roots).Where(root => root != Facts.Company).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var wanted = ready.SelectMany(pending => pending.Command.AllClaims).Select(claim => (claim.Scope, claim.Number)).Distinct().ToList();
        var locked = await session.LockAsync(roots, wanted, skipLocked: !alone, CancellationToken.None);
        foreach (var claim in locked.Claims) claims[(claim.Scope, claim.Number)] = claim;
        if (locked.Skipped.Count > 0)
        {
            Again.AddRange(ready.Where(pending => pending.Roots.Any(locked.Skipped.Contains)));
            ready = [.. ready.Where(pending => !pending.Roots.Any(locked.Skipped.Contains))];
        }

        foreach (var root in roots)
        {
            if (locked.Skipped.Contains(root)) continue;
            rows[root] = locked.Rows.TryGetValue(root, out var row) ? row : RootRow.New(root, facts[Facts.Company].Through);
            (facts[root], _) = await cache.AtAsync(rows[root], session.Reader, CancellationToken.None);
        }

        return ready;
    }

    /// <summary>A party that an earlier command of this very batch enters is not unknown: the later command goes round again.</summary>
    static bool EntersBefore(List<Pending> ready, Pending pending) =>
        ready.Exists(earlier => earlier.Command.Subject is { Scope: null, Unknown: null } entered && entered.Number == pending.Command.Subject.Number);

    async Task RunAsync(WriteSession session, Pending pending)
    {
        try
        {
            if (await RepeatedAsync(session, pending) is { } repeated)
            {
                answers.Add((pending, repeated));
                return;
            }

            foreach (var root in pending.Roots) Advance(root);
            await BringAsync(session, pending);
            var @case = new Case(pending.Primary, pending.Actor, write.At, facts[Facts.Company].Through, FactsOf(pending.Roots), composition)
            {
                Closed = await ClosedAsync(session, pending),
            };
            if (pending.Command.Decide(@case) is { } refusal)
            {
                answers.Add((pending, refusal));
                return;
            }

            var before = FactsOf(pending.Roots);
            if (@case.IsEmpty && !pending.Command.AlwaysLeavesEntry)
            {
                var seen = before[pending.Primary];
                answers.Add((pending, new Outcome(pending.Primary, seen.Sequence, [], null, false, seen, seen, facts[Facts.Company])));
                return;
            }

            answers.Add((pending, Record(pending.Command.Name, @case, before[pending.Primary], pending.Command.AllClaims)));
            foreach (var root in pending.Roots.Where(root => root != Facts.Company)) React(root, before[root], @case);
        }
        catch (Exception e) when (e is not (System.Data.Common.DbException or IOException or TimeoutException))
        {
            log.LogError(e, "{Command} failed in its decision", pending.Command.Name);
            answers.Add((pending, KernelProblems.Internal.With($"The decision of {pending.Command.Name} failed; nothing was changed by it.")));
        }
    }

    async Task<Answer?> RepeatedAsync(WriteSession session, Pending pending)
    {
        foreach (var claim in pending.Command.AllClaims)
        {
            if (!claims.TryGetValue((claim.Scope, claim.Number), out var used)) continue;
            if (!used.ContentHash.AsSpan().SequenceEqual(claim.ContentHash))
                return KernelProblems.KeyReused.With($"{claim.Number} was used before with other content.", "number");
            if (done.TryGetValue((used.Root, used.Sequence), out var here)) return here with { Repeated = true };
            var entry = await session.Reader.EntryAsync(used.Root, used.Sequence, CancellationToken.None)
                ?? throw new InvalidOperationException($"the journal lacks entry {used.Sequence} of {used.Root}");
            var content = format.Read(entry.Body);
            return new Outcome(used.Root, used.Sequence, [.. content.Rows.Select(row => row.Row)], content.Result, true, null, null, facts[Facts.Company]);
        }

        return null;
    }

    void Advance(string root)
    {
        if (root == Facts.Company) return;
        var company = facts[Facts.Company];
        facts[root] = DueRun.Advance(composition, facts[root], company, company.Through, write.At, (_, work) =>
        {
            Record("runDue", work, facts[root], []);
            return facts[root];
        });
    }

    async Task BringAsync(WriteSession session, Pending pending)
    {
        foreach (var cite in pending.Command.Cites)
        {
            if (pending.Roots.Any(root => facts[root].Find(cite.Row, cite.Key) is not null)) continue;
            foreach (var root in pending.Roots)
            {
                if (await session.Reader.FindAsync(cite.Table, root, cite.Key, CancellationToken.None) is not { } row) continue;
                facts[root] = facts[root].With(row);
                touched.Add((root, cite.Row, cite.Key, cite.Table));
                break;
            }
        }
    }

    async Task<IReadOnlyDictionary<string, IReadOnlyList<(Table, object)>>> ClosedAsync(WriteSession session, Pending pending)
    {
        var closed = new Dictionary<string, IReadOnlyList<(Table, object)>>(StringComparer.Ordinal);
        if (!pending.Command.MovesRows) return closed;
        foreach (var root in pending.Roots)
        {
            var found = new List<(Table, object)>();
            foreach (var table in composition.TablesInOrder)
                foreach (var stored in await session.Reader.CurrentAsync(table, root, CancellationToken.None))
                    if (facts[root].Find(table.RowType, table.KeyOf(stored)) is null && !Wrote(table, root, table.KeyOf(stored)))
                        found.Add((table, stored));
            closed[root] = found;
        }

        return closed;
    }

    /// <summary>What this batch has written or taken is not in the tables yet: the facts know it better.</summary>
    bool Wrote(Table table, string root, string key) =>
        write.Tables.TryGetValue(table, out var rows)
        && (rows.Begins.Exists(version => version.Root == root && table.KeyOf(version.Row) == key) || rows.Ends.Exists(end => end.Root == root && end.Key == key));

    /// <summary>Turns a case into entries (one for each root it changed), rows and claims, and makes its facts those of the batch.</summary>
    Outcome Record(string command, Case @case, Facts before, IReadOnlyList<Claim> claimed)
    {
        var changed = @case.Changes.Select(change => change.Root).Append(@case.Root).Distinct(StringComparer.Ordinal).ToList();
        if ((@case.Clock is not null || @case.Enrolments.Any(enrolment => enrolment.Moved)) && !changed.Contains(Facts.Company)) changed.Add(Facts.Company);
        foreach (var root in changed)
        {
            var row = rows[root];
            var sequence = row.Sequence + 1;
            var body = format.Write(root, sequence, command, @case);
            var hash = Entry.HashOf(row.HeadHash, body);
            write.Entries.Add(new Entry(root, sequence, write.At, @case.Today, @case.Actor.ToString(), command, body, row.HeadHash, hash));
            rows[root] = row with { Sequence = sequence, HeadHash = hash };
            facts[root] = @case.After[root] with { Sequence = sequence };
        }

        if (@case.Clock is { } date) facts[Facts.Company] = facts[Facts.Company] with { Through = date };
        foreach (var change in @case.Changes)
        {
            var sequence = rows[change.Root].Sequence;
            if (change.Kind == ChangeKind.Leaves) write.Of(change.Table).Take(change.Root, change.Row, sequence);
            else write.Of(change.Table).Put(change.Root, change.Row, sequence, change.Kind == ChangeKind.Replaces);
            touched.Add((change.Root, change.Row.GetType(), change.Table.KeyOf(change.Row), change.Table));
        }

        foreach (var enrolment in @case.Enrolments) write.Enrolments[enrolment.Party] = enrolment;
        var place = rows[@case.Root].Sequence;
        foreach (var claim in claimed)
        {
            var row = new ClaimRow(claim.Scope, claim.Number, claim.ContentHash, @case.ClaimParty ?? claim.Party, @case.Root, place);
            claims[(claim.Scope, claim.Number)] = row;
            write.Claims.Add(row);
        }

        foreach (var (scope, number, party) in @case.Names) write.Claims.Add(new ClaimRow(scope, number, [], party, @case.Root, place));

        var outcome = new Outcome(
            @case.Root, place, [.. @case.Changes.Where(change => change.Kind != ChangeKind.Leaves).Select(change => change.Row)], @case.Result, false, before,
            facts[@case.Root], facts[Facts.Company]);
        if (claimed.Count > 0) done[(@case.Root, place)] = outcome;
        return outcome;
    }

    /// <summary>What follows from a root's changed facts: some of it now, the rest as follow-up commands.</summary>
    void React(string root, Facts before, Case @case)
    {
        var changed = @case.Changes.Where(change => change.Root == root && change.Kind != ChangeKind.Leaves).Select(change => change.Row).ToList();
        if (changed.Count == 0) return;
        foreach (var reaction in composition.Reactions)
        {
            var wakes = reaction.Wakes(before, facts[root], facts[Facts.Company], changed);
            foreach (var key in wakes.Take(MostReactions)) RunReaction(reaction, root, key);
            foreach (var rest in wakes.Skip(MostReactions).Chunk(MostReactions))
                FollowUps.Add((new FollowUp(reaction, root, rest), Actor.Rule(reaction.Rule)));
        }
    }

    void RunReaction(IReaction reaction, string root, string key)
    {
        var work = new Case(root, Actor.Rule(reaction.Rule), write.At, facts[Facts.Company].Through, FactsOf([root]), composition);
        reaction.Run(work, key);
        if (work.Changes.Count > 0) Record(reaction.Rule, work, facts[root], []);
    }

    Dictionary<string, Facts> FactsOf(IReadOnlyList<string> roots)
    {
        var known = new Dictionary<string, Facts>(roots.Count + 1, StringComparer.Ordinal) { [Facts.Company] = facts[Facts.Company] };
        foreach (var root in roots) known[root] = facts[root];
        return known;
    }

    void FinishRoots()
    {
        foreach (var (root, row) in rows)
        {
            var known = facts[root];
            var first = write.Entries.Find(entry => entry.Root == root);
            // A due date that has passed without anything to record moves on too, or the root would be due for ever.
            if (first is null && !(row.NextDue <= known.Through)) continue;
            var finished = row with { BusinessDate = known.Through, NextDue = root == Facts.Company ? null : composition.NextDue(known, facts[Facts.Company]) };
            rows[root] = finished;
            write.Roots[root] = (finished, first is { Sequence: 1 });
        }
    }

    static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

/// <summary>The reactions that did not fit into the commit that woke them.</summary>
sealed record FollowUp(IReaction Reaction, string Root, IReadOnlyList<string> Keys) : Command
{
    public override string Name => Reaction.Rule;
    public override Subject Subject => Subject.NewParty(Root);

    public override Problem? Decide(Case @case)
    {
        foreach (var key in Keys) Reaction.Run(@case, key);
        return null;
    }
}

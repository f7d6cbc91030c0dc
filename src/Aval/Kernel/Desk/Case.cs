using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>What one decision sees and what it records. Facts evolve as rows are put, so a later step of the decision sees the earlier ones.</summary>
public sealed class Case(string root, Actor actor, DateTimeOffset now, DateOnly today, IReadOnlyDictionary<string, Facts> facts, Composition composition)
{
    readonly Dictionary<string, Facts> facts = new(facts, StringComparer.Ordinal);
    readonly List<Change> changes = [];
    readonly List<Enrolment> enrolments = [];
    readonly List<(string Scope, string Number, string Party)> names = [];
    int gathered = -1;

    /// <summary>The root whose journal keeps the entry.</summary>
    public string Root { get; } = root;
    public Actor Actor { get; } = actor;

    /// <summary>The instant of the batch, UTC.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The business date that holds for this decision.</summary>
    public DateOnly Today { get; } = today;

    /// <summary>The locked roots, the company's not among them; sorted.</summary>
    public IReadOnlyList<string> Roots => [.. facts.Keys.Where(root => root != Facts.Company).Order(StringComparer.Ordinal)];

    public Facts Facts => facts[Root];
    public Facts Company => facts[Facts.Company];
    public Facts Of(string other) => facts[other];

    /// <summary>Current rows by root that the facts leave out, closed documents: only for a command that <see cref="Command.MovesRows"/> or
    /// <see cref="Command.LooksAtClosed"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(Table Table, object Row)>> Closed { get; init; } =
        new Dictionary<string, IReadOnlyList<(Table, object)>>();

    /// <summary>The party that the claimed numbers belong to, where the decision knows better than the command: the debtor of an invoice.</summary>
    public string? ClaimParty { get; set; }

    /// <summary>What was said as the reason; the journal keeps it.</summary>
    public string? Reason { get; set; }

    /// <summary>The new business date: set by the one command that moves it, on the company's root.</summary>
    public DateOnly? Clock { get; set; }

    /// <summary>True when what falls due may do so sooner than the roots expect, by a change of the company's facts: every root is then looked at again.</summary>
    public bool BringsDatesNearer { get; set; }

    /// <summary>JSON for the answer that the rows do not give. It stands in the journal for good: no names of people, no free text.</summary>
    public byte[]? Result { get; set; }

    public IReadOnlyList<Change> Changes => changes;
    public IReadOnlyList<Enrolment> Enrolments => enrolments;
    public IReadOnlyList<(string Scope, string Number, string Party)> Names => names;

    /// <summary>True when the decision recorded nothing.</summary>
    public bool IsEmpty => changes.Count == 0 && enrolments.Count == 0 && Clock is null && Result is null;

    /// <summary>The number that the next journal entry of this root will have.</summary>
    public long NextSequence => Facts.Sequence + 1;

    /// <summary>Where that entry stands, as text: root and number. No other has it, so what is keyed by it keeps its key at whatever root it comes to.</summary>
    /// <remarks>Of several commands in one entry each has a place of its own.</remarks>
    public string Place => Nth == 0 ? FormattableString.Invariant($"{Root}:{NextSequence}") : FormattableString.Invariant($"{Root}:{NextSequence}.{Nth}");

    /// <summary>Which of the commands that leave this entry together is being decided, from 0.</summary>
    public int Nth { get; private set; }

    public void Put<TRow>(Table<TRow> table, TRow row) where TRow : class => Put(table, row, Root);

    public void Put(Table table, object row, string root)
    {
        changes.Add(new Change(table, row, root, facts[root].Find(row.GetType(), table.KeyOf(row)) is null ? ChangeKind.Enters : ChangeKind.Replaces));
        if (!Gathers) facts[root] = facts[root].With(row);
    }

    /// <summary>The table that holds rows of this type.</summary>
    public Table TableOf(object row) => composition.TableOf(row.GetType());

    /// <summary>Takes the row out of this root: it goes on in another one.</summary>
    public void Take(Table table, object row, string root)
    {
        changes.Add(new Change(table, row, root, ChangeKind.Leaves));
        facts[root] = facts[root].Without(row);
    }

    /// <summary>Makes a document's own number known in the directory, one that the decision itself has made.</summary>
    public void Name(string scope, string number, string party) => names.Add((scope, number, party));

    /// <summary>Begins the next of several commands that leave one entry: what the ones before have recorded is known to it.</summary>
    /// <returns>Where the case stands before it.</returns>
    internal CaseMark Next(int nth)
    {
        Nth = nth;
        (ClaimParty, Reason, Clock, Result, BringsDatesNearer) = (null, null, null, null, false);
        return new CaseMark(changes.Count, enrolments.Count, names.Count, facts[Root], facts[Facts.Company]);
    }

    /// <summary>Takes back what was recorded since: that command was refused.</summary>
    internal void Return(in CaseMark mark)
    {
        changes.RemoveRange(mark.Changes, changes.Count - mark.Changes);
        enrolments.RemoveRange(mark.Enrolments, enrolments.Count - mark.Enrolments);
        names.RemoveRange(mark.Names, names.Count - mark.Names);
        (facts[Root], facts[Facts.Company]) = (mark.Own, mark.Company);
    }

    /// <summary>True when nothing was recorded since.</summary>
    internal bool IsEmptySince(in CaseMark mark) =>
        changes.Count == mark.Changes && enrolments.Count == mark.Enrolments && Clock is null && Result is null;

    /// <summary>While true, what is put waits to be known: for commands that <see cref="Command.StandsAlone"/>. The facts grow by all of it when it ends.</summary>
    internal bool Gathers
    {
        get => gathered >= 0;
        set
        {
            if (value == Gathers) return;
            if (!value && gathered < changes.Count) facts[Root] = facts[Root].WithNew([.. changes.Skip(gathered).Select(change => change.Row)]);
            gathered = value ? changes.Count : -1;
        }
    }

    /// <summary>Records which root a party belongs to from now on, and what it hangs under.</summary>
    /// <param name="from">The root that it has left for this one; null when it stays, or is new.</param>
    public void Enrol(string party, string root, string? above, string? from = null) => enrolments.Add(new Enrolment(party, root, above, from));

    /// <summary>Parties that were looked for at another root before this: every node looks for them again.</summary>
    internal IReadOnlyList<string> Moved => enrolments.Count == 0
        ? []
        : [.. enrolments.Where(enrolment => enrolment.From is not null || enrolment.Root != Root).Select(enrolment => enrolment.Party).Distinct(StringComparer.Ordinal)];

    /// <summary>Closed documents that were brought into the facts for this decision.</summary>
    internal IReadOnlyList<(string Root, Table Table, string Key)> Brought { get; init; } = [];

    /// <summary>All facts as they stand after what was recorded, closed documents among them.</summary>
    internal IReadOnlyDictionary<string, Facts> After => facts;

    /// <summary>The facts of a root for whoever comes next: without the documents that are closed now.</summary>
    internal Facts Live(string root)
    {
        var known = facts[root];
        foreach (var change in changes)
            if (change.Root == root && change.Kind != ChangeKind.Leaves && !change.Table.IsLive(change.Row))
                known = WithoutClosed(known, change.Table, change.Table.KeyOf(change.Row));
        foreach (var (at, table, key) in Brought)
            if (at == root) known = WithoutClosed(known, table, key);
        return known;
    }

    static Facts WithoutClosed(Facts known, Table table, string key) =>
        known.Find(table.RowType, key) is { } row && !table.IsLive(row) ? known.Without(row) : known;
}

/// <summary>How much a case had recorded, and what it knew, before one of several commands.</summary>
readonly record struct CaseMark(int Changes, int Enrolments, int Names, Facts Own, Facts Company);

public enum ChangeKind { Enters, Replaces, Leaves }

public sealed record Change(Table Table, object Row, string Root, ChangeKind Kind)
{
    object?[]? values;

    /// <summary>The row's values by column: journal and table are written from the same, since it is the JSON in them that costs.</summary>
    public object?[] Values => values ??= Table.ValuesOf(Row);
}

/// <param name="From">The root that the party has left for this one; null when it stays, or is new.</param>
public sealed record Enrolment(string Party, string Root, string? Above, string? From);

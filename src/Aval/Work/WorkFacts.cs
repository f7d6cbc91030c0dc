using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Work.Rules;

namespace Aval.Work;

/// <summary>What is to be done at one root.</summary>
public sealed record WorkFacts : IFactsSlice
{
    public static readonly WorkFacts Empty = new();

    ImmutableDictionary<string, WorkItem> Items { get; init; } = ImmutableDictionary.Create<string, WorkItem>(StringComparer.Ordinal);
    ImmutableDictionary<string, ImmutableHashSet<string>> ByBlock { get; init; } = ImmutableDictionary.Create<string, ImmutableHashSet<string>>(StringComparer.Ordinal);

    ImmutableDictionary<(WorkKind, string, string), ImmutableHashSet<string>> BySubject { get; init; } =
        ImmutableDictionary<(WorkKind, string, string), ImmutableHashSet<string>>.Empty;

    /// <summary>What has a day by which it is to be done, but for what is decided on a block: that one has a clock of its own.</summary>
    public ImmutableSortedSet<(DateOnly DueOn, string Id)> Due { get; private init; } = [];

    /// <summary>What is open because of a block, by id.</summary>
    public IEnumerable<WorkItem> OfBlock(string block) => ByBlock.TryGetValue(block, out var ids) ? ids.Order(StringComparer.Ordinal).Select(id => Items[id]) : [];

    /// <summary>What is open about one subject, by id: the same line of the list.</summary>
    public IEnumerable<WorkItem> About((WorkKind, string, string) subject) =>
        BySubject.TryGetValue(subject, out var ids) ? ids.Order(StringComparer.Ordinal).Select(id => Items[id]) : [];

    public int Count => Items.Count;

    public IFactsSlice With(object row) => row is WorkItem item ? Removed(item.Id).Added(item) : this;

    public IFactsSlice Without(object row) => row is WorkItem item ? Removed(item.Id) : this;

    public object? Find(Type row, string key) => row == typeof(WorkItem) ? Items.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) => Items.Values.Where(item => item.Customer == party);

    WorkFacts Added(WorkItem item)
    {
        var known = this with { Items = Items.Add(item.Id, item) };
        if (item.Status != WorkStatus.Open) return known;
        return known with
        {
            BySubject = BySubject.SetItem(item.About, (BySubject.GetValueOrDefault(item.About) ?? []).Add(item.Id)),
            ByBlock = item.Block is { } block ? ByBlock.SetItem(block, (ByBlock.GetValueOrDefault(block) ?? []).Add(item.Id)) : ByBlock,
            Due = Clock(item) is { } due ? Due.Add(due) : Due,
        };
    }

    WorkFacts Removed(string id)
    {
        if (!Items.TryGetValue(id, out var item)) return this;
        return this with
        {
            Items = Items.Remove(id), BySubject = Less(BySubject, item.About, id), ByBlock = item.Block is { } block ? Less(ByBlock, block, id) : ByBlock,
            Due = Clock(item) is { } due ? Due.Remove(due) : Due,
        };
    }

    static (DateOnly, string)? Clock(WorkItem item) => item is { IsOfBlock: false, DueOn: { } due } ? (due, item.Id) : null;

    static ImmutableDictionary<TKey, ImmutableHashSet<string>> Less<TKey>(ImmutableDictionary<TKey, ImmutableHashSet<string>> known, TKey key, string id) where TKey : notnull =>
        !known.TryGetValue(key, out var ids) ? known : ids.Remove(id) is { IsEmpty: false } left ? known.SetItem(key, left) : known.Remove(key);

    public static readonly Table<WorkItem> Table = new(
        "work_item",
        [
            ("id", ColumnKind.Text, item => item.Id),
            ("kind", ColumnKind.Text, item => Words.Of(item.Kind)),
            ("code", ColumnKind.Text, item => item.Code),
            ("subject", ColumnKind.Text, item => item.Subject),
            ("owner", ColumnKind.Text, item => item.Owner),
            ("customer", ColumnKind.Text, item => item.Customer),
            ("block", ColumnKind.Text, item => item.Block),
            ("order", ColumnKind.Text, item => item.Order),
            ("amount", ColumnKind.Whole, item => item.Amount),
            ("currency", ColumnKind.Text, item => item.Currency.Code),
            ("opened_at", ColumnKind.Instant, item => item.OpenedAt),
            ("opened_on", ColumnKind.Date, item => item.OpenedOn),
            ("status", ColumnKind.Text, item => Words.Of(item.Status)),
            ("hours", ColumnKind.Whole, item => (long)item.Hours),
            ("due_at", ColumnKind.Instant, item => item.DueAt),
            ("due_on", ColumnKind.Date, item => item.DueOn),
            ("escalated_to", ColumnKind.Text, item => item.EscalatedTo),
            ("person", ColumnKind.Text, item => item.Person),
            ("snoozed_until", ColumnKind.Date, item => item.SnoozedUntil),
            ("note", ColumnKind.Text, item => item.Note),
            ("asked_by", ColumnKind.Text, item => item.AskedBy),
            ("question", ColumnKind.Text, item => item.Question),
            ("answer", ColumnKind.Text, item => item.Answer),
            ("ended_at", ColumnKind.Instant, item => item.EndedAt),
            ("ended_by", ColumnKind.Text, item => item.EndedBy),
            ("changed", ColumnKind.Whole, item => item.Changed),
            ("hands", ColumnKind.Text, item => item.Hands),
        ],
        item => item.Customer,
        v => new WorkItem(
            v.Text(), v.Word<WorkKind>(), v.Text(), v.Text(), v.Text(), v.Text(), v.TextOrNull(), v.TextOrNull(), v.Whole(), v.Currency(), v.Instant(), v.Date(),
            v.Word<WorkStatus>())
        {
            Hours = (int)v.Whole(), DueAt = v.InstantOrNull(), DueOn = v.DateOrNull(), EscalatedTo = v.TextOrNull(), Person = v.TextOrNull(), SnoozedUntil = v.DateOrNull(),
            Note = v.TextOrNull(), AskedBy = v.TextOrNull(), Question = v.TextOrNull(), Answer = v.TextOrNull(), EndedAt = v.InstantOrNull(), EndedBy = v.TextOrNull(),
            Changed = v.Whole(), Hands = v.TextOrNull(),
        },
        item => item.Status == WorkStatus.Open,
        [new("person"), new("note"), new("question"), new("answer")]);
}

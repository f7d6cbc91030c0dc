using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Limits;

/// <summary>The limits recorded on the customers of one root, in order of entry.</summary>
public sealed record LimitsFacts : IFactsSlice, IClassAuthority
{
    public static readonly LimitsFacts Empty = new();

    ImmutableDictionary<string, ImmutableArray<Limit>> ByCustomer { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<Limit>>(StringComparer.Ordinal);

    ImmutableDictionary<string, Limit> ById { get; init; } = ImmutableDictionary.Create<string, Limit>(StringComparer.Ordinal);

    /// <summary>Limits with an end that has not been recorded, by their last good day.</summary>
    public ImmutableSortedSet<(DateOnly ValidTo, string Id)> Ending { get; private init; } = [];

    /// <summary>Approved limits whose beginning has not been recorded, by their first day.</summary>
    public ImmutableSortedSet<(DateOnly ValidFrom, string Id)> Upcoming { get; private init; } = [];

    public static readonly Table<Limit> Table = new(
        "credit_limit",
        [
            ("id", ColumnKind.Text, limit => limit.Id),
            ("customer", ColumnKind.Text, limit => limit.Customer),
            ("level", ColumnKind.Text, limit => Words.Of(limit.Level)),
            ("kind", ColumnKind.Text, limit => Words.Of(limit.Term)),
            ("limit", ColumnKind.Text, limit => Words.Of(limit.Kind)),
            ("currency", ColumnKind.Text, limit => limit.Currency.Code),
            ("amount", ColumnKind.Whole, limit => limit.Amount),
            ("valid_from", ColumnKind.Date, limit => limit.ValidFrom),
            ("valid_to", ColumnKind.Date, limit => limit.ValidTo),
            ("mode", ColumnKind.Text, limit => limit.Mode is { } mode ? Words.Of(mode) : null),
            ("reason", ColumnKind.Text, limit => limit.Reason),
            ("status", ColumnKind.Text, limit => Words.Of(limit.Status)),
            ("entered", ColumnKind.Whole, limit => limit.Entered),
            ("begun_on", ColumnKind.Date, limit => limit.BegunOn),
            ("ended_on", ColumnKind.Date, limit => limit.EndedOn),
        ],
        limit => limit.Customer,
        v => new Limit(
            v.Text(), v.Text(), v.Word<LimitLevel>(), v.Word<LimitTerm>(), v.Word<LimitKind>(), v.Currency(), v.WholeOrNull(), v.Date(), v.DateOrNull(),
            v.WordOrNull<LimitMode>(), v.Text(), v.Word<LimitStatus>(), v.Whole(), v.DateOrNull(), v.DateOrNull()),
        personal: [new("reason")]);

    public ImmutableArray<Limit> Of(string customer) => ByCustomer.TryGetValue(customer, out var limits) ? limits : [];

    public IFactsSlice With(object row) => row is Limit limit ? Removed(limit).Added(limit) : this;

    public IFactsSlice Without(object row) => row is Limit limit ? Removed(limit) : this;

    public object? Find(Type row, string key) => row == typeof(Limit) ? ById.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) => Of(party);

    public Customer Judged(Case @case, Customer before, Customer after) => RiskClassRequests.Judged(@case, before, after);

    LimitsFacts Added(Limit limit) => this with
    {
        ById = ById.SetItem(limit.Id, limit),
        ByCustomer = ByCustomer.SetItem(limit.Customer, [.. Of(limit.Customer).Add(limit).OrderBy(other => other.Entered)]),
        Ending = limit is { ValidTo: { } end, EndedOn: null } ? Ending.Add((end, limit.Id)) : Ending,
        Upcoming = limit is { Status: LimitStatus.Approved, BegunOn: null } ? Upcoming.Add((limit.ValidFrom, limit.Id)) : Upcoming,
    };

    LimitsFacts Removed(Limit limit)
    {
        if (!ById.TryGetValue(limit.Id, out var known)) return this;
        return this with
        {
            ById = ById.Remove(known.Id),
            ByCustomer = ByCustomer.SetItem(known.Customer, Of(known.Customer).RemoveAll(other => other.Id == known.Id)),
            Ending = known.ValidTo is { } end ? Ending.Remove((end, known.Id)) : Ending,
            Upcoming = Upcoming.Remove((known.ValidFrom, known.Id)),
        };
    }
}

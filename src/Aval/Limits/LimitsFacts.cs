using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;

namespace Aval.Limits;

/// <summary>The limits recorded on the customers of one root, in order of entry.</summary>
public sealed record LimitsFacts(ImmutableDictionary<string, ImmutableArray<Limit>> ByCustomer) : IFactsSlice
{
    public static readonly LimitsFacts Empty = new(ImmutableDictionary.Create<string, ImmutableArray<Limit>>(StringComparer.Ordinal));

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
        ],
        limit => limit.Customer,
        v => new Limit(
            v.Text(), v.Text(), v.Word<LimitLevel>(), v.Word<LimitTerm>(), v.Word<LimitKind>(), v.Currency(), v.WholeOrNull(), v.Date(), v.DateOrNull(),
            v.WordOrNull<LimitMode>(), v.Text(), v.Word<LimitStatus>(), v.Whole()));

    public ImmutableArray<Limit> Of(string customer) => ByCustomer.TryGetValue(customer, out var limits) ? limits : [];

    public IFactsSlice With(object row)
    {
        if (row is not Limit limit) return this;
        var others = Of(limit.Customer).RemoveAll(other => other.Id == limit.Id);
        return new LimitsFacts(ByCustomer.SetItem(limit.Customer, [.. others.Add(limit).OrderBy(other => other.Entered)]));
    }

    public IFactsSlice Without(object row) =>
        row is Limit limit ? new LimitsFacts(ByCustomer.SetItem(limit.Customer, Of(limit.Customer).RemoveAll(other => other.Id == limit.Id))) : this;

    public object? Find(Type row, string key) =>
        row != typeof(Limit) ? null : ByCustomer.Values.SelectMany(limits => limits).FirstOrDefault(limit => limit.Id == key);

    public IEnumerable<object> RowsOf(string party) => Of(party);
}

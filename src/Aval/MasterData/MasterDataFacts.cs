using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.MasterData.Rules;

namespace Aval.MasterData;

/// <summary>What was said of the data of one root's customers, by customer and field.</summary>
public sealed record MasterDataFacts(ImmutableSortedDictionary<string, FieldCare> ById) : IFactsSlice
{
    public static readonly MasterDataFacts Empty = new(ImmutableSortedDictionary.Create<string, FieldCare>(StringComparer.Ordinal));

    public static readonly Table<FieldCare> Table = new(
        "field_care",
        [
            ("id", ColumnKind.Text, care => care.Id),
            ("customer", ColumnKind.Text, care => care.Customer),
            ("field", ColumnKind.Text, care => care.Field),
            ("value", ColumnKind.Text, care => care.Value),
            ("verified_on", ColumnKind.Date, care => care.VerifiedOn),
            ("verified_by", ColumnKind.Text, care => care.VerifiedBy),
            ("flagged_on", ColumnKind.Date, care => care.FlaggedOn),
            ("flagged_by", ColumnKind.Text, care => care.FlaggedBy),
            ("note", ColumnKind.Text, care => care.Note),
        ],
        care => care.Customer,
        v => new FieldCare(v.Text(), v.Text(), v.Text(), v.Text(), v.DateOrNull(), v.TextOrNull(), v.DateOrNull(), v.TextOrNull(), v.TextOrNull()),
        personal: [new("note")]);

    public FieldCare? Of(string customer, string field) => ById.GetValueOrDefault(FieldCare.IdOf(customer, field));

    public IFactsSlice With(object row) => row is FieldCare care ? new MasterDataFacts(ById.SetItem(care.Id, care)) : this;

    public IFactsSlice Without(object row) => row is FieldCare care ? new MasterDataFacts(ById.Remove(care.Id)) : this;

    public object? Find(Type row, string key) => row == typeof(FieldCare) ? ById.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) => ById.Values.Where(care => care.Customer == party);
}

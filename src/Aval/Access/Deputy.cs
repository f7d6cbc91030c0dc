using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>Somebody who decides with another's authority, for some days.</summary>
/// <param name="Person">Whose authority it is.</param>
/// <param name="Name">Who acts with it.</param>
/// <param name="ValidTo">The last good business date.</param>
public sealed record Deputy(
    string Id, string Person, string Name, DateOnly ValidFrom, DateOnly ValidTo, DateTimeOffset NamedAt, string NamedBy, DateTimeOffset? EndedAt, string? EndedBy)
{
    public bool HoldsOn(DateOnly today) => EndedAt is null && ValidFrom <= today && today <= ValidTo;

    public static readonly Table<Deputy> Table = new(
        "deputy",
        [
            ("id", ColumnKind.Text, deputy => deputy.Id),
            ("person", ColumnKind.Text, deputy => deputy.Person),
            ("deputy", ColumnKind.Text, deputy => deputy.Name),
            ("valid_from", ColumnKind.Date, deputy => deputy.ValidFrom),
            ("valid_to", ColumnKind.Date, deputy => deputy.ValidTo),
            ("named_at", ColumnKind.Instant, deputy => deputy.NamedAt),
            ("named_by", ColumnKind.Text, deputy => deputy.NamedBy),
            ("ended_at", ColumnKind.Instant, deputy => deputy.EndedAt),
            ("ended_by", ColumnKind.Text, deputy => deputy.EndedBy),
        ],
        party: null,
        read: v => new Deputy(v.Text(), v.Text(), v.Text(), v.Date(), v.Date(), v.Instant(), v.Text(), v.InstantOrNull(), v.TextOrNull()),
        live: deputy => deputy.EndedAt is null);
}

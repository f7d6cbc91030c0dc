using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>Two roles that lie apart and that this user or key may have together, because leadership has accepted it.</summary>
/// <param name="Holder">The user's or key's name.</param>
public sealed record AcceptedConflict(string Holder, string First, string Second, string Reason, DateTimeOffset AcceptedAt, string AcceptedBy)
{
    public string Id => IdOf(Holder, First, Second);

    public static string IdOf(string holder, string first, string second) => $"{first} {second} {holder.ToUpperInvariant()}";

    public static readonly Table<AcceptedConflict> Table = new(
        "accepted_conflict",
        [
            ("id", ColumnKind.Text, conflict => conflict.Id),
            ("holder", ColumnKind.Text, conflict => conflict.Holder),
            ("first_role", ColumnKind.Text, conflict => conflict.First),
            ("second_role", ColumnKind.Text, conflict => conflict.Second),
            ("reason", ColumnKind.Text, conflict => conflict.Reason),
            ("accepted_at", ColumnKind.Instant, conflict => conflict.AcceptedAt),
            ("accepted_by", ColumnKind.Text, conflict => conflict.AcceptedBy),
        ],
        party: null,
        read: v =>
        {
            v.Text();
            return new AcceptedConflict(v.Text(), v.Text(), v.Text(), v.Text(), v.Instant(), v.Text());
        },
        personal: [new("reason")]);
}

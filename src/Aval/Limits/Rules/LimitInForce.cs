using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Limits.Rules;

/// <summary>What holds at one node on one day.</summary>
/// <param name="Kind"><see cref="LimitKind.None"/> where nothing was ever set.</param>
/// <param name="Amount">Minor units, temporary additions included; null unless the kind is <see cref="LimitKind.Amount"/>.</param>
/// <param name="ValidTo">The last day on which it is this; null when it has no end.</param>
/// <param name="Expired">True when the standing limit has ended and nothing replaces it: a finding, never unlimited and never zero.</param>
public sealed record LimitInForce(LimitKind Kind, long? Amount, Currency? Currency, DateOnly? ValidTo, bool Expired)
{
    public static readonly LimitInForce NeverSet = new(LimitKind.None, null, null, null, false);

    /// <summary>The approved standing limit with the latest start reached, of equal ones the last entered; with the temporary ones that hold on the day.</summary>
    /// <param name="limits">All limits of one customer, in order of entry.</param>
    public static LimitInForce On(ImmutableArray<Limit> limits, LimitLevel level, DateOnly day)
    {
        Limit? standing = null, replacing = null;
        long added = 0;
        DateOnly? addedTo = null;
        foreach (var limit in limits)
        {
            if (limit.Level != level || limit.Status != LimitStatus.Approved || limit.ValidFrom > day) continue;
            if (limit.Term == LimitTerm.Standing)
            {
                if (standing is null || limit.ValidFrom >= standing.ValidFrom) standing = limit;
            }
            else if (limit.HoldsOn(day))
            {
                if (limit.Mode == LimitMode.Adds)
                {
                    added += limit.Amount ?? 0;
                    addedTo = Earlier(addedTo, limit.ValidTo);
                }
                else if (replacing is null || limit.ValidFrom >= replacing.ValidFrom)
                {
                    replacing = limit;
                }
            }
        }

        var ruling = replacing ?? standing;
        if (ruling is null) return NeverSet;
        if (!ruling.HoldsOn(day)) return new LimitInForce(LimitKind.None, null, ruling.Currency, ruling.ValidTo, Expired: true);
        if (ruling.Kind != LimitKind.Amount) return new LimitInForce(ruling.Kind, null, ruling.Currency, ruling.ValidTo, false);
        return new LimitInForce(LimitKind.Amount, ruling.Amount + added, ruling.Currency, added == 0 ? ruling.ValidTo : Earlier(addedTo, ruling.ValidTo), false);
    }

    static DateOnly? Earlier(DateOnly? left, DateOnly? right) => left is null ? right : right is null || left < right ? left : right;
}

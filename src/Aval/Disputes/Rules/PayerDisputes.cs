using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Disputes.Rules;

/// <summary>The standing disputes of one payer, oldest first, in the ways in which the check asks for them. Immutable.</summary>
/// <param name="Record">How earlier ones ended; null while none has.</param>
/// <param name="Standing">All that stand.</param>
/// <param name="Unqualified">Of which nobody has said whose fault they are.</param>
/// <param name="Untaken">Which no person has taken.</param>
/// <param name="Late">Raised after the invoice was due, and not found to be our fault.</param>
public sealed record PayerDisputes(
    DisputeRecord? Record, ImmutableSortedSet<OpenDispute> Standing, ImmutableSortedSet<OpenDispute> Unqualified, ImmutableSortedSet<OpenDispute> Untaken,
    ImmutableSortedSet<OpenDispute> Late)
{
    public static readonly PayerDisputes None = new(null, [], [], [], []);

    /// <summary>These with the dispute added (<paramref name="sign"/> 1) or taken out (−1).</summary>
    public PayerDisputes Counted(Dispute dispute, int sign)
    {
        if (!dispute.Stands) return this;
        var open = new OpenDispute(dispute.Raised, dispute.Number, dispute.Amount, dispute.Currency);
        ImmutableSortedSet<OpenDispute> Set(ImmutableSortedSet<OpenDispute> set, bool belongs) => !belongs ? set : sign > 0 ? set.Add(open) : set.Remove(open);
        return this with
        {
            Standing = Set(Standing, true),
            Unqualified = Set(Unqualified, dispute.Legitimacy == Legitimacy.Unqualified),
            Untaken = Set(Untaken, dispute.Person is null),
            Late = Set(Late, dispute.IsLate),
        };
    }
}

/// <summary>A standing dispute as the check needs it. In order of the days on which they were raised, of one day by number.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
public readonly record struct OpenDispute(DateOnly Raised, string Number, long Amount, Currency Currency) : IComparable<OpenDispute>
{
    public int CompareTo(OpenDispute other) => new Dated(Raised, Number).CompareTo(new Dated(other.Raised, other.Number));

    public static bool operator <(OpenDispute left, OpenDispute right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenDispute left, OpenDispute right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenDispute left, OpenDispute right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenDispute left, OpenDispute right) => left.CompareTo(right) >= 0;
}

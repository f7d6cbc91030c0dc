using System.Collections.Immutable;
using Aval.Access;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Work.Rules;

namespace Aval.Limits;

/// <summary>Limits that wait for somebody with the authority for them, and what they wait for.</summary>
static class LimitRequests
{
    public static string ItemOf(string limit) => limit + "-request";

    /// <summary>How far this actor's authority reaches for this limit. Less than what holds needs none: it frees nothing.</summary>
    public static LimitGrant GrantOf(Case @case, Limit limit) =>
        FreesNothing(@case, limit) ? LimitGrant.Alone : Approvals.GrantOf(@case, CustomerOf(@case, limit), Measure(@case, limit));

    public static Wording WhoMay(Case @case, Limit limit) => Approvals.WhoMay(@case, CustomerOf(@case, limit), Measure(@case, limit));

    /// <summary>Whoever entered a customer lets nobody owe more by a limit of it: another person does, or approves it.</summary>
    public static Problem? RefuseOwnCustomer(Case @case, Limit limit) => FreesNothing(@case, limit) ? null : Separation.Refuse(
        @case, CustomerOf(@case, limit).EnteredBy, Roles.MasterData, [Roles.CreditAnalyst, Roles.CreditManager, Roles.Leadership],
        $"entered {limit.Customer}: its limit is another person's; it may be asked for with POST /limit-requests");

    /// <summary>Puts the request on the list of credit.</summary>
    public static void Put(Case @case, Limit limit, LimitGrant grant) => Approvals.Put(
        @case, WorkKind.LimitRequest, ItemOf(limit.Id), limit.Id, limit.Customer, new Money(limit.Amount ?? 0, limit.Currency), limit.Reason, grant);

    static Customer CustomerOf(Case @case, Limit limit) => @case.Facts.Get<PartiesFacts>().Customers[limit.Customer];

    /// <summary>The most that holds with it on the days on which it frees something; what adds to a limit is measured by what the limit comes to.</summary>
    static decimal? Measure(Case @case, Limit limit)
    {
        var most = Freeing(@case, limit).Select(with => Reach(limit.Level, with)).DefaultIfEmpty(limit.Amount ?? 0).Max();
        return most == NoBound ? null : Approvals.InPolicy(@case, new Money(most, limit.Currency));
    }

    static bool FreesNothing(Case @case, Limit limit) => !Freeing(@case, limit).Any();

    /// <summary>What holds with it wherever that is more than without it, from today on: a temporary limit that ends, or one that begins later, counts too.</summary>
    static IEnumerable<LimitInForce> Freeing(Case @case, Limit limit)
    {
        var others = @case.Facts.Get<LimitsFacts>().Of(limit.Customer).RemoveAll(known => known.Id == limit.Id);
        ImmutableArray<Limit> all = [.. others.Add(limit with { Status = LimitStatus.Approved }).OrderBy(known => known.Entered)];
        return from day in all.SelectMany(TurnsOn).Where(day => day > @case.Today).Append(@case.Today).Distinct()
               let with = LimitInForce.On(all, limit.Level, day)
               where Frees(limit.Level, LimitInForce.On(others, limit.Level, day), with)
               select with;
    }

    /// <summary>The days on which something else may begin to hold because of it.</summary>
    static IEnumerable<DateOnly> TurnsOn(Limit limit)
    {
        yield return limit.ValidFrom;
        if (limit.ValidTo is { } last && last < DateOnly.MaxValue) yield return last.AddDays(1);
    }

    /// <remarks>Who inherits, and a group that has none, is asked of as if nothing held before: what is set then may be the first that lets an order pass.</remarks>
    static bool Frees(LimitLevel level, LimitInForce without, LimitInForce with)
    {
        if (with.Kind == without.Kind && with.Amount == without.Amount && with.Expired == without.Expired) return false;
        var before = without.Kind == LimitKind.Inherit || (without.Kind == LimitKind.None && with.Kind != LimitKind.None) ? Nothing : Reach(level, without);
        return Reach(level, with) > before;
    }

    /// <summary>How much may be owed under it: a payer without a limit is held, a group without one is not asked.</summary>
    static long Reach(LimitLevel level, LimitInForce limit) => limit.Expired ? Nothing : limit.Kind switch
    {
        LimitKind.None => level == LimitLevel.Group ? NoBound : Nothing,
        LimitKind.Amount => limit.Amount ?? 0,
        LimitKind.Unlimited or LimitKind.Inherit => NoBound,
    };

    const long Nothing = -1, NoBound = long.MaxValue;
}

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

    public static string WhoMay(Case @case, Limit limit) => Approvals.WhoMay(@case, CustomerOf(@case, limit), Measure(@case, limit));

    /// <summary>Puts the request on the list of credit.</summary>
    public static void Put(Case @case, Limit limit, LimitGrant grant) => Approvals.Put(
        @case, WorkKind.LimitRequest, ItemOf(limit.Id), limit.Id, limit.Customer, new Money(limit.Amount ?? 0, limit.Currency), limit.Reason, grant);

    static Customer CustomerOf(Case @case, Limit limit) => @case.Facts.Get<PartiesFacts>().Customers[limit.Customer];

    static decimal? Measure(Case @case, Limit limit) =>
        limit.Kind == LimitKind.Amount ? Approvals.InPolicy(@case, new Money(WholeOf(@case, limit), limit.Currency)) : null;

    /// <summary>What adds to a limit is measured by what it comes to with it.</summary>
    static long WholeOf(Case @case, Limit limit) => (limit.Amount ?? 0) + (limit.Mode == LimitMode.Adds ? InForce(@case, limit).Amount ?? 0 : 0);

    static bool FreesNothing(Case @case, Limit limit)
    {
        if (limit.Kind == LimitKind.None) return true;
        var (kind, amount) = (InForce(@case, limit).Kind, InForce(@case, limit).Amount);
        return limit.Kind == LimitKind.Amount && (kind == LimitKind.Unlimited || (kind == LimitKind.Amount && WholeOf(@case, limit) <= amount));
    }

    static LimitInForce InForce(Case @case, Limit limit) => LimitInForce.On(@case.Facts.Get<LimitsFacts>().Of(limit.Customer), limit.Level, @case.Today);
}

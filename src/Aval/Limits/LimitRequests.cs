using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Limits;

/// <summary>Limits that wait for somebody with the authority for them, and what they wait for.</summary>
static class LimitRequests
{
    /// <summary>What a request lies on the list as: it waits for the authority, or only for another person with the same.</summary>
    public const string ForAuthority = "authority", ForSecondPerson = "secondPerson";

    public static string ItemOf(string limit) => limit + "-request";

    /// <summary>How far this actor's authority reaches for this limit. Less than what holds needs none: it frees nothing.</summary>
    public static LimitGrant GrantOf(Case @case, Limit limit)
    {
        // The bootstrap key and Aval's own rules (imports) record what was agreed elsewhere.
        if (@case.Actor.Kind == ActorKind.Rule || @case.Actor.Roles.Contains(Permission.AllRights) || FreesNothing(@case, limit)) return LimitGrant.Alone;
        var (amount, riskClass) = Measure(@case, limit);
        return LimitAuthority.Of(@case.Company.Get<PoliciesFacts>().Current.Policy.Delegation, @case.Actor.Roles, amount, riskClass);
    }

    public static IReadOnlyList<string> WhoMay(Case @case, Limit limit)
    {
        var (amount, riskClass) = Measure(@case, limit);
        return LimitAuthority.WhoMay(@case.Company.Get<PoliciesFacts>().Current.Policy.Delegation, amount, riskClass);
    }

    /// <summary>Puts the request on the list of credit.</summary>
    public static void Put(Case @case, Limit limit, string waitsFor) => Lists.Put(@case, new WorkItem(
        ItemOf(limit.Id), WorkKind.LimitRequest, waitsFor, limit.Id, Words.Of(OwnerFunction.Credit), limit.Customer, null, null, limit.Amount ?? 0, limit.Currency, @case.Now,
        @case.Today, WorkStatus.Open)
    {
        Hours = HoursFor(@case, Measure(@case, limit).Amount), AskedBy = @case.Actor.Name, Question = limit.Reason,
    });

    static (decimal? Amount, string RiskClass) Measure(Case @case, Limit limit)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var customer = @case.Facts.Get<PartiesFacts>().Customers[limit.Customer];
        var to = policy.Policy.Currency ?? @case.Company.Get<CompanyFacts>().Main?.Currency ?? limit.Currency;
        var amount = limit.Kind == LimitKind.Amount ? @case.Company.Get<RatesFacts>().Converted(new Money(WholeOf(@case, limit), limit.Currency), to, @case.Today)?.Major : null;
        return (amount, customer.RiskClass ?? policy.WorstAcceptedClass);
    }

    /// <summary>What adds to a limit is measured by what it comes to with it.</summary>
    static long WholeOf(Case @case, Limit limit) => (limit.Amount ?? 0) + (limit.Mode == LimitMode.Adds ? InForce(@case, limit).Amount ?? 0 : 0);

    static bool FreesNothing(Case @case, Limit limit)
    {
        if (limit.Kind == LimitKind.None) return true;
        var (kind, amount) = (InForce(@case, limit).Kind, InForce(@case, limit).Amount);
        return limit.Kind == LimitKind.Amount && (kind == LimitKind.Unlimited || (kind == LimitKind.Amount && WholeOf(@case, limit) <= amount));
    }

    static LimitInForce InForce(Case @case, Limit limit) => LimitInForce.On(@case.Facts.Get<LimitsFacts>().Of(limit.Customer), limit.Level, @case.Today);

    static int HoursFor(Case @case, decimal? amount)
    {
        var tiers = @case.Company.Get<PoliciesFacts>().Current.Policy.DecisionDeadlines;
        foreach (var tier in tiers)
            if (tier.UpTo is null || amount <= tier.UpTo) return tier.Hours;
        return tiers.IsEmpty ? 8 : tiers[^1].Hours;
    }
}

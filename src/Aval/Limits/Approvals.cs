using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Limits;

/// <summary>What frees headroom counts against the authority of whoever does it, a limit as well as a guarantee, a cover, a better risk class and a dispute that is held for
/// our own fault. Beyond that authority it has no effect yet and lies on the list of credit, until another person approves it.</summary>
public static class Approvals
{
    /// <summary>What a request lies on the list as: it waits for the authority, or only for another person with the same.</summary>
    public const string ForAuthority = "authority", ForSecondPerson = "secondPerson";

    /// <summary>In policy's currency, major units; null when no rate tells it, which is beyond every bound.</summary>
    public static decimal? InPolicy(Case @case, Money amount)
    {
        var to = @case.Company.Get<PoliciesFacts>().Current.Policy.Currency ?? @case.Company.Get<CompanyFacts>().Main?.Currency ?? amount.Currency;
        return @case.Company.Get<RatesFacts>().Converted(amount, to, @case.Today)?.Major;
    }

    /// <summary>The bootstrap key and Aval's own rules (imports) record what was agreed elsewhere.</summary>
    public static bool IsExempt(Actor actor) => actor.Kind == ActorKind.Rule || actor.Roles.Contains(Permission.AllRights);

    /// <summary>How far this actor's authority reaches.</summary>
    /// <param name="payer">Whose risk class counts; null while it has not been entered.</param>
    /// <param name="amount">In policy's currency; null for what has no bound.</param>
    public static LimitGrant GrantOf(Case @case, Customer? payer, decimal? amount)
    {
        if (IsExempt(@case.Actor)) return LimitGrant.Alone;
        return LimitAuthority.Of(@case.Company.Get<PoliciesFacts>().Current.Policy.Delegation, @case.Actor.Roles, amount, ClassOf(@case, payer));
    }

    /// <summary>Who may, in words: <c>it may be approved by: creditManager, leadership</c>.</summary>
    public static Wording WhoMay(Case @case, Customer? payer, decimal? amount) =>
        LimitAuthority.WhoMay(@case.Company.Get<PoliciesFacts>().Current.Policy.Delegation, amount, ClassOf(@case, payer)) is { Count: > 0 } may
            ? (Wording)$"it may be approved by: {string.Join(", ", may)}."
            : "no role that policy lists may approve this.";

    /// <summary>Who may what waits for nobody, in words.</summary>
    public static Wording WhoMayAlone(Case @case, Customer? payer, decimal? amount) =>
        LimitAuthority.WhoMayAlone(@case.Company.Get<PoliciesFacts>().Current.Policy.Delegation, amount, ClassOf(@case, payer)) is { Count: > 0 } may
            ? (Wording)$"it may be done by: {string.Join(", ", may)}."
            : "no role that policy lists may do this.";

    /// <summary>Puts what waits on the list of credit; what lay there about the same subject gives way.</summary>
    /// <param name="worth">Of what is asked, in its own currency.</param>
    public static void Put(Case @case, WorkKind kind, string id, string subject, string customer, Money worth, string? question, LimitGrant grant)
    {
        Drop(@case, kind, subject, null);
        Lists.Put(@case, new WorkItem(
            id, kind, grant == LimitGrant.WithSecondPerson ? ForSecondPerson : ForAuthority, subject, Words.Of(OwnerFunction.Credit), customer, null, null, worth.Minor,
            worth.Currency, @case.Now, @case.Today, WorkStatus.Open)
        {
            Hours = HoursFor(@case, InPolicy(@case, worth)), AskedBy = @case.Actor.Name, Question = question, Hands = HandsOf(@case.Actor, null),
        });
    }

    /// <summary>What lies on the list about this; null when nothing does.</summary>
    public static WorkItem? Find(Case @case, WorkKind kind, string subject) => Find(@case.Facts, kind, subject);

    /// <summary>What lies on the list about this, as the root tells it; null when nothing does.</summary>
    public static WorkItem? Find(Facts root, WorkKind kind, string subject) =>
        root.Get<WorkFacts>().About((kind, ForAuthority, subject)).Concat(root.Get<WorkFacts>().About((kind, ForSecondPerson, subject))).FirstOrDefault();

    /// <summary>It is answered, or asked no more: it leaves the list.</summary>
    public static void Drop(Case @case, WorkKind kind, string subject, string? answer)
    {
        if (Find(@case, kind, subject) is { } item) Lists.End(@case, item with { Answer = answer });
    }

    /// <summary>Another person says yes. Above policy's bound it then waits for one more, who has had no hand in it either.</summary>
    /// <param name="as">Refused with these: by whom it was asked for; beyond one's authority.</param>
    /// <returns>Done when it takes effect now.</returns>
    public static (bool Done, Problem? Problem) Approve(
        Case @case, WorkItem item, LimitGrant grant, Func<Wording> whoMay, string? reason, (ProblemKind Same, ProblemKind Exceeded) @as)
    {
        if (@case.Actor.MayBe((item.Hands ?? item.AskedBy ?? "").Split('\n')))
            return (false, @as.Same.With($"{item.Subject} was asked for by {item.AskedBy}, or with a key of the same hand."));
        if (grant == LimitGrant.Exceeded) return (false, @as.Exceeded.With(whoMay()));
        @case.Reason = reason;
        if (grant == LimitGrant.WithSecondPerson && item.Code == ForAuthority)
        {
            Lists.Record(@case, item with { Code = ForSecondPerson, AskedBy = @case.Actor.Name, Hands = HandsOf(@case.Actor, item) });
            return (false, null);
        }

        Lists.End(@case, item with { Answer = reason });
        return (true, null);
    }

    static string HandsOf(Actor actor, WorkItem? before)
    {
        var own = string.Join('\n', actor.Hands);
        return (before?.Hands ?? before?.AskedBy) is { } hands ? $"{hands}\n{own}" : own;
    }

    static string ClassOf(Case @case, Customer? payer) => payer?.RiskClass ?? @case.Company.Get<PoliciesFacts>().Current.WorstAcceptedClass;

    static int HoursFor(Case @case, decimal? amount)
    {
        var tiers = @case.Company.Get<PoliciesFacts>().Current.Policy.DecisionDeadlines;
        foreach (var tier in tiers)
            if (tier.UpTo is null || amount <= tier.UpTo) return tier.Hours;
        return tiers.IsEmpty ? 8 : tiers[^1].Hours;
    }
}

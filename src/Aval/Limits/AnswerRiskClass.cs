using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Work.Rules;

namespace Aval.Limits;

/// <summary>Approves or refuses a better risk class that somebody has proposed beyond their authority.</summary>
public sealed record AnswerRiskClass(string Number, bool Approves, string? Reason) : Command
{
    public override string Name => Approves ? "approveRiskClass" : "refuseRiskClass";
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Problem? Refuse() => !Approves && string.IsNullOrWhiteSpace(Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Find<Customer>(Number)!;
        if (customer.ProposedRiskClass is null || Approvals.Find(@case, WorkKind.RiskClassRequest, Number) is not { } item)
            return LimitProblems.NotPending.With($"No risk class is proposed for {Number}.");
        var answered = customer with { RiskClass = RiskClassRequests.Meant(customer.ProposedRiskClass), ProposedRiskClass = null };
        if (!Approves)
        {
            @case.Reason = Reason;
            Approvals.Drop(@case, WorkKind.RiskClassRequest, Number, Reason);
            @case.Put(PartiesFacts.Table, customer with { ProposedRiskClass = null });
            return null;
        }

        var amount = RiskClassRequests.Measure(@case, customer);
        var (done, refusal) = Approvals.Approve(
            @case, item, Approvals.GrantOf(@case, customer, amount), () => Approvals.WhoMay(@case, customer, amount), Reason,
            (LimitProblems.ApproverAsked, LimitProblems.ApprovalExceeded));
        if (refusal is null && done) @case.Put(PartiesFacts.Table, answered);
        return refusal;
    }

    internal static void Map(Api api)
    {
        api.Post<ApprovalBody, CustomerAnswer>(
            "/customers/{number}/approve-risk-class", LimitPermissions.ApproveHeadroom, "Approves a better risk class that somebody has proposed beyond their authority",
            (body, request) => new AnswerRiskClass(request.Route("number"), true, body.Reason), Answer, [PartyProblems.CustomerUnknown, .. LimitProblems.OfApproval]);
        api.Post<RefusalBody, CustomerAnswer>(
            "/customers/{number}/refuse-risk-class", LimitPermissions.ApproveHeadroom, "Refuses a better risk class that somebody has proposed, with the reason",
            (body, request) => new AnswerRiskClass(request.Route("number"), false, body.Reason), Answer, [PartyProblems.CustomerUnknown, LimitProblems.NotPending]);
    }

    static CustomerAnswer Answer(Outcome outcome, ApiRequest request) =>
        CustomerAnswer.Of(outcome.Row<Customer>() ?? outcome.After!.Find<Customer>(request.Route("number"))!);
}

/// <summary>Better risk classes that wait: whoever gives one answers for all that the payer may owe under it, measured by the class that it leaves.</summary>
static class RiskClassRequests
{
    /// <summary>The customer as it may be recorded now: a class beyond the actor's authority is only proposed.</summary>
    public static Customer Judged(Case @case, Customer before, Customer after)
    {
        if (after.RiskClass == before.RiskClass) return after;
        var grant = IsBetter(@case, before.RiskClass, after.RiskClass) ? Approvals.GrantOf(@case, before, Measure(@case, before)) : LimitGrant.Alone;
        if (grant == LimitGrant.Alone)
        {
            Approvals.Drop(@case, WorkKind.RiskClassRequest, before.Number, null);
            return after with { ProposedRiskClass = null };
        }

        var proposed = after with { RiskClass = before.RiskClass, ProposedRiskClass = after.RiskClass ?? Customer.NoClass };
        // Whoever proposes what is proposed already asks nothing new.
        if (before.ProposedRiskClass == proposed.ProposedRiskClass) return proposed;
        var limit = InForce(@case, before);
        Approvals.Put(
            @case, WorkKind.RiskClassRequest, Work.Lists.IdAt(@case, before.Number), before.Number, before.Number,
            new Money(limit.Amount ?? 0, before.Currency), $"{before.RiskClass ?? Customer.NoClass} -> {proposed.ProposedRiskClass}", grant);
        return proposed;
    }

    /// <summary>The limit in force, in policy's currency: nothing where there is none, and without bound where it has none or only the group's.</summary>
    public static decimal? Measure(Case @case, Customer customer) => InForce(@case, customer) is var limit && limit.Kind switch
    {
        LimitKind.None => 0,
        LimitKind.Amount => limit.Amount,
        LimitKind.Unlimited or LimitKind.Inherit => null,
    } is { } amount ? Approvals.InPolicy(@case, new Money(amount, customer.Currency)) : null;

    public static string? Meant(string proposed) => proposed == Customer.NoClass ? null : proposed;

    /// <summary>A payer without a class counts as the worst that policy accepts.</summary>
    static bool IsBetter(Case @case, string? before, string? after)
    {
        var worst = @case.Company.Get<PoliciesFacts>().Current.WorstAcceptedClass;
        return string.CompareOrdinal(after ?? worst, before ?? worst) < 0;
    }

    static LimitInForce InForce(Case @case, Customer customer) =>
        LimitInForce.On(@case.Facts.Get<LimitsFacts>().Of(customer.Number), LimitLevel.Payer, @case.Today);
}

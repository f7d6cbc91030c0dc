using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Cover;

/// <summary>Approves or refuses a guarantee that somebody has recorded beyond their authority. Approved, it counts from then on.</summary>
public sealed record AnswerGuarantee(string Number, bool Approves, string? Reason) : Command
{
    public override string Name => Approves ? "approveGuarantee" : "refuseGuarantee";
    public override Subject Subject => Subject.Document(RecordGuarantee.Scope, Number, CoverProblems.GuaranteeUnknown);
    public override Problem? Refuse() => SecurityRequests.RefuseReason(Approves, Reason);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Guarantee>(Number) is not { } guarantee) return CoverProblems.GuaranteeUnknown.With($"Guarantee {Number} is not known.", "number");
        var (status, problem) = SecurityRequests.Answer(@case, SecurityRequests.Of(guarantee), guarantee.Status, Approves, Reason);
        if (problem is not null) return problem;
        @case.Put(CoverTables.Guarantee, status == SecurityStatus.Approved
            ? guarantee with { Status = status, BegunOn = SecurityRequests.Begun(guarantee.ValidFrom, @case), EndedOn = SecurityRequests.Ended(guarantee.ValidTo, @case) }
            : guarantee with { Status = status });
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<ApprovalBody, GuaranteeAnswer>(
            "/guarantees/{number}/approve", LimitPermissions.ApproveHeadroom, "Approves a guarantee that somebody else has recorded beyond their authority",
            (body, request) => new AnswerGuarantee(request.Route("number"), true, body.Reason), async (_, request, cancel) => (await RecordGuarantee.FindAsync(request, cancel))!,
            [CoverProblems.GuaranteeUnknown, .. LimitProblems.OfApproval]);
        api.Post<RefusalBody, GuaranteeAnswer>(
            "/guarantees/{number}/refuse", LimitPermissions.ApproveHeadroom, "Refuses a guarantee that waits for approval, with the reason",
            (body, request) => new AnswerGuarantee(request.Route("number"), false, body.Reason), async (_, request, cancel) => (await RecordGuarantee.FindAsync(request, cancel))!,
            [CoverProblems.GuaranteeUnknown, LimitProblems.NotPending]);
    }
}

/// <summary>Approves or refuses an insurance cover that somebody has recorded beyond their authority. Approved, it insures what is shipped from its first day on.</summary>
public sealed record AnswerCover(string Number, bool Approves, string? Reason) : Command
{
    public override string Name => Approves ? "approveInsuranceCover" : "refuseInsuranceCover";
    public override Subject Subject => Subject.Document(RecordCover.Scope, Number, CoverProblems.CoverUnknown);
    public override Problem? Refuse() => SecurityRequests.RefuseReason(Approves, Reason);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<InsuranceCover>(Number) is not { } cover) return CoverProblems.CoverUnknown.With($"Insurance cover {Number} is not known.", "number");
        var (status, problem) = SecurityRequests.Answer(@case, SecurityRequests.Of(cover), cover.Status, Approves, Reason);
        if (problem is not null) return problem;
        @case.Put(CoverTables.Insurance, status == SecurityStatus.Approved
            ? cover with { Status = status, BegunOn = SecurityRequests.Begun(cover.ValidFrom, @case), EndedOn = SecurityRequests.Ended(cover.ValidTo, @case) }
            : cover with { Status = status });
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<ApprovalBody, InsuranceCoverAnswer>(
            "/insurance-covers/{number}/approve", LimitPermissions.ApproveHeadroom, "Approves an insurance cover that somebody else has recorded beyond their authority",
            (body, request) => new AnswerCover(request.Route("number"), true, body.Reason), async (_, request, cancel) => (await RecordCover.FindAsync(request, cancel))!,
            [CoverProblems.CoverUnknown, .. LimitProblems.OfApproval]);
        api.Post<RefusalBody, InsuranceCoverAnswer>(
            "/insurance-covers/{number}/refuse", LimitPermissions.ApproveHeadroom, "Refuses an insurance cover that waits for approval, with the reason",
            (body, request) => new AnswerCover(request.Route("number"), false, body.Reason), async (_, request, cancel) => (await RecordCover.FindAsync(request, cancel))!,
            [CoverProblems.CoverUnknown, LimitProblems.NotPending]);
    }
}

/// <summary>What is asked for: a guarantee or a cover.</summary>
/// <param name="Worth">What it bears at most, in minor units of the payer's credit currency.</param>
sealed record SecurityAsked(WorkKind Kind, string Number, string Payer, Money Given, Money Worth, DateOnly ValidTo, string? Note);

/// <summary>Guarantees and covers that wait for somebody with the authority. It is measured by all that others would bear of the payer's debts with it, so that many small ones
/// are no way round a bound.</summary>
static class SecurityRequests
{
    public static SecurityAsked Of(Guarantee guarantee) => new(
        WorkKind.GuaranteeRequest, guarantee.Number, guarantee.Payer, new Money(guarantee.Amount, guarantee.Currency),
        new Money(guarantee.LeftInCredit(), guarantee.CreditCurrency), guarantee.ValidTo, guarantee.Note);

    public static SecurityAsked Of(InsuranceCover cover) => new(
        WorkKind.CoverRequest, cover.Number, cover.Payer, new Money(cover.Amount, cover.Currency), new Money(cover.Bears(), cover.CreditCurrency), cover.ValidTo, cover.Note);

    public static bool Asks(Case @case, Guarantee guarantee) => Asks(@case, Of(guarantee));
    public static bool Asks(Case @case, InsuranceCover cover) => Asks(@case, Of(cover));

    /// <summary>What it becomes; where it waits for one more person it stays as it is.</summary>
    public static (SecurityStatus Status, Problem? Problem) Answer(Case @case, SecurityAsked asked, SecurityStatus status, bool approves, string? reason)
    {
        if (status != SecurityStatus.PendingApproval || Approvals.Find(@case, asked.Kind, asked.Number) is not { } item)
            return (status, LimitProblems.NotPending.With($"{asked.Number} is {Kernel.Storage.Words.Of(status)}."));
        @case.Reason = reason;
        if (!approves)
        {
            Approvals.Drop(@case, asked.Kind, asked.Number, reason);
            return (SecurityStatus.Refused, null);
        }

        var (payer, amount) = (@case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(asked.Payer), Measure(@case, asked));
        var (done, refusal) = Approvals.Approve(
            @case, item, Approvals.GrantOf(@case, payer, amount), () => Approvals.WhoMay(@case, payer, amount), reason,
            (LimitProblems.ApproverAsked, LimitProblems.ApprovalExceeded));
        return (done ? SecurityStatus.Approved : status, refusal);
    }

    /// <summary>What has not been approved is neither drawn on, cut nor let go.</summary>
    public static Problem? Refuse(string number, SecurityStatus status) =>
        status == SecurityStatus.Approved ? null : CoverProblems.NotApproved.With($"{number} is {Kernel.Storage.Words.Of(status)}.", "number");

    public static Problem? RefuseReason(bool approves, string? reason) =>
        !approves && string.IsNullOrWhiteSpace(reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public static DateOnly? Begun(DateOnly from, Case @case) => from <= @case.Today ? from : null;
    public static DateOnly? Ended(DateOnly to, Case @case) => to < @case.Today ? to.AddDays(1) : null;

    static bool Asks(Case @case, SecurityAsked asked)
    {
        // What is over already frees nothing.
        if (asked.ValidTo < @case.Today) return false;
        var grant = Approvals.GrantOf(@case, @case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(asked.Payer), Measure(@case, asked));
        if (grant == LimitGrant.Alone) return false;
        Approvals.Put(@case, asked.Kind, Lists.IdAt(@case, asked.Number), asked.Number, asked.Payer, asked.Given, asked.Note, grant);
        return true;
    }

    static decimal? Measure(Case @case, SecurityAsked asked) => Approvals.InPolicy(
        @case, asked.Worth with { Minor = asked.Worth.Minor + (@case.Facts.Get<CoverFacts>().Of(asked.Payer)?.Worth(@case.Today) ?? 0) });
}

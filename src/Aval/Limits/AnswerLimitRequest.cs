using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Limits;

/// <param name="Reason">Why.</param>
public sealed record ApprovalBody(string? Reason = null);

public sealed record RefusalBody(string Reason);

/// <summary>Approves a limit that somebody else has asked for, within one's authority; above policy's bound it then waits for one more person.</summary>
public sealed record ApproveLimit(string Id, ApprovalBody Body) : Command
{
    public override string Name => "approveLimit";
    public override Subject Subject => Subject.Document("limit", Id, LimitProblems.LimitUnknown);

    public override Problem? Decide(Case @case)
    {
        var pending = PendingLimit.Of(@case, Id);
        if (pending.Problem is { } problem) return problem;
        var (limit, item) = (pending.Limit!, pending.Item!);
        if (LimitRequests.RefuseOwnCustomer(@case, limit) is { } own) return own;
        var (done, refusal) = Approvals.Approve(
            @case, item, LimitRequests.GrantOf(@case, limit), () => LimitRequests.WhoMay(@case, limit), Body.Reason,
            (LimitProblems.SamePersonAsked, LimitProblems.LimitAuthorityExceeded));
        if (refusal is not null) return refusal;
        @case.Put(LimitsFacts.Table, !done ? limit : limit with { Status = LimitStatus.Approved, BegunOn = limit.ValidFrom <= @case.Today ? limit.ValidFrom : null });
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<ApprovalBody, LimitAnswer>(
            "/limits/{id}/approve", LimitPermissions.RecordLimits, "Approves a limit that somebody else has asked for",
            (body, request) => new ApproveLimit(request.Route("id"), body), (outcome, _) => LimitAnswer.Of(outcome.Row<Limit>()!),
            [LimitProblems.LimitUnknown, LimitProblems.LimitNotPending, LimitProblems.SamePersonAsked, LimitProblems.LimitAuthorityExceeded, AccessProblems.RolesConflict]);
        api.Post<RefusalBody, LimitAnswer>(
            "/limits/{id}/refuse", LimitPermissions.RecordLimits, "Refuses a limit that somebody has asked for, with the reason",
            (body, request) => new RefuseLimit(request.Route("id"), body), (outcome, _) => LimitAnswer.Of(outcome.Row<Limit>()!),
            [LimitProblems.LimitUnknown, LimitProblems.LimitNotPending]);
    }
}

/// <summary>Refuses a limit that somebody has asked for: whoever has the right to limits, within their authority or not.</summary>
public sealed record RefuseLimit(string Id, RefusalBody Body) : Command
{
    public override string Name => "refuseLimit";
    public override Subject Subject => Subject.Document("limit", Id, LimitProblems.LimitUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        var pending = PendingLimit.Of(@case, Id);
        if (pending.Problem is { } problem) return problem;
        @case.Reason = Body.Reason;
        Lists.End(@case, pending.Item! with { Answer = Body.Reason });
        @case.Put(LimitsFacts.Table, pending.Limit! with { Status = LimitStatus.Refused });
        return null;
    }
}

/// <summary>A limit that waits, with what lies on the list because of it.</summary>
static class PendingLimit
{
    public static (Limit? Limit, WorkItem? Item, Problem? Problem) Of(Case @case, string id)
    {
        if (@case.Facts.Find<Limit>(id) is not { } limit) return (null, null, LimitProblems.LimitUnknown.With($"limit {id} is not known.", "id"));
        return limit.Status == LimitStatus.PendingApproval && @case.Facts.Find<WorkItem>(LimitRequests.ItemOf(id)) is { Status: WorkStatus.Open } item
            ? (limit, item, null)
            : (null, null, LimitProblems.LimitNotPending.With($"limit {id} is {Kernel.Storage.Words.Of(limit.Status)}."));
    }
}

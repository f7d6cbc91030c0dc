using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Work;

namespace Aval.Casework;

/// <param name="Until">The last day on which it is off the list; it comes back by itself.</param>
public sealed record SnoozeBody(DateOnly Until, string Reason);

/// <summary>Puts a line off until a day, with the reason. Its clock goes on: what is late is told up the path all the same.</summary>
public sealed record SnoozeWork(string Id, SnoozeBody Body) : Command
{
    /// <summary>Whoever needs longer does not put off but decide.</summary>
    const int MostDays = 90;

    public override string Name => "snoozeWork";
    public override Subject Subject => WorkLine.Of(Id);
    public override Cite? Edits => Cite.Of(WorkFacts.Table, Id);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(WorkFacts.Table, Id)];
    public override bool AlwaysLeavesEntry => false;
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        var (item, problem) = WorkLine.Find(@case, Id);
        if (problem is not null) return problem;
        if (Body.Until < @case.Today || Body.Until > @case.Today.AddDays(MostDays))
            return KernelProblems.Invalid("until", $"must be from the business date {@case.Today:yyyy-MM-dd} to {MostDays} days later");
        @case.Reason = Body.Reason;
        WorkLine.Change(@case, item!, one => one with { SnoozedUntil = Body.Until, Note = Body.Reason });
        return null;
    }

    internal static void Map(Api api) => api.Post<SnoozeBody, WorkAnswer>(
        "/work/{id}/snooze", WorkPermissions.Handle, "Puts a line of a work list off until a day; its deadline stays", (body, request) => new SnoozeWork(request.Route("id"), body),
        WorkAnswer.OfAsync, [WorkProblems.WorkUnknown, WorkProblems.WorkDone, PolicyProblems.SamePerson]);
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>Takes a line of a list, so that others see who is at it.</summary>
public sealed record ClaimWork(string Id) : Command
{
    public override string Name => "claimWork";
    public override Subject Subject => WorkLine.Of(Id);
    public override Cite? Edits => Cite.Of(WorkFacts.Table, Id);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(WorkFacts.Table, Id)];
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Decide(Case @case)
    {
        var (item, problem) = WorkLine.Find(@case, Id);
        if (problem is not null) return problem;
        if (item!.Person is { } person && !string.Equals(person, @case.Actor.Name, StringComparison.OrdinalIgnoreCase))
            return WorkProblems.WorkTaken.With($"{person} has taken it.", "id");
        WorkLine.Change(@case, item, one => one with { Person = @case.Actor.Name, SnoozedUntil = null });
        return null;
    }

    internal static void Map(Api api) => api.Post<Nothing, WorkAnswer>(
        "/work/{id}/claim", WorkPermissions.Handle, "Takes a line of a work list", (_, request) => new ClaimWork(request.Route("id")), WorkAnswer.OfAsync,
        [WorkProblems.WorkUnknown, WorkProblems.WorkDone, PolicyProblems.SamePerson, WorkProblems.WorkTaken]);
}

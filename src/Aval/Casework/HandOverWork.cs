using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <param name="To">The function or role whose list it goes to; the one it is on when absent.</param>
/// <param name="Person">Who is to do it: the name of a user or a key that works on that list; nobody in particular when absent.</param>
public sealed record HandOverBody(string Reason, string? To = null, string? Person = null);

/// <summary>Hands a line over to another function or person, with the reason. Its clock goes on.</summary>
public sealed record HandOverWork(string Id, HandOverBody Body) : Command
{
    const int LongestName = 100;

    public override string Name => "handOverWork";
    public override Subject Subject => WorkLine.Of(Id);
    public override Cite? Edits => Cite.Of(WorkFacts.Table, Id);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(WorkFacts.Table, Id)];
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Refuse()
    {
        if (string.IsNullOrWhiteSpace(Body.Reason)) return KernelProblems.Invalid("reason", "must say why");
        if (Body.To is { } to && !Desks.Takers.Contains(to)) return KernelProblems.Invalid("to", $"must be one of {string.Join(", ", Desks.Takers)}");
        return Body.Person is { } person && (string.IsNullOrWhiteSpace(person) || person.Length > LongestName)
            ? KernelProblems.Invalid("person", $"must be 1 to {LongestName} characters")
            : null;
    }

    public override Problem? Decide(Case @case)
    {
        var (item, problem) = WorkLine.Find(@case, Id);
        if (problem is not null) return problem;
        var to = Body.To ?? item!.Owner;
        var (person, unfit) = Body.Person is { } named ? Taker.Find(@case, item!, to, named.Trim()) : (null, null);
        if (unfit is not null) return unfit;
        @case.Reason = Body.Reason;
        var line = @case.Facts.Get<WorkFacts>().About(item!.About).Where(one => one.Owner == item.Owner).ToList();
        // The owner of a decision is the owner of its block.
        if (item.IsOfBlock && to != item.Owner && @case.Facts.Find<Block>(Id) is { } block)
            BlockRecord.Put(@case, BlockClock.Kept(@case, block with { Owner = to, Version = block.Version + 1 }));
        foreach (var one in line)
            Lists.Record(@case, @case.Facts.Find<WorkItem>(one.Id)! with { Owner = to, Person = person, Note = Body.Reason, SnoozedUntil = null });
        return null;
    }

    internal static void Map(Api api) => api.Post<HandOverBody, WorkAnswer>(
        "/work/{id}/hand-over", WorkPermissions.Handle, "Hands a line of a work list over to another function or person",
        (body, request) => new HandOverWork(request.Route("id"), body), WorkAnswer.OfAsync,
        [WorkProblems.WorkUnknown, WorkProblems.WorkDone, PolicyProblems.SamePerson, WorkProblems.TakerUnfit]);
}

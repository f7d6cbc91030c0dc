using Aval.Kernel;
using Aval.Policies;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>A line of a work list in a case: all that lies there about one subject.</summary>
static class WorkLine
{
    /// <summary>Where the item's root is found: what is decided on a block goes by the block's id.</summary>
    public static Subject Of(string id) => Subject.Document(ScopeOf(id), id, WorkProblems.WorkUnknown);

    public static string ScopeOf(string id) => id is ['b', ..] && id.All(char.IsAsciiLetterOrDigit) ? "block" : Lists.Scope;

    /// <summary>The item, open and theirs.</summary>
    public static (WorkItem? Item, Problem? Problem) Find(Case @case, string id)
    {
        if (@case.Facts.Find<WorkItem>(id) is not { } item) return (null, WorkProblems.WorkUnknown.With($"work {id} is not known.", "id"));
        if (item.Status == WorkStatus.Done) return (null, WorkProblems.WorkDone.With($"{item.Subject} was done by {item.EndedBy}.", "id"));
        if (WhoseWork.IsOwnDecision(item, @case.Actor)) return (null, PolicyProblems.SamePerson.With($"{item.AskedBy} decided it."));
        return WhoseWork.IsOf(item, @case.Actor)
            ? (item, null)
            : (null, KernelProblems.NotPermitted.With($"It is on the list of {item.Owner}: {string.Join(", ", WhoseWork.RolesOf(item.Owner))}.", "id"));
    }

    /// <summary>Changes all that the line shows.</summary>
    public static void Change(Case @case, WorkItem item, Func<WorkItem, WorkItem> change)
    {
        foreach (var one in @case.Facts.Get<WorkFacts>().About(item.About).Where(one => one.Owner == item.Owner).ToList()) Lists.Record(@case, change(one));
    }
}

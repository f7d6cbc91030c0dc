using Aval.Kernel;
using Aval.Policies;
using Aval.Work.Rules;

namespace Aval.Work;

/// <summary>What nobody has done in its time is told to the next on the policy's escalation path; it stays on the list of whoever can mend it, and it stays to be done.</summary>
sealed class LateWork : IDue
{
    public string Rule => "lateWork";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var due = facts.Get<WorkFacts>().Due;
        if (due.IsEmpty) return null;
        var day = due.Min.DueOn.AddDays(1);
        return day <= facts.Through ? facts.Through.AddDays(1) : day;
    }

    public void Run(Case @case)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current.Policy;
        var path = policy.EscalationPath;
        foreach (var (due, id) in @case.Facts.Get<WorkFacts>().Due)
        {
            if (due >= @case.Today) break;
            var item = @case.Facts.Find<WorkItem>(id)!;
            var at = policy.StepAfter(item.EscalatedTo ?? item.Owner);
            // It was late at its first deadline and is late still: DueAt keeps saying since when.
            var more = at < path.Length ? Company.Deadline.In(@case, Math.Max(1, item.Hours)).On : (DateOnly?)null;
            Lists.Record(@case, item with { EscalatedTo = at < path.Length ? path[at].To : item.EscalatedTo, DueOn = more, SnoozedUntil = null });
        }
    }
}

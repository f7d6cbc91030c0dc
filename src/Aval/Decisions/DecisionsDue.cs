using Aval.Decisions.Rules;
using Aval.Kernel;

namespace Aval.Decisions;

/// <summary>What days do to decisions: a stage's date comes, the last good day passes. What follows for orders is the check's.</summary>
sealed class DecisionsDue : IDue
{
    public string Rule => "decisionsDue";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var dated = facts.Get<DecisionsFacts>().Dated;
        return dated.IsEmpty ? null : dated.Min.Day <= facts.Through ? facts.Through.AddDays(1) : dated.Min.Day;
    }

    public void Run(Case @case)
    {
        foreach (var (day, id) in @case.Facts.Get<DecisionsFacts>().Dated)
        {
            if (day > @case.Today) break;
            @case.Put(DecisionsFacts.Table, On(@case.Facts.Find<Decision>(id)!, @case.Today));
        }
    }

    /// <summary>Without what it depended on by its date, a decision is broken; one that depended on nothing has lapsed.</summary>
    static Decision On(Decision decision, DateOnly today)
    {
        if (decision.Terms.Stages is { } stages && decision.StagesDue < stages.Count) return decision with { StagesDue = stages.Count(stage => stage.Date <= today) };
        return decision is { Status: DecisionStatus.InForce, Conditions.Count: > 0 }
            ? decision with { Status = DecisionStatus.Broken, BrokenOn = today, EndedOn = today }
            : decision.EndedAs(DecisionStatus.Lapsed, today);
    }
}

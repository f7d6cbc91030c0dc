using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Limits;

/// <summary>Records that a limit has ended. What holds on a day follows from the dates; this makes it known and wakes what waits for it.</summary>
sealed class LimitsDue : IDue
{
    public string Rule => "limitsEnd";

    public DateOnly? Next(Facts facts, Facts company)
    {
        DateOnly? next = null;
        foreach (var (ends, _) in facts.Get<LimitsFacts>().Ending)
        {
            next = ends.AddDays(1);
            break;
        }

        return next is { } date && date <= facts.Through ? facts.Through.AddDays(1) : next;
    }

    public void Run(Case @case)
    {
        foreach (var (ends, id) in @case.Facts.Get<LimitsFacts>().Ending)
        {
            if (ends >= @case.Today) break;
            @case.Put(LimitsFacts.Table, @case.Facts.Find<Limit>(id)! with { EndedOn = ends.AddDays(1) });
        }
    }
}

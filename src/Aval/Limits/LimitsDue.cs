using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Limits;

/// <summary>Records that a limit has begun or ended. What holds on a day follows from the dates; this makes it known and wakes what waits for it.</summary>
sealed class LimitsDue : IDue
{
    public string Rule => "limitsBeginAndEnd";

    public DateOnly? Next(Facts facts, Facts company)
    {
        DateOnly? next = null;
        var limits = facts.Get<LimitsFacts>();
        if (!limits.Ending.IsEmpty) next = limits.Ending.Min.ValidTo.AddDays(1);
        if (!limits.Upcoming.IsEmpty && (next is null || limits.Upcoming.Min.ValidFrom < next)) next = limits.Upcoming.Min.ValidFrom;
        return next is { } date && date <= facts.Through ? facts.Through.AddDays(1) : next;
    }

    public void Run(Case @case)
    {
        foreach (var (begins, id) in @case.Facts.Get<LimitsFacts>().Upcoming)
        {
            if (begins > @case.Today) break;
            @case.Put(LimitsFacts.Table, @case.Facts.Find<Limit>(id)! with { BegunOn = begins });
        }

        foreach (var (ends, id) in @case.Facts.Get<LimitsFacts>().Ending)
        {
            if (ends >= @case.Today) break;
            @case.Put(LimitsFacts.Table, @case.Facts.Find<Limit>(id)! with { EndedOn = ends.AddDays(1) });
        }
    }
}

using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.Blocks;

/// <summary>A block that nobody has decided in its time goes to the next who may. Nothing is ever released so.</summary>
sealed class Escalation : IDue
{
    public string Rule => "escalation";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var due = facts.Get<ChecksFacts>().Due;
        if (due.IsEmpty) return null;
        var day = due.Min.DueOn.AddDays(1);
        return day <= facts.Through ? facts.Through.AddDays(1) : day;
    }

    public void Run(Case @case)
    {
        foreach (var (due, id) in @case.Facts.Get<ChecksFacts>().Due)
        {
            if (due >= @case.Today) break;
            var block = @case.Facts.Find<Block>(id)!;
            var moved = BlockClock.Escalated(@case, block);
            BlockRecord.Put(@case, moved with { Version = block.Version + 1 }, atTheEnd: moved.DueOn is null);
        }
    }
}

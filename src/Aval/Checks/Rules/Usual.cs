using Aval.Orders.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether an order is far above, or far sooner than, what its customer usually orders.</summary>
static class Usual
{
    /// <summary>Fewer orders are no habit.</summary>
    const int FewestOrders = 6;

    /// <summary>Who always orders the same deviates by nothing; only at twice the usual is an order worth a question.</summary>
    const int AtLeastTimes = 2;

    /// <summary>Who orders more often than weekly has no rhythm that a day can break.</summary>
    const int LeastRhythmDays = 7;

    /// <summary>How many times the usual value this one is, where its robust z-score exceeds the threshold; else null.</summary>
    public static decimal? TimesUsual(OrderHabit habit, long value, decimal threshold)
    {
        var usual = habit.Size;
        if (usual.Count < FewestOrders || usual.Median <= 0 || value < AtLeastTimes * usual.Median) return null;
        return usual.IsBeyond(value, threshold) ? value / usual.Median : null;
    }

    /// <summary>Days since the order before, and the usual days between orders, where the order comes far sooner than that; else null.</summary>
    public static (int Gap, int Usual)? SoonerThan(OrderHabit habit, DateOnly date, decimal threshold)
    {
        var rhythm = habit.Rhythm.Last <= date ? habit.Rhythm : Before(habit, date);
        var gap = date.DayNumber - rhythm.Last.DayNumber;
        if (rhythm.Gaps.Count < FewestOrders || rhythm.Gaps.Median < Math.Max(LeastRhythmDays, AtLeastTimes * gap)) return null;
        return rhythm.Gaps.IsBeyond(gap, threshold) ? (gap, (int)rhythm.Gaps.Median) : null;
    }

    /// <summary>An order is mostly the latest; for one that is checked again, what came after it is left out.</summary>
    static Rhythm Before(OrderHabit habit, DateOnly date) => Rhythm.Of([.. habit.Dates.Where(other => other <= date)]);
}

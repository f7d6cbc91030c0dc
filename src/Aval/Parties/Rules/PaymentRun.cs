using System.Globalization;
using System.Numerics;

namespace Aval.Parties.Rules;

/// <summary>The days on which a payer pays: weekdays and days of the month, each of which is enough. Its text is <c>TUE,THU</c> or <c>10,25,31</c>.</summary>
/// <remarks>A day that a month does not have is its last, so that 31 is the end of every month.</remarks>
public readonly record struct PaymentRun
{
    static readonly string[] Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Bit n for weekday n, Sunday being 0.</summary>
    readonly byte weekdays;

    /// <summary>Bit n for day n of the month.</summary>
    readonly uint monthDays;

    PaymentRun(byte weekdays, uint monthDays) => (this.weekdays, this.monthDays) = (weekdays, monthDays);

    /// <summary>Reads days parted by commas, in any order and case, each once.</summary>
    public static bool TryParse(string? text, out PaymentRun run)
    {
        byte week = 0;
        uint month = 0;
        run = default;
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var weekday = Array.IndexOf(Names, word.ToUpperInvariant());
            if (weekday >= 0 && (week & (1 << weekday)) == 0) week |= (byte)(1 << weekday);
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 && (month & (1u << day)) == 0)
                month |= 1u << day;
            else return false;
        }

        run = new PaymentRun(week, month);
        return true;
    }

    public bool Includes(DateOnly day)
    {
        if ((weekdays & (1 << (int)day.DayOfWeek)) != 0) return true;
        var isLast = day.Day == DateTime.DaysInMonth(day.Year, day.Month);
        return isLast ? monthDays >> day.Day != 0 : (monthDays & (1u << day.Day)) != 0;
    }

    /// <summary>The run on the day, else the last before it: whatever fell due by then could have been paid.</summary>
    public DateOnly LastBy(DateOnly day)
    {
        while (!Includes(day)) day = day.AddDays(-1);
        return day;
    }

    /// <summary>The run on the day, else the first after it: when what falls due on the day may be expected.</summary>
    public DateOnly FirstFrom(DateOnly day)
    {
        while (!Includes(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Weekdays from Monday on, then days of the month.</summary>
    public override string ToString()
    {
        var days = new List<string>(BitOperations.PopCount(weekdays) + BitOperations.PopCount(monthDays));
        for (var at = 1; at <= Names.Length; at++)
            if ((weekdays & (1 << (at % Names.Length))) != 0) days.Add(Names[at % Names.Length]);
        for (var day = 1; day <= 31; day++)
            if ((monthDays & (1u << day)) != 0) days.Add(day.ToString(CultureInfo.InvariantCulture));
        return string.Join(',', days);
    }
}

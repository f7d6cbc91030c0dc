using System.Collections.Immutable;

namespace Aval.Company.Rules;

/// <summary>When people work at the company: which days of the week, from when to when, and which days they do not.</summary>
/// <param name="Country">Whose public holidays are free: ISO 3166 alpha-2; null where none are.</param>
/// <param name="Opens">Local time, on the whole or half hour as the company says.</param>
public sealed record WorkingCalendar(string? Country, TimeOnly Opens, TimeOnly Closes, ImmutableArray<DayOfWeek> Workdays)
{
    /// <summary>Monday to Friday, nine to five, without holidays: what a new company has.</summary>
    public static readonly WorkingCalendar Usual = new(
        null, new TimeOnly(9, 0), new TimeOnly(17, 0), [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);

    /// <summary>Years of this country whose holidays somebody has entered; the others are computed.</summary>
    public ImmutableDictionary<int, ImmutableArray<Holiday>> Entered { get; init; } = ImmutableDictionary<int, ImmutableArray<Holiday>>.Empty;

    public TimeSpan OpensAt => Opens.ToTimeSpan();
    public TimeSpan ClosesAt => Closes.ToTimeSpan();

    public bool IsWorked(DateOnly day) => Workdays.Contains(day.DayOfWeek) && !IsHoliday(day);

    bool IsHoliday(DateOnly day)
    {
        if (Country is null) return false;
        var holidays = Entered.TryGetValue(day.Year, out var entered) ? entered : PublicHolidays.Of(Country, day.Year);
        foreach (var holiday in holidays)
            if (holiday.Date == day) return true;
        return false;
    }
}

public readonly record struct Holiday(DateOnly Date, string Name);

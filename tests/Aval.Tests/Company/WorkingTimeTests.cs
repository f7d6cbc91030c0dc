using System.Globalization;
using Aval.Company.Rules;

namespace Aval.Tests.Company;

/// <summary>Deadlines run while people work, by the company's calendar. 2 March 2026 is a Monday, 3 April 2026 Good Friday.</summary>
public sealed class WorkingTimeTests
{
    [Fact]
    public void Hours_pass_only_while_people_work() => Table.Check("""
        country  from              hours | due
        -        2026-03-02T10:00  4     | 2026-03-02T14:00
        -        2026-03-02T13:00  4     | 2026-03-02T17:00
        -        2026-03-02T13:30  4     | 2026-03-03T09:30
        -        2026-03-02T06:00  8     | 2026-03-02T17:00
        -        2026-03-02T20:00  8     | 2026-03-03T17:00
        -        2026-03-06T16:00  4     | 2026-03-09T12:00
        -        2026-03-07T12:00  4     | 2026-03-09T13:00
        -        2026-03-02T12:00  16    | 2026-03-04T12:00
        -        2026-03-02T12:00  0     | 2026-03-02T12:00
        -        2026-04-02T16:00  4     | 2026-04-03T12:00
        DE       2026-04-02T16:00  4     | 2026-04-07T12:00
        FR       2026-04-02T16:00  4     | 2026-04-03T12:00
        FR       2026-04-03T16:00  4     | 2026-04-07T12:00
        US       2026-04-03T16:00  4     | 2026-04-06T12:00
        GB       2026-12-24T16:00  2     | 2026-12-29T10:00
        XX       2026-12-25T09:00  2     | 2026-12-25T11:00
        """, row => Assert.Equal(
            At(row["due"]),
            WorkingTime.After(At(row["from"]), row.Integer("hours"), WorkingCalendar.Usual with { Country = row["country"] is "-" or "" ? null : row["country"] })));

    [Fact]
    public void A_week_may_have_other_days_and_a_day_other_hours()
    {
        var gulf = WorkingCalendar.Usual with
        {
            Opens = new TimeOnly(7, 30), Closes = new TimeOnly(15, 30),
            Workdays = [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday],
        };
        Assert.Equal(At("2026-03-08T08:30"), WorkingTime.After(At("2026-03-05T14:30"), 2, gulf));
    }

    [Fact]
    public void What_was_entered_for_a_year_stands_in_place_of_what_is_computed()
    {
        var calendar = WorkingCalendar.Usual with { Country = "DE" };
        calendar = calendar with { Entered = calendar.Entered.Add(2026, [new Holiday(new DateOnly(2026, 3, 3), "Works council")]) };
        Assert.Equal(At("2026-03-04T10:00"), WorkingTime.After(At("2026-03-02T16:00"), 2, calendar));
        Assert.Equal(At("2026-04-03T10:00"), WorkingTime.After(At("2026-04-02T16:00"), 2, calendar));
        Assert.Equal(At("2027-03-30T10:00"), WorkingTime.After(At("2027-03-25T16:00"), 2, calendar));
    }

    [Fact]
    public void A_calendar_without_a_working_hour_ends_all_the_same() =>
        Assert.True(WorkingTime.After(At("2026-03-02T10:00"), 4, WorkingCalendar.Usual with { Workdays = [] }) > At("2035-01-01T00:00"));

    [Fact]
    public void Easter_and_what_moves_with_it_are_known() => Table.Check("""
        country  year | days
        DE       2026 | 01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26
        FR       2024 | 01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25
        GB       2022 | 01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27
        US       2027 | 01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24
        PL       2025 | 01-01 01-06 04-21 05-01 05-03 06-19 08-15 11-01 11-11 12-24 12-25 12-26
        """, row => Assert.Equal(
            row["days"].Split(' '),
            PublicHolidays.Of(row["country"], row.Integer("year")).Select(day => day.Date.ToString("MM-dd", CultureInfo.InvariantCulture))));

    static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}

using Aval.Company.Rules;
using Aval.Kernel;

namespace Aval.Company;

/// <summary>By when something is to be done.</summary>
/// <param name="On">The day of it in the company's time zone.</param>
public readonly record struct Deadline(DateTimeOffset At, DateOnly On)
{
    /// <summary>So many working hours of the company from now.</summary>
    public static Deadline In(Case @case, int hours) => After(@case, LocalNow(@case), hours);

    /// <summary>So many working hours from a local time of the company.</summary>
    public static Deadline After(Case @case, DateTime local, int hours)
    {
        var zone = ZoneOf(@case);
        var due = WorkingTime.After(local, hours, @case.Company.Get<CompanyFacts>().Calendar.Working);
        return new Deadline(new DateTimeOffset(due, zone.GetUtcOffset(due)).ToUniversalTime(), DateOnly.FromDateTime(due));
    }

    /// <summary>The business date may be another than the machine's; the time of day is the machine's.</summary>
    public static DateTime LocalNow(Case @case) => @case.Today.ToDateTime(TimeOnly.FromDateTime(Local(@case, @case.Now)));

    /// <summary>The company's local time at an instant.</summary>
    public static DateTime Local(Case @case, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, ZoneOf(@case)).DateTime;

    static TimeZoneInfo ZoneOf(Case @case) => HomeZone.In(@case.Company);
}

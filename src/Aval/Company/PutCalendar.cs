using System.Collections.Immutable;
using System.Globalization;
using Aval.Company.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Company;

/// <summary>When people work at the company.</summary>
/// <param name="Opens">Local time as <c>09:00</c>.</param>
/// <param name="Closes">Later on the same day.</param>
/// <param name="Workdays">At least one; Monday to Friday when absent.</param>
/// <param name="Country">Whose public holidays are free, as <c>FR</c>; no holidays when absent.</param>
public sealed record CalendarBody(string Opens, string Closes, IReadOnlyList<DayOfWeek>? Workdays = null, string? Country = null);

/// <summary>When people work at the company.</summary>
/// <param name="Countries">Those whose public holidays are computed; of any other the years must be entered.</param>
public sealed record CalendarAnswer(string Opens, string Closes, IReadOnlyList<DayOfWeek> Workdays, string? Country, IReadOnlyList<string> Countries)
{
    public static CalendarAnswer Of(Facts company)
    {
        var calendar = company.Get<CompanyFacts>().Calendar.Working;
        return new CalendarAnswer(
            OpeningHours.Text(calendar.Opens), OpeningHours.Text(calendar.Closes), calendar.Workdays, calendar.Country,
            [.. PublicHolidays.Countries.Order(StringComparer.Ordinal)]);
    }
}

/// <summary>Says when people work. Deadlines that run already stay as they were told.</summary>
public sealed record PutCalendar(CalendarBody Body) : Command
{
    public override string Name => "putCalendar";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Refuse()
    {
        if (TimeOf(Body.Opens) is not { } opens) return KernelProblems.Invalid("opens", "must be a time as 09:00");
        if (TimeOf(Body.Closes) is not { } closes) return KernelProblems.Invalid("closes", "must be a time as 17:00");
        if (closes <= opens) return KernelProblems.Invalid("closes", "must be later than opens");
        if (Body.Workdays is { Count: 0 }) return KernelProblems.Invalid("workdays", "must name at least one day");
        return Body.Country is { } country && !CountryCode.IsOne(country) ? KernelProblems.Invalid("country", CountryCode.Expected) : null;
    }

    public override Problem? Decide(Case @case)
    {
        var days = Body.Workdays is { } said ? [.. said.Distinct().Order()] : WorkingCalendar.Usual.Workdays;
        var hours = new OpeningHours(CompanyProfile.Main, Body.Country, TimeOf(Body.Opens)!.Value, TimeOf(Body.Closes)!.Value, days);
        if (@case.Company.Find<OpeningHours>(CompanyProfile.Main) is { } known && known with { Workdays = days } == hours && known.Workdays.SequenceEqual(days)) return null;
        @case.Put(OpeningHours.Table, hours);
        return null;
    }

    static TimeOnly? TimeOf(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    internal static void Map(Api api)
    {
        api.Put<CalendarBody, CalendarAnswer>(
            "/company/calendar", CompanyPermissions.KeepCalendar, "Says on which days and from when to when people work, and whose public holidays are free",
            (body, _) => new PutCalendar(body), async (_, request, cancel) => CalendarAnswer.Of(await request.Desk.CompanyAsync(cancel)));
        api.Get<CalendarAnswer>(
            "/company/calendar", Access.Permissions.Read, "When people work at the company: what deadlines count by",
            async (request, cancel) => CalendarAnswer.Of(await request.Desk.CompanyAsync(cancel)));
    }
}

/// <summary>Countries by their ISO 3166 alpha-2 code.</summary>
static class CountryCode
{
    public const string Expected = "must be an ISO 3166 code of two capitals";

    public static bool IsOne(string text) => text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'];
}

public static class CompanyPermissions
{
    public static readonly Permission KeepCalendar = new("keepCalendar", "masterData", "administrator");
}

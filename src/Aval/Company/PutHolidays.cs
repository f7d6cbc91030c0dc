using System.Collections.Immutable;
using System.Globalization;
using Aval.Company.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Company;

/// <param name="Name">What people call it.</param>
public sealed record HolidayBody(DateOnly Date, string Name);

/// <param name="Days">All public holidays of the year; none is possible.</param>
public sealed record HolidaysBody(IReadOnlyList<HolidayBody> Days);

/// <param name="Entered">Somebody has entered them; else they are computed, and named by the rule they follow.</param>
public sealed record HolidaysAnswer(string Country, int Year, bool Entered, IReadOnlyList<HolidayBody> Days);

/// <summary>Enters the public holidays of a country for a year, in place of the computed ones: regional days, a law of that year.</summary>
public sealed record PutHolidays(string Country, int Year, HolidaysBody Body) : Command
{
    const int MostDays = 100;
    const int LongestName = 100;

    public override string Name => "putHolidays";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Body.Days.Count > MostDays) return KernelProblems.Invalid("days", $"must be at most {MostDays}");
        for (var at = 0; at < Body.Days.Count; at++)
        {
            var (date, name) = Body.Days[at];
            if (date.Year != Year) return KernelProblems.Invalid($"days[{at}].date", $"must lie in {Year}");
            if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) return KernelProblems.Invalid($"days[{at}].name", $"must be 1 to {LongestName} characters");
            if (Body.Days.Take(at).Any(other => other.Date == date)) return KernelProblems.Invalid($"days[{at}].date", "is named before");
        }

        return null;
    }

    public override Problem? Decide(Case @case)
    {
        @case.Put(HolidayYear.Table, new HolidayYear(Country, Year, [.. Body.Days.OrderBy(day => day.Date).Select(day => new Holiday(day.Date, day.Name))]));
        return null;
    }

    internal static void Map(Api api)
    {
        api.Put<HolidaysBody, HolidaysAnswer>(
            "/holidays/{country}/{year}", CompanyPermissions.KeepCalendar, "Enters the public holidays of a country for a year",
            (body, request) => Place(request) is var (country, year) ? new PutHolidays(country, year, body) : Invalid(request),
            async (_, request, cancel) => Answer(await request.Desk.CompanyAsync(cancel), request));
        api.Get<HolidaysAnswer>(
            "/holidays/{country}/{year}", Access.Permissions.Read, "The public holidays of a country in a year: as entered, else as computed",
            async (request, cancel) => Place(request) is null ? Invalid(request) : Answer(await request.Desk.CompanyAsync(cancel), request));
    }

    static HolidaysAnswer Answer(Facts company, ApiRequest request)
    {
        var (country, year) = Place(request)!.Value;
        var known = company.Get<CompanyFacts>().Calendar;
        return new HolidaysAnswer(
            country, year, known.EnteredOf(country, year) is not null, [.. known.HolidaysOf(country, year).Select(day => new HolidayBody(day.Date, day.Name))]);
    }

    static (string Country, int Year)? Place(ApiRequest request) =>
        CountryCode.IsOne(request.Route("country"))
        && int.TryParse(request.Route("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2099
            ? (request.Route("country"), year)
            : null;

    static Problem Invalid(ApiRequest request) => CountryCode.IsOne(request.Route("country"))
        ? KernelProblems.Invalid("year", "must be from 2000 to 2099")
        : KernelProblems.Invalid("country", CountryCode.Expected);
}

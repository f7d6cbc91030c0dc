using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aval.Company.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Company;

/// <summary>When people work at the company, as it is kept.</summary>
public sealed record OpeningHours(string Company, string? Country, TimeOnly Opens, TimeOnly Closes, ImmutableArray<DayOfWeek> Workdays)
{
    public static readonly Table<OpeningHours> Table = new(
        "opening_hours",
        [
            ("company", ColumnKind.Text, hours => hours.Company),
            ("country", ColumnKind.Text, hours => hours.Country),
            ("opens", ColumnKind.Text, hours => Text(hours.Opens)),
            ("closes", ColumnKind.Text, hours => Text(hours.Closes)),
            ("workdays", ColumnKind.Json, hours => JsonSerializer.Serialize(hours.Workdays.Select(Words.Of), Json.Options)),
        ],
        party: null,
        read: v => new OpeningHours(
            v.Text(), v.TextOrNull(), Time(v.Text()), Time(v.Text()), [.. JsonSerializer.Deserialize<string[]>(v.Text(), Json.Options)!.Select(Words.Parse<DayOfWeek>)]));

    public static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>The public holidays of a country in a year, as somebody has entered them.</summary>
public sealed record HolidayYear(string Country, int Year, ImmutableArray<Holiday> Days)
{
    public string Key => KeyOf(Country, Year);

    public static string KeyOf(string country, int year) => string.Create(CultureInfo.InvariantCulture, $"{country}:{year}");

    public static readonly Table<HolidayYear> Table = new(
        "holiday_year",
        [
            ("key", ColumnKind.Text, year => year.Key),
            ("country", ColumnKind.Text, year => year.Country),
            ("year", ColumnKind.Whole, year => (long)year.Year),
            ("days", ColumnKind.Json, year => JsonSerializer.Serialize(year.Days, Json.Options)),
        ],
        party: null,
        read: v =>
        {
            v.Text();
            return new HolidayYear(v.Text(), (int)v.Whole(), [.. JsonSerializer.Deserialize<Holiday[]>(v.Text(), Json.Options)!]);
        });
}

/// <summary>When people work at the company.</summary>
public sealed record CalendarFacts
{
    public static readonly CalendarFacts Empty = new();

    ImmutableDictionary<string, HolidayYear> Years { get; init; } = ImmutableDictionary.Create<string, HolidayYear>(StringComparer.Ordinal);
    OpeningHours? Hours { get; init; }

    public WorkingCalendar Working { get; private init; } = WorkingCalendar.Usual;

    /// <summary>The holidays of a country in a year: as entered, else as computed.</summary>
    public ImmutableArray<Holiday> HolidaysOf(string country, int year) => EnteredOf(country, year)?.Days ?? PublicHolidays.Of(country, year);

    public HolidayYear? EnteredOf(string country, int year) => Years.GetValueOrDefault(HolidayYear.KeyOf(country, year));

    public CalendarFacts With(object row) => row switch
    {
        OpeningHours hours => (this with { Hours = hours }).Compiled(),
        HolidayYear year => (this with { Years = Years.SetItem(year.Key, year) }).Compiled(),
        _ => this,
    };

    public CalendarFacts Without(object row) => row switch
    {
        OpeningHours => (this with { Hours = null }).Compiled(),
        HolidayYear year => (this with { Years = Years.Remove(year.Key) }).Compiled(),
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(HolidayYear) ? Years.GetValueOrDefault(key) : row == typeof(OpeningHours) && Hours?.Company == key ? Hours : null;

    CalendarFacts Compiled() => this with
    {
        Working = Hours is not { } hours ? WorkingCalendar.Usual : new WorkingCalendar(hours.Country, hours.Opens, hours.Closes, hours.Workdays)
        {
            Entered = Years.Values.Where(year => year.Country == hours.Country).ToImmutableDictionary(year => year.Year, year => year.Days),
        },
    };
}

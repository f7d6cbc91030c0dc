using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Company;

/// <summary>The company whose orders are checked: its currency is the policy's where that names none, its midnight moves the business date.</summary>
/// <param name="TimeZone">An IANA name, as <c>Europe/Paris</c>.</param>
public sealed record CompanyProfile(string Number, string Name, Currency Currency, string TimeZone)
{
    /// <summary>The number of the one company that a new store has.</summary>
    public const string Main = "MAIN";

    public static readonly Table<CompanyProfile> Table = new(
        "company_profile",
        [
            ("number", ColumnKind.Text, company => company.Number),
            ("name", ColumnKind.Text, company => company.Name),
            ("currency", ColumnKind.Text, company => company.Currency.Code),
            ("time_zone", ColumnKind.Text, company => company.TimeZone),
        ],
        party: null,
        read: values => new CompanyProfile(values.Text(), values.Text(), values.Currency(), values.Text()));
}

/// <summary>What is known of the company, and when people work there.</summary>
public sealed record CompanyFacts(CompanyProfile? Main) : IFactsSlice
{
    public CalendarFacts Calendar { get; private init; } = CalendarFacts.Empty;

    public IFactsSlice With(object row) => row switch
    {
        CompanyProfile company => this with { Main = company },
        OpeningHours or HolidayYear => this with { Calendar = Calendar.With(row) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        CompanyProfile => this with { Main = null },
        OpeningHours or HolidayYear => this with { Calendar = Calendar.Without(row) },
        _ => this,
    };

    public object? Find(Type row, string key) => row == typeof(CompanyProfile) ? Main?.Number == key ? Main : null : Calendar.Find(row, key);

    public IEnumerable<object> RowsOf(string party) => [];
}

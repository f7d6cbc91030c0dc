using Aval.Kernel;
using Aval.Web;

namespace Aval.Company;

/// <summary>The company's time zone, by its facts; UTC before there are any.</summary>
sealed class HomeZone : IHomeZone
{
    public TimeZoneInfo Of(Facts company) => In(company);

    public static TimeZoneInfo In(Facts company) => TimeZoneInfo.FindSystemTimeZoneById(company.Get<CompanyFacts>().Main?.TimeZone ?? "UTC");
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Company;

/// <summary>The company and its business date: made when a store starts, moved at midnight or by hand.</summary>
public sealed class CompanyCapability : ICapability
{
    public string Name => "Company";
    public IReadOnlyList<Table> Tables => [CompanyProfile.Table, OpeningHours.Table, HolidayYear.Table];
    public IFactsSlice EmptyFacts => new CompanyFacts(Main: null);
    public IReadOnlyList<ProblemKind> Problems => [CompanyProblems.ClockIsReal];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<DueRoots>();
        services.AddSingleton<IHomeZone, HomeZone>();
        services.AddHostedService<Midnight>();
        services.AddHostedService<NightWork>();
    }

    public void Map(Api api)
    {
        ReadCompany.Map(api);
        MoveClock.Map(api);
        PutCalendar.Map(api);
        PutHolidays.Map(api);
    }
}

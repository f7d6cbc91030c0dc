using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Reports.Forms;
using Aval.Reports.Screens;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Reports;

/// <summary>What receivables look like on any day, in rows for people, spreadsheets and programs. It keeps nothing.</summary>
public sealed class ReportsCapability : ICapability
{
    public string Name => "Reports";

    public void AddServices(IServiceCollection services) => services.AddSingleton<IListWriter, ListWriter>();

    public void Map(Api api)
    {
        ReadReports.Map(api);
        Reconcile.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ReportPages.Map(pages);
}

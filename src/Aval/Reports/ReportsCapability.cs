using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Reports.Screens;
using Microsoft.AspNetCore.Routing;

namespace Aval.Reports;

/// <summary>What receivables look like on any day, in rows for people, spreadsheets and programs. It keeps nothing.</summary>
public sealed class ReportsCapability : ICapability
{
    public string Name => "Reports";

    public void Map(Api api)
    {
        ReadReports.Map(api);
        Reconcile.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ReportPages.Map(pages);
}

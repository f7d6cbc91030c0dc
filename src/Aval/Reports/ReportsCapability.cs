using Aval.Kernel;
using Aval.Kernel.Web;

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
}

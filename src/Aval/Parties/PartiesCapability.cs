using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Parties;

/// <summary>Customers, payers and groups.</summary>
public sealed class PartiesCapability : ICapability
{
    public string Name => "Parties";
    public IReadOnlyList<Table> Tables { get; } = [PartiesFacts.Table];
    public IFactsSlice EmptyFacts => PartiesFacts.Empty;
    public ISight Sight { get; } = new SalesSight();
    public IReadOnlyList<ProblemKind> Problems => PartyProblems.All;

    public void Map(Api api)
    {
        PutCustomer.Map(api);
        GetCustomer.Map(api);
        HoldAccount.Map(api);
        UnholdAccount.Map(api);
        RecordDunning.Map(api);
        api.HaveEditions("/customers/{number}", "/customers/{number}/hold", "/customers/{number}/unhold", "/customers/{number}/dunning-level");
    }

    public void MapPages(IEndpointRouteBuilder pages) => ListCustomers.MapPages(pages);
}

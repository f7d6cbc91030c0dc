using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies.Screens;
using Microsoft.AspNetCore.Routing;

namespace Aval.Policies;

/// <summary>The rules of the house in immutable versions: drafted by one person, activated by another.</summary>
public sealed class PoliciesCapability : ICapability
{
    public string Name => "Policies";
    public IReadOnlyList<Table> Tables { get; } = [PolicyVersion.Table, PolicyDraft.Table];
    public IFactsSlice EmptyFacts => PoliciesFacts.Empty;
    public IReadOnlyList<ProblemKind> Problems => PolicyProblems.All;

    public void Map(Api api)
    {
        ReadPolicies.Map(api);
        ComparePolicies.Map(api);
        PutDraft.Map(api);
        ActivateDraft.Map(api);
        api.HaveEditions("/policies/draft", "/policies/draft/activate");
    }

    public void MapPages(IEndpointRouteBuilder pages) => ShowPolicies.MapPages(pages);
}

using Aval.Kernel;
namespace Aval.Policies;
public sealed class PoliciesCapability : ICapability
{
    public string Name => "Policies";
    public IFactsSlice EmptyFacts => PoliciesFacts.Empty;
}

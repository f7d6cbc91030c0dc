using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Decisions;

/// <summary>What people decided about blocks, and what has become of the conditions. Taking decisions and executing them are other capabilities.</summary>
public sealed class DecisionsCapability : ICapability
{
    public string Name => "Decisions";
    public IReadOnlyList<Table> Tables { get; } = [DecisionsFacts.Table, DecisionsFacts.ExceptionTable];
    public IFactsSlice EmptyFacts => DecisionsFacts.Empty;
    public IDue Due { get; } = new DecisionsDue();
    public IReadOnlyList<IReaction> Reactions { get; } = [new KeepConditions()];
}

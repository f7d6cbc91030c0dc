using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Work;

/// <summary>What is to be done, by whom and by when. Who puts it there and who does it are other capabilities.</summary>
public sealed class WorkCapability : ICapability
{
    public string Name => "Work";
    public IReadOnlyList<Table> Tables { get; } = [WorkFacts.Table];
    public IFactsSlice EmptyFacts => WorkFacts.Empty;
    public IDue Due { get; } = new LateWork();
}

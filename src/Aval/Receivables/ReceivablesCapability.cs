using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Receivables;

/// <summary>Invoices, credit notes, receipts, allocations and write-offs: what customers owe, and how old it is.</summary>
public sealed class ReceivablesCapability : ICapability
{
    public string Name => "Receivables";
    public IReadOnlyList<Table> Tables => ReceivablesTables.All;
    public IFactsSlice EmptyFacts => ReceivablesFacts.Empty;
    public IReaction Reaction { get; } = new OutlivedDeposits();
    public IReadOnlyList<ProblemKind> Problems => ReceivablesProblems.All;
}

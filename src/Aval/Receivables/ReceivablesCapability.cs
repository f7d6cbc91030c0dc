using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Receivables;

/// <summary>Invoices, credit notes, receipts, allocations and write-offs: what customers owe, and how old it is.</summary>
public sealed class ReceivablesCapability : ICapability
{
    public string Name => "Receivables";
    public IReadOnlyList<Table> Tables => ReceivablesTables.All;
    public IFactsSlice EmptyFacts => ReceivablesFacts.Empty;
    public IReadOnlyList<IReaction> Reactions => [new Upkeep(), new RejectedInvoices(), new LateBilling()];
    public IDue? Due => new LateBilling();
    public IReadOnlyList<ProblemKind> Problems => ReceivablesProblems.All;

    public void AddServices(IServiceCollection services) => services.AddSingleton<OwedNow>();

    public void MapPages(IEndpointRouteBuilder pages)
    {
        ListInvoices.MapPages(pages);
        ListAging.MapPages(pages);
    }

    public void Map(Api api)
    {
        PostInvoice.Map(api);
        IssueInvoice.Map(api);
        TellInvoiceStage.Map(api);
        PostCreditNote.Map(api);
        PostReceipt.Map(api);
        ClearReceipt.Map(api);
        AllocateReceipt.Map(api);
        WriteOff.Map(api);
        RefundReceipt.Map(api);
        RefundCreditNote.Map(api);
        ReadExchangeDifferences.Map(api);
        TransferReceipt.Map(api);
        ReverseWithdrawal.Map(api);
        PutOnAccount.Map(api);
        ReadAging.Map(api);
        ReadPortfolioAging.Map(api);
        ReadBehaviour.Map(api);
    }
}

using Aval.Disputes.Screens;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Disputes;

/// <summary>Disputes: parts of invoices that customers do not want to pay, as cases with an owner.</summary>
public sealed class DisputesCapability : ICapability
{
    public string Name => "Disputes";
    public IReadOnlyList<Table> Tables { get; } = [DisputesFacts.Table, DisputesFacts.RecordTable, DisputesFacts.EvidenceTable];
    public IFactsSlice EmptyFacts => DisputesFacts.Empty;
    public IReadOnlyList<IReaction> Reactions => [new FollowDisputes()];
    public IReadOnlyList<ProblemKind> Problems => DisputeProblems.All;

    public void MapPages(IEndpointRouteBuilder pages) => ListDisputes.MapPages(pages);

    public void Map(Api api)
    {
        RecordDispute.Map(api);
        ChangeDispute.Map(api);
        AnswerQualification.Map(api);
        AddEvidence.Map(api);
        ReadDisputes.Map(api);
        ReadUndisputed.Map(api);
        api.HaveEditions("/disputes/{number}");
    }
}

/// <summary>How calls about disputes are refused, in order of precedence.</summary>
public static class DisputeProblems
{
    public static readonly ProblemKind DisputeUnknown = new("dispute-unknown", 404, "There is no such dispute",
        "Record the dispute with POST /disputes, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind DisputeEnded = new("dispute-ended", 409, "The dispute was rejected or closed",
        "Record a new dispute when the customer raises it again.");
    public static readonly ProblemKind DisputeExceedsInvoice = new("dispute-exceeds-invoice", 422, "More is disputed than is open of the invoice",
        "Dispute at most what GET /invoices/{number} shows as open, less its other disputes: an amount is in one dispute at a time.")
        { OnScreens = "Dispute at most what is open of the invoice, less its other disputes: an amount is in one dispute at a time." };

    public static IReadOnlyList<ProblemKind> All { get; } = [DisputeUnknown, DisputeEnded, DisputeExceedsInvoice];
}

/// <summary>Who may do what with disputes.</summary>
public static class DisputePermissions
{
    public static readonly Permission Record = new(
        "recordDisputes", "customerService", "accountsReceivable", "collector", "billing", "sales", "quality", "creditAnalyst", "creditManager");

    /// <summary>Saying whose fault it is may free headroom: it needs the right of quality or of credit.</summary>
    public static readonly Permission Qualify = new("qualifyDisputes", "quality", "creditAnalyst", "creditManager");
    public static readonly Permission Read = new("readDisputes", Permission.EveryRole);
}

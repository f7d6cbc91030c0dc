using Aval.Blocks;
using Aval.Cash;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Receivables;
using Aval.Statements;
using Aval.Web;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>Where a line of a work list leads: to the page whose form does it. What no document's page has a form for is done on the line's own page.</summary>
public static class WorkPlace
{
    /// <summary>For whoever it is theirs to do, the page on which it is done; for others the document, to be read.</summary>
    public static string Of(WorkItem item, Actor actor) => WhoseWork.IsOf(item, actor) ? DoneAt(item, actor) ?? Links.Work(item.Id) : DocumentOf(item, actor);

    /// <summary>The page of a document on which this actor does it; null where there is none.</summary>
    public static string? DoneAt(WorkItem item, Actor actor) => Unseen.Is(item.Subject) ? null : item.Kind switch
    {
        // Who neither decides nor completes reads the block and hands the line over.
        WorkKind.Decide or WorkKind.Confirm => DecisionPermissions.DecideBlocks.IsGrantedTo(actor) || OrderPermissions.EnterOrders.IsGrantedTo(actor)
            ? DocumentOf(item, actor)
            : null,
        WorkKind.Mend => item.Order is { } order && CompleteOrder.Mends(item.Code) && OrderPermissions.EnterOrders.IsGrantedTo(actor)
            ? Links.Order(order) + "#" + CompleteOrder.Anchor
            : null,
        WorkKind.Defect => IsOfDispute(item) ? DisputePermissions.Record.IsGrantedTo(actor) ? Links.Dispute(item.Subject) : null
            : IsReceipt(item) && CashPermissions.Match.IsGrantedTo(actor) ? Links.Receipt(item.Subject) : null,
        WorkKind.Challenge or WorkKind.Appeal or WorkKind.LimitRequest or WorkKind.GuaranteeRequest or WorkKind.CoverRequest or WorkKind.QualificationRequest
            or WorkKind.RiskClassRequest => null,
    };

    /// <summary>What it is about, as this actor may read it: the block, the document, the order that waits, or the customer.</summary>
    public static string DocumentOf(WorkItem item, Actor actor) => item switch
    {
        { Kind: WorkKind.Decide or WorkKind.Confirm or WorkKind.Appeal, Block: { } block } => Links.Block(block),
        { Kind: WorkKind.Defect or WorkKind.QualificationRequest } when !Unseen.Is(item.Subject) && OfDefect(item, actor) is { } document => document,
        { Order: { } order } => Links.Order(order),
        _ => Links.Customer(item.Customer),
    };

    static string? OfDefect(WorkItem item, Actor actor) => item.Kind == WorkKind.QualificationRequest || IsOfDispute(item) ? Links.Dispute(item.Subject)
        : IsReceipt(item) ? StatementPermissions.Read.IsGrantedTo(actor) ? Links.Receipt(item.Subject) : null
        : item.Code == Words.Of(DefectKind.RejectedInvoice) || item.Code == LateBilling.NotSent
            ? ReceivablesPermissions.Read.IsGrantedTo(actor) ? Links.Invoice(item.Subject) : null
        : item.Code == LateBilling.Unbilled ? Links.Order(item.Subject) : null;

    static bool IsReceipt(WorkItem item) => item.Code == Words.Of(DefectKind.UnappliedReceipt);

    static bool IsOfDispute(WorkItem item) =>
        item.Code is DisputeReviews.Code || item.Code == Words.Of(DefectKind.CompanyFaultDispute) || DisputeSteps.All.Contains(item.Code);
}

using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Web;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>Work as the screens say it.</summary>
static class WorkWords
{
    /// <summary>What is to be done, without the subject that stands behind it.</summary>
    public static string ToDo(WorkItem item) => item.Kind switch
    {
        WorkKind.Decide => item.Code == Words.Of(Triage.Complete) ? "Complete order" : "Decide about order",
        WorkKind.Confirm => "Confirm the decision about order",
        WorkKind.Mend => CheckWords.OfCode(item.Code) + ":",
        WorkKind.Defect when item.Code == DisputeReviews.Code => "Say whose fault it is: dispute",
        WorkKind.Defect when item.Code == LateBilling.NotSent => "Send the invoice",
        WorkKind.Defect when item.Code == LateBilling.Unbilled => "Bill what was delivered of order",
        WorkKind.Defect => Words.TryParse<DefectKind>(item.Code, out var defect) ? Of(defect) : Say.Capital(Say.Word(item.Code)),
        WorkKind.Challenge => "Answer the challenge of the limit of",
        WorkKind.Appeal => "Answer the appeal for order",
        WorkKind.LimitRequest => Approve(item, "limit"),
        WorkKind.GuaranteeRequest => Approve(item, "guarantee"),
        WorkKind.CoverRequest => Approve(item, "insurance cover"),
        WorkKind.QualificationRequest => Approve(item, "as our own fault dispute"),
        WorkKind.RiskClassRequest => Approve(item, "a better risk class of"),
    };

    static string Approve(WorkItem item, string what) => (item.Code == Approvals.ForSecondPerson ? "Approve as the second person " : "Approve or refuse ") + what;

    public static string Of(DefectKind defect) => defect switch
    {
        DefectKind.CompanyFaultDispute => "Credit what is our fault: dispute",
        DefectKind.PromisedCreditNote => "Issue the promised credit note",
        DefectKind.RejectedInvoice => "Correct the rejected invoice",
        DefectKind.UnappliedReceipt => "Apply receipt",
    };

    public static string Of(WorkKind kind) => kind switch
    {
        WorkKind.Decide => "Orders to decide or complete",
        WorkKind.Confirm => "Decisions to confirm",
        WorkKind.Mend => "Findings to mend",
        WorkKind.Defect => "Our own errors",
        WorkKind.Challenge => "Challenged limits",
        WorkKind.Appeal => "Appeals",
        WorkKind.LimitRequest => "Limits asked for",
        WorkKind.GuaranteeRequest => "Guarantees to approve",
        WorkKind.CoverRequest => "Insurance covers to approve",
        WorkKind.QualificationRequest => "Disputes to approve as our fault",
        WorkKind.RiskClassRequest => "Better risk classes to approve",
    };

    public static string Owner(string owner) => Words.TryParse<OwnerFunction>(owner, out var function) ? CheckWords.Of(function) : Say.Capital(Say.Word(owner));

    public static string? KindOf(WorkClock clock) => clock switch
    {
        WorkClock.Late => "risk",
        WorkClock.DueToday => "wait",
        WorkClock.Running or WorkClock.Waits => null,
    };
}

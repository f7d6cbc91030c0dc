using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Web;
using Aval.Work.Rules;
using static Aval.Web.Translated;

namespace Aval.Casework;

/// <summary>Work as the screens say it.</summary>
static class WorkWords
{
    /// <summary>What is to be done, without the subject that stands behind it.</summary>
    public static string ToDo(WorkItem item) => item.Kind switch
    {
        WorkKind.Decide => item.Code == Words.Of(Triage.Complete) ? T("Complete order") : T("Decide about order"),
        WorkKind.Confirm => T("Confirm the decision about order"),
        WorkKind.Mend => T("{0}:", CheckWords.OfCode(item.Code)),
        WorkKind.Defect when item.Code == "disputeToOwn" => T("Say who looks into dispute"),
        WorkKind.Defect when item.Code == "disputeToResolve" => T("Settle dispute"),
        WorkKind.Defect when item.Code == "creditNoteToIssue" => T("Issue the credit note for dispute"),
        WorkKind.Defect when item.Code is "disputeToQualify" or DisputeReviews.Code => T("Say whose fault it is: dispute"),
        WorkKind.Defect when item.Code == LateBilling.NotSent => T("Send the invoice"),
        WorkKind.Defect when item.Code == LateBilling.Unbilled => T("Bill what was delivered of order"),
        WorkKind.Defect => Words.TryParse<DefectKind>(item.Code, out var defect) ? Of(defect) : Say.Capital(Say.Word(item.Code)),
        WorkKind.Challenge => T("Answer the challenge of the limit of"),
        WorkKind.Appeal => T("Answer the appeal for order"),
        WorkKind.LimitRequest => Approve(item, T("limit")),
        WorkKind.GuaranteeRequest => Approve(item, T("guarantee")),
        WorkKind.CoverRequest => Approve(item, T("insurance cover")),
        WorkKind.QualificationRequest => Approve(item, T("as our own fault dispute")),
        WorkKind.RiskClassRequest => Approve(item, T("a better risk class of")),
    };

    static string Approve(WorkItem item, string what) => item.Code == Approvals.ForSecondPerson ? T("Approve as the second person: {0}", what) : T("Approve or refuse: {0}", what);

    public static string Of(DefectKind defect) => defect switch
    {
        DefectKind.CompanyFaultDispute => T("Credit what is our fault: dispute"),
        DefectKind.PromisedCreditNote => T("Issue the promised credit note"),
        DefectKind.RejectedInvoice => T("Correct the rejected invoice"),
        DefectKind.UnappliedReceipt => T("Apply receipt"),
    };

    public static string Of(WorkKind kind) => kind switch
    {
        WorkKind.Decide => T("Orders to decide or complete"),
        WorkKind.Confirm => T("Decisions to confirm"),
        WorkKind.Mend => T("Findings to mend"),
        WorkKind.Defect => T("Our own errors"),
        WorkKind.Challenge => T("Challenged limits"),
        WorkKind.Appeal => T("Appeals"),
        WorkKind.LimitRequest => T("Limits asked for"),
        WorkKind.GuaranteeRequest => T("Guarantees to approve"),
        WorkKind.CoverRequest => T("Insurance covers to approve"),
        WorkKind.QualificationRequest => T("Disputes to approve as our fault"),
        WorkKind.RiskClassRequest => T("Better risk classes to approve"),
    };

    public static string Owner(string owner) => Words.TryParse<OwnerFunction>(owner, out var function) ? CheckWords.Of(function) : Say.Capital(Say.Role(owner));

    public static string? KindOf(WorkClock clock) => clock switch
    {
        WorkClock.Late => "risk",
        WorkClock.DueToday => "wait",
        WorkClock.Running or WorkClock.Waits => null,
    };
}

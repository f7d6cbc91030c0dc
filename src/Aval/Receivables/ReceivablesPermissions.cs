using Aval.Kernel;

namespace Aval.Receivables;

/// <summary>Who may do what with receivables.</summary>
public static class ReceivablesPermissions
{
    public static readonly Permission PostInvoices = new("postInvoices", "billing");
    public static readonly Permission TellInvoiceStages = new("tellInvoiceStages", "billing");
    public static readonly Permission PostCreditNotes = new("postCreditNotes", "billing");
    public static readonly Permission RecordReceipts = new("recordReceipts", "accountsReceivable");
    public static readonly Permission AllocateReceipts = new("allocateReceipts", "accountsReceivable");
    public static readonly Permission WriteOff = new("writeOff", "accountsReceivable", "finance");
    public static readonly Permission WriteOffBeyondPolicy = new("writeOffBeyondPolicy", "finance");
    public static readonly Permission Refund = new("refundReceipts", "finance");
    public static readonly Permission Transfer = new("transferReceipts", "accountsReceivable");
    public static readonly Permission Read = new("readReceivables", Permission.EveryRole);
}

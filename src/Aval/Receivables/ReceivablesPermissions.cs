using Aval.Kernel;

namespace Aval.Receivables;

/// <summary>Who may do what with receivables.</summary>
public static class ReceivablesPermissions
{
    public static readonly Permission PostInvoices = new("postInvoices", "billing");
    public static readonly Permission PostCreditNotes = new("postCreditNotes", "billing");
    public static readonly Permission RecordReceipts = new("recordReceipts", "accountsReceivable");
    public static readonly Permission AllocateReceipts = new("allocateReceipts", "accountsReceivable");
    public static readonly Permission WriteOff = new("writeOff", "accountsReceivable", "finance");

    public static readonly Permission ReadReceivables = new(
        "readReceivables",
        "leadership", "creditManager", "creditAnalyst", "accountsReceivable", "collector", "orderManager", "customerService", "sales", "billing", "quality", "masterData",
        "finance", "administrator");
}

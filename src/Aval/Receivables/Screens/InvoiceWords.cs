using Aval.Receivables.Rules;
using static Aval.Web.Translated;

namespace Aval.Receivables;

/// <summary>Invoices as the screens say them.</summary>
public static class InvoiceWords
{
    public static InvoiceState StateOf(Invoice invoice, DateOnly today) =>
        invoice.Draft ? InvoiceState.Draft : !invoice.IsOpen ? InvoiceState.Settled : invoice.DueDate < today ? InvoiceState.Overdue : InvoiceState.Open;

    public static string Of(InvoiceState state) => state switch
    {
        InvoiceState.Open => T("Open#invoice"),
        InvoiceState.Overdue => T("Overdue"),
        InvoiceState.Settled => T("Settled"),
        InvoiceState.Draft => T("Draft"),
    };

    public static string? KindOf(InvoiceState state) => state switch
    {
        InvoiceState.Overdue => "risk",
        InvoiceState.Settled => "good",
        InvoiceState.Draft => "wait",
        InvoiceState.Open => null,
    };

    public static string Of(InvoiceStage stage) => stage switch
    {
        InvoiceStage.Issued => T("Issued"),
        InvoiceStage.Sent => T("Sent"),
        InvoiceStage.Received => T("Received by the customer"),
        InvoiceStage.Approved => T("Approved by the customer"),
        InvoiceStage.Rejected => T("Rejected by the customer"),
        InvoiceStage.Corrected => T("Corrected"),
    };

    public static string Of(AgingBucket bucket) => bucket switch
    {
        AgingBucket.NotDue => T("Not due"),
        AgingBucket.D1to30 => T("1 to 30 days"),
        AgingBucket.D31to60 => T("31 to 60 days"),
        AgingBucket.D61to90 => T("61 to 90 days"),
        AgingBucket.Over90 => T("Over 90 days"),
    };

    public static string Of(PartKind kind) => kind switch
    {
        PartKind.Disputed => T("Disputed"),
        PartKind.Promised => T("Promised to be paid"),
        PartKind.ToBeCredited => T("Promised to be credited"),
    };

    public static string Of(SettlementSource source) => source switch
    {
        SettlementSource.Receipt => T("Receipt"),
        SettlementSource.CreditNote => T("Credit note"),
        SettlementSource.WriteOff => T("Write-off"),
    };
}

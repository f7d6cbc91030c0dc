using Aval.Kernel;

namespace Aval.Simulation;

// One record a file of a history folder; the field names are the API's.
record struct CustomerRow(
    string Number, string Name, string Country, Currency Currency, string PaymentTerms, string? Payer, string? Group, string? VatId,
    string? Line1, string? City, string? PostalCode, string? RiskClass, DateOnly CustomerSince, bool LargeAccount,
    bool PurchaseOrderRequired, string? PurchaseOrderPattern, bool BuyerReferenceRequired, string? Portal, string Segment);
record struct LimitRow(
    string Customer, string? Level, string Kind, string Limit, Money? Amount, Currency Currency,
    DateOnly ValidFrom, DateOnly? ValidTo, string? Mode, string Reason);
record struct RateRow(DateOnly Date, Currency Base, Currency Currency, decimal Rate);
record struct OrderRow(
    string Number, string Customer, Currency Currency, DateOnly OrderDate, DateOnly ShipDate,
    string? PaymentTerms, string? PurchaseOrder, string? BuyerReference);
record struct OrderLineRow(
    string Order, int Line, string Item, string Description, int Quantity, decimal UnitPrice, int TaxRate,
    int DiscountPercent, string? DiscountApproval, decimal ListPrice, decimal UnitCost);
record struct DeliveryRow(string Order, DateOnly Date, int Line, int Quantity);
record struct InvoiceRow(string Number, string Customer, string? Order, DateOnly Date, DateOnly DueDate, Money Amount);
record struct CreditNoteRow(string Number, string Customer, string Invoice, DateOnly Date, Money Amount);
record struct ReceiptRow(string Number, string Payer, DateOnly Date, Money Amount, string? Reference, bool Cleared, string? DepositFor);
record struct AllocationRow(string Receipt, string Invoice, Money Amount, DateOnly Date);
record struct CancellationRow(string Order, DateOnly Date, string Reason);
record struct WriteOffRow(string Number, string Invoice, DateOnly Date, Money Amount, string Reason);
record struct HoldRow(string Customer, DateOnly Date, bool Hold, string Reason);
record struct DisputeRow(string Number, string Invoice, Money Amount, string Reason, string Legitimacy, string Owner, DateOnly Date, string Note);
record struct PromiseRow(string Number, string Customer, string Invoice, Money Amount, DateOnly Date, DateOnly Made, string Note);
record struct CreditNotePromiseRow(string Number, string Customer, string Invoice, Money Amount, string Reason, string Owner, DateOnly DueBy, DateOnly Date);
record struct GuaranteeRow(string Number, string Customer, string Kind, Money Amount, DateOnly ValidFrom, DateOnly ValidTo, string Issuer);
record struct CoverRow(
    string Number, string Customer, string Kind, Money Amount, DateOnly ValidFrom, DateOnly ValidTo, int Percent, int MaximumExtensionDays, string Insurer);

/// <summary>All rows of one customer, each list in date order.</summary>
sealed class CustomerHistory
{
    public required CustomerRow Customer { get; init; }
    public List<LimitRow> Limits { get; } = [];
    public List<OrderRow> Orders { get; } = [];
    public List<OrderLineRow> Lines { get; } = [];
    public List<DeliveryRow> Deliveries { get; } = [];
    public List<InvoiceRow> Invoices { get; } = [];
    public List<CreditNoteRow> CreditNotes { get; } = [];
    public List<ReceiptRow> Receipts { get; } = [];
    public List<AllocationRow> Allocations { get; } = [];
    public List<CancellationRow> Cancellations { get; } = [];
    public List<WriteOffRow> WriteOffs { get; } = [];
    public List<HoldRow> Holds { get; } = [];
    public List<DisputeRow> Disputes { get; } = [];
    public List<PromiseRow> Promises { get; } = [];
    public List<CreditNotePromiseRow> CreditNotePromises { get; } = [];
    public List<GuaranteeRow> Guarantees { get; } = [];
    public List<CoverRow> Covers { get; } = [];
}

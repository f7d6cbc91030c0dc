using Aval.Cover;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Limits;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Rates;
using Aval.Receivables;

namespace Aval.Import;

// Rows that are not a body of the API: what its address says stands in columns, and what its lists hold in rows.
public sealed record RateRow(DateOnly Date, Currency Base, Currency Currency, decimal Rate);
public sealed record HoldRow(string Customer, DateOnly Date, HoldAct Hold, string Reason);
public sealed record DeliveryRow(string Order, DateOnly Date, int Line, Quantity Quantity);
public sealed record PromiseRow(
    string Number, string Customer, string Invoice, decimal Amount, DateOnly Date, PromiseKind Kind = PromiseKind.Promise, DateOnly? Made = null, string? Contact = null,
    string? Note = null);
public sealed record AllocationRow(string Receipt, string Invoice, decimal Amount, DateOnly? Date = null);
public sealed record CancellationRow(string Order, string Reason, DateOnly? Date = null);

/// <summary>What a row of holds does.</summary>
public enum HoldAct { Hold, Unhold }

/// <summary>The kinds of files, in the order in which a replay takes them within a day.</summary>
public static class Kinds
{
    public static IReadOnlyList<Kind> All { get; } =
    [
        new Kind<RateRow>("rates", Header.Plain<RateRow>, RatesOf, _ => null) { Day = "date", Together = ["date", "base"], ChangesStructure = true },
        new Kind<Keyed<CustomerBody>>("customers", Header.Keyed<CustomerBody>("number"), rows => new PutCustomer(rows[0].Key, rows[0].Body), _ => null)
        {
            ChangesStructure = true, Bulk = new BulkKind<Keyed<CustomerBody>>(
                "importCustomers", null, [PartiesFacts.Table], Header.Keyed<CustomerBody>("number"), _ => null,
                row => new BulkRow(new PutCustomer(row.Key, row.Body), row.Key, row.Key, null) { Above = new Above(row.Body.Payer.Value, row.Body.Group.Value) }),
        },
        new Kind<LimitBody>("limits", Header.Plain<LimitBody>, rows => new RecordLimit(rows[0]), row => Of(row.Amount, row.Currency))
        {
            KeyedByContent = true, Bulk = new BulkKind<LimitBody>(
                "importLimits", PartyProblems.CustomerUnknown, [PartiesFacts.Table, LimitsFacts.Table], Header.Plain<LimitBody>, _ => null,
                row => BulkRow.ByContent("limits", row, new RecordLimit(row), row.Customer, Of(row.Amount, row.Currency))),
        },
        new Kind<HoldRow>("holds", Header.Plain<HoldRow>, HoldOf, _ => null) { Day = "date", KeyedByContent = true },
        new Kind<GuaranteeBody>("guarantees", Header.Plain<GuaranteeBody>, rows => new RecordGuarantee(rows[0]), row => Of(row.Amount, row.Currency)),
        new Kind<InsuranceCoverBody>("insurance-covers", Header.Plain<InsuranceCoverBody>, rows => new RecordCover(rows[0]), row => Of(row.Amount, row.Currency)),
        new OrderKind { Day = "orderDate", LinesFile = "order-lines.csv" },
        new Kind<DeliveryRow>("deliveries", Header.Plain<DeliveryRow>, DeliveryOf, row => new Amount("units", row.Quantity.Value))
        {
            Day = "date", Together = ["order", "date"], KeyedByContent = true,
        },
        new Kind<InvoiceBody>("invoices", Header.Plain<InvoiceBody>, rows => new PostInvoice(rows[0]), row => Of(row.Amount, row.Currency))
        {
            Day = "date", Bulk = new BulkKind<InvoiceBody>(
                "importInvoices", PartyProblems.CustomerUnknown, [PartiesFacts.Table], Header.Plain<InvoiceBody>, InvoiceRows.Of,
                row => new BulkRow(new PostInvoice(row), row.Number, row.Customer, new Amount(row.Currency.Code, row.Amount))),
        },
        new Kind<CreditNoteBody>("credit-notes", Header.Plain<CreditNoteBody>, rows => new PostCreditNote(rows[0]), row => Of(row.Amount, row.Currency)) { Day = "date" },
        new Kind<DisputeBody>("disputes", Header.Plain<DisputeBody>, rows => new RecordDispute(rows[0]), row => new Amount("of invoices", row.Amount)) { Day = "date" },
        new Kind<PromiseRow>("promises", Header.Plain<PromiseRow>, PromiseOf, row => new Amount("of invoices", row.Amount)) { Day = "made", Together = ["number"] },
        new Kind<CreditNotePromiseBody>(
            "credit-note-promises", Header.Plain<CreditNotePromiseBody>, rows => new PromiseCreditNote(rows[0]), row => new Amount("of invoices", row.Amount)) { Day = "date" },
        new Kind<ReceiptBody>("receipts", Header.Plain<ReceiptBody>, rows => new PostReceipt(rows[0]), row => Of(row.Amount, row.Currency))
        {
            Day = "date", Bulk = new BulkKind<ReceiptBody>(
                "importReceipts", PartyProblems.CustomerUnknown, [PartiesFacts.Table], Header.Plain<ReceiptBody>, _ => null,
                row => new BulkRow(new PostReceipt(row), row.Number, row.Payer, new Amount(row.Currency.Code, row.Amount))),
        },
        new Kind<AllocationRow>("allocations", Header.Plain<AllocationRow>, AllocationOf, row => new Amount("of invoices", row.Amount))
        {
            Day = "date", Together = ["receipt", "date"], KeyedByContent = true,
        },
        new Kind<CancellationRow>("cancellations", Header.Plain<CancellationRow>, rows => new CancelOrder(rows[0].Order, new CancelBody(rows[0].Reason)), _ => null)
        {
            Day = "date", KeyedByContent = true,
        },
        new Kind<WriteOffBody>("write-offs", Header.Plain<WriteOffBody>, rows => new WriteOff(rows[0]), row => new Amount("of invoices", row.Amount)) { Day = "date" },
    ];

    public static Kind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    static PutRates RatesOf(IReadOnlyList<RateRow> rows) => new(rows[0].Date, new RatesBody(rows[0].Base, Latest(rows)));

    /// <summary>Of two rates for one currency and day the later row holds.</summary>
    static Dictionary<string, decimal> Latest(IReadOnlyList<RateRow> rows)
    {
        var rates = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in rows) rates[row.Currency.Code] = row.Rate;
        return rates;
    }

    static Command HoldOf(IReadOnlyList<HoldRow> rows) => rows[0].Hold switch
    {
        HoldAct.Hold => new HoldAccount(rows[0].Customer, new HoldBody(rows[0].Reason)),
        HoldAct.Unhold => new UnholdAccount(rows[0].Customer, new HoldBody(rows[0].Reason)),
    };

    static RecordDelivery DeliveryOf(IReadOnlyList<DeliveryRow> rows) =>
        new(rows[0].Order, new DeliveryBody(rows[0].Date, [.. rows.Select(row => new DeliveredLine(row.Line, row.Quantity))]));

    static RecordPromise PromiseOf(IReadOnlyList<PromiseRow> rows) => new(new PromiseBody(
        rows[0].Number, rows[0].Customer, [.. rows.Select(row => row.Invoice)], rows.Sum(row => row.Amount), rows[0].Date, rows[0].Kind, rows[0].Made, rows[0].Contact,
        rows[0].Note));

    static AllocateReceipt AllocationOf(IReadOnlyList<AllocationRow> rows) =>
        new(rows[0].Receipt, [.. rows.Select(row => new AllocationBody(row.Invoice, row.Amount, row.Date))]);

    static Amount? Of(decimal? amount, Currency currency) => amount is { } value ? new Amount(currency.Code, value) : null;
}

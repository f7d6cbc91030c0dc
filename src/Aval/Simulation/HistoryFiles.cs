using System.Globalization;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>The open files of a history folder, each with its columns.</summary>
sealed class HistoryFiles : IDisposable
{
    readonly List<IHistoryFile> all = [];
    readonly string folder;

    readonly HistoryFile<CustomerRow> customers;
    readonly HistoryFile<LimitRow> limits;
    readonly HistoryFile<OrderRow> orders;
    readonly HistoryFile<OrderLineRow> lines;
    readonly HistoryFile<DeliveryRow> deliveries;
    readonly HistoryFile<InvoiceRow> invoices;
    readonly HistoryFile<CreditNoteRow> creditNotes;
    readonly HistoryFile<ReceiptRow> receipts;
    readonly HistoryFile<AllocationRow> allocations;
    readonly HistoryFile<CancellationRow> cancellations;
    readonly HistoryFile<WriteOffRow> writeOffs;
    readonly HistoryFile<HoldRow> holds;
    readonly HistoryFile<DisputeRow> disputes;
    readonly HistoryFile<PromiseRow> promises;
    readonly HistoryFile<CreditNotePromiseRow> creditNotePromises;
    readonly HistoryFile<GuaranteeRow> guarantees;
    readonly HistoryFile<CoverRow> covers;

    public HistoryFile<RateRow> Rates { get; }

    public HistoryFiles(string folder)
    {
        this.folder = folder;
        customers = Open<CustomerRow>(
            "customers.csv",
            "number,name,country,currency,paymentTerms,payer,group,vatId,billingAddress.line1,billingAddress.city,billingAddress.postalCode,"
            + "billingAddress.country,riskClass,customerSince,largeAccount,profile.purchaseOrderRequired,profile.purchaseOrderPattern,"
            + "profile.buyerReferenceRequired,profile.portal,segment",
            row =>
            [
                row.Number, row.Name, row.Country, row.Currency.Code, row.PaymentTerms, row.Payer, row.Group, row.VatId,
                row.Line1, row.City, row.PostalCode, row.Country, row.RiskClass, Text(row.CustomerSince), Text(row.LargeAccount),
                Text(row.PurchaseOrderRequired), row.PurchaseOrderPattern, Text(row.BuyerReferenceRequired), row.Portal, row.Segment,
            ]);
        limits = Open<LimitRow>("limits.csv", "customer,level,kind,limit,amount,currency,validFrom,validTo,mode,reason", row =>
        [
            row.Customer, row.Level, row.Kind, row.Limit, row.Amount is { } amount ? Text(amount) : null, row.Currency.Code,
            Text(row.ValidFrom), row.ValidTo is { } validTo ? Text(validTo) : null, row.Mode, row.Reason,
        ]);
        Rates = Open<RateRow>("rates.csv", "date,base,currency,rate", row => [Text(row.Date), row.Base.Code, row.Currency.Code, Text(row.Rate)]);
        orders = Open<OrderRow>("orders.csv", "number,customer,currency,orderDate,shipDate,paymentTerms,purchaseOrder,buyerReference", row =>
        [
            row.Number, row.Customer, row.Currency.Code, Text(row.OrderDate), Text(row.ShipDate),
            row.PaymentTerms, row.PurchaseOrder, row.BuyerReference,
        ]);
        lines = Open<OrderLineRow>(
            "order-lines.csv", "order,line,item,description,quantity,unitPrice,taxRate,discountPercent,discountApproval,listPrice,unitCost", row =>
            [
                row.Order, Text(row.Line), row.Item, row.Description, Text(row.Quantity), Text(row.UnitPrice), Text(row.TaxRate),
                row.DiscountPercent == 0 ? null : Text(row.DiscountPercent), row.DiscountApproval, Text(row.ListPrice), Text(row.UnitCost),
            ]);
        deliveries = Open<DeliveryRow>("deliveries.csv", "order,date,line,quantity", row =>
            [row.Order, Text(row.Date), Text(row.Line), Text(row.Quantity)]);
        invoices = Open<InvoiceRow>("invoices.csv", "number,customer,order,date,dueDate,currency,amount", row =>
            [row.Number, row.Customer, row.Order, Text(row.Date), Text(row.DueDate), row.Amount.Currency.Code, Text(row.Amount)]);
        creditNotes = Open<CreditNoteRow>("credit-notes.csv", "number,customer,invoice,date,currency,amount", row =>
            [row.Number, row.Customer, row.Invoice, Text(row.Date), row.Amount.Currency.Code, Text(row.Amount)]);
        receipts = Open<ReceiptRow>("receipts.csv", "number,payer,date,currency,amount,reference,cleared,depositFor", row =>
        [
            row.Number, row.Payer, Text(row.Date), row.Amount.Currency.Code, Text(row.Amount),
            row.Reference, Text(row.Cleared), row.DepositFor,
        ]);
        allocations = Open<AllocationRow>("allocations.csv", "receipt,invoice,amount,date", row =>
            [row.Receipt, row.Invoice, Text(row.Amount), Text(row.Date)]);
        cancellations = Open<CancellationRow>("cancellations.csv", "order,date,reason", row => [row.Order, Text(row.Date), row.Reason]);
        writeOffs = Open<WriteOffRow>("write-offs.csv", "number,invoice,date,amount,reason", row =>
            [row.Number, row.Invoice, Text(row.Date), Text(row.Amount), row.Reason]);
        holds = Open<HoldRow>("holds.csv", "customer,date,hold,reason", row =>
            [row.Customer, Text(row.Date), row.Hold ? "hold" : "unhold", row.Reason]);
        disputes = Open<DisputeRow>("disputes.csv", "number,invoice,amount,reason,legitimacy,owner,date,note", row =>
            [row.Number, row.Invoice, Text(row.Amount), row.Reason, row.Legitimacy, row.Owner, Text(row.Date), row.Note]);
        promises = Open<PromiseRow>("promises.csv", "number,customer,invoice,amount,date,made,note", row =>
            [row.Number, row.Customer, row.Invoice, Text(row.Amount), Text(row.Date), Text(row.Made), row.Note]);
        creditNotePromises = Open<CreditNotePromiseRow>("credit-note-promises.csv", "number,customer,invoice,amount,reason,owner,dueBy,date", row =>
            [row.Number, row.Customer, row.Invoice, Text(row.Amount), row.Reason, row.Owner, Text(row.DueBy), Text(row.Date)]);
        guarantees = Open<GuaranteeRow>("guarantees.csv", "number,customer,kind,amount,currency,validFrom,validTo,issuer", row =>
            [row.Number, row.Customer, row.Kind, Text(row.Amount), row.Amount.Currency.Code, Text(row.ValidFrom), Text(row.ValidTo), row.Issuer]);
        covers = Open<CoverRow>("insurance-covers.csv", "number,customer,kind,amount,currency,validFrom,validTo,percent,maximumExtensionDays,insurer", row =>
        [
            row.Number, row.Customer, row.Kind, Text(row.Amount), row.Amount.Currency.Code, Text(row.ValidFrom), Text(row.ValidTo), Text(row.Percent),
            Text(row.MaximumExtensionDays), row.Insurer,
        ]);
    }

    public IReadOnlyDictionary<string, long> Totals => all.ToDictionary(file => file.Name, file => file.Rows, StringComparer.Ordinal);

    public void Add(CustomerHistory history)
    {
        customers.Add(history.Customer);
        limits.Add(history.Limits);
        orders.Add(history.Orders);
        lines.Add(history.Lines);
        deliveries.Add(history.Deliveries);
        invoices.Add(history.Invoices);
        creditNotes.Add(history.CreditNotes);
        receipts.Add(history.Receipts);
        allocations.Add(history.Allocations);
        cancellations.Add(history.Cancellations);
        writeOffs.Add(history.WriteOffs);
        holds.Add(history.Holds);
        disputes.Add(history.Disputes);
        promises.Add(history.Promises);
        creditNotePromises.Add(history.CreditNotePromises);
        guarantees.Add(history.Guarantees);
        covers.Add(history.Covers);
    }

    public void Finish()
    {
        foreach (var file in all) file.Finish();
    }

    public void Dispose()
    {
        foreach (var file in all) file.Dispose();
    }

    HistoryFile<T> Open<T>(string name, string header, Func<T, string?[]> fields)
    {
        var file = new HistoryFile<T>(folder, name, header, fields);
        all.Add(file);
        return file;
    }

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    static string Text(Money money) => money.Major.ToString("F" + Text(money.Currency.Decimals), CultureInfo.InvariantCulture);
    static string Text(decimal value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    static string Text(bool value) => value ? "true" : "false";
}

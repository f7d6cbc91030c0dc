using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How an invoice stands for who looks for one.</summary>
public enum InvoiceState { Open, Overdue, Settled, Draft }

/// <param name="Text">Part of its number or of its order's; null for all.</param>
/// <param name="Payers">Only of these; null for all.</param>
/// <param name="Bucket">Only what is open and so late; null for all.</param>
public sealed record InvoiceFilter(string? Text, IReadOnlyList<string>? Payers, InvoiceState? State, AgingBucket? Bucket = null);

/// <summary>Finds invoices of all payers, filtered, ordered and cut into pages by the database.</summary>
public static class InvoiceSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["payer"] = "payer", ["date"] = "date", ["due"] = "due_date", ["amount"] = Sorting.Amount + "amount",
            ["open"] = Sorting.Amount + "amount - settled",
        },
        "date DESC", "number DESC, root");

    /// <param name="company">With the business date and its rates.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the newest first.</param>
    public static async Task<(IReadOnlyList<Invoice> Found, int Total)> FindAsync(
        Store store, InvoiceFilter filter, Facts company, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var weights = Weights.Of(company);
        return await Of(reader, filter, company.Through)
            .PageAsync(ReceivablesTables.Invoice, Sorting.Sql(by, descending, amount => weights.Compared(amount, "currency")), skip, most, cancel);
    }

    /// <summary>Of the newest invoices those whose number or order contains the text; of all others those whose number begins with it.</summary>
    public static async Task<Sought<Invoice>> SeekAsync(Store store, string text, int most, CancellationToken cancel, int newest = Seeker.Newest)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var seeking = new Seeking<Invoice>(
            ReceivablesTables.Invoice, PostInvoice.Scope, "date DESC, number DESC, root", ["number", "\"order\""], ["root", "number", "\"order\"", "date"],
            invoice => invoice.Number);
        return await Seeker.FindAsync(reader, seeking, text, most, cancel, newest);
    }

    /// <summary>What has been settled of an invoice, and what was taken back, in the order in which it happened.</summary>
    public static async Task<IReadOnlyList<Settlement>> SettledAsync(Store store, string invoice, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {ReceivablesTables.Settlement.ColumnList} FROM settlement WHERE invoice = @invoice AND to_sequence IS NULL ORDER BY date, id");
        StoreReader.Add(command, "invoice", invoice);
        return [.. (await reader.RowsAsync(command, ReceivablesTables.Settlement, cancel)).Cast<Settlement>()];
    }

    static Wanted Of(StoreReader reader, InvoiceFilter filter, DateOnly today)
    {
        var wanted = new Wanted(reader).Containing(filter.Text, "number", "\"order\"").Among("payer", filter.Payers);
        if (filter.State is { } state)
            wanted.With("today", today).And(state switch
            {
                InvoiceState.Open => "live",
                InvoiceState.Overdue => "live AND due_date < @today",
                InvoiceState.Settled => "NOT live AND NOT draft",
                InvoiceState.Draft => "draft",
            });
        return filter.Bucket is { } bucket ? CountOwed.Within(wanted, bucket, today) : wanted;
    }
}

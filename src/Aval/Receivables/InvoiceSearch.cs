using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How an invoice stands for who looks for one.</summary>
public enum InvoiceState { Open, Overdue, Settled, Draft }

/// <param name="Text">Part of its number or of its order's; null for all.</param>
/// <param name="Payers">Only of these; null for all.</param>
public sealed record InvoiceFilter(string? Text, IReadOnlyList<string>? Payers, InvoiceState? State);

/// <summary>Finds invoices of all payers, filtered, ordered and cut into pages by the database.</summary>
public static class InvoiceSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["payer"] = "payer", ["date"] = "date", ["due"] = "due_date", ["amount"] = "amount", ["open"] = "amount - settled",
        },
        "date DESC", "number DESC, root");

    /// <param name="by">One of <see cref="Sorting"/>; null for the newest first.</param>
    public static async Task<(IReadOnlyList<Invoice> Found, int Total)> FindAsync(
        Store store, InvoiceFilter filter, DateOnly today, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(
            reader, filter, today,
            where => $"SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE {where} ORDER BY {Sorting.Sql(by, descending)} LIMIT @most OFFSET @skip");
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        List<Invoice> found = [.. (await reader.RowsAsync(command, ReceivablesTables.Invoice, cancel)).Cast<Invoice>()];
        await using var count = Asking(reader, filter, today, where => $"SELECT count(*) FROM invoice WHERE {where}");
        return (found, await StoreReader.TotalAsync(count, found.Count, skip, most, cancel));
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

    static DbCommand Asking(StoreReader reader, InvoiceFilter filter, DateOnly today, Func<string, string> sql)
    {
        var where = new List<string> { "to_sequence IS NULL" };
        if (filter.Text is not null) where.Add("""(lower(number) LIKE @text ESCAPE '\' OR lower("order") LIKE @text ESCAPE '\')""");
        if (filter.Payers is not null) where.Add($"payer {reader.Among("@payers")}");
        if (filter.State is { } state)
            where.Add(state switch
            {
                InvoiceState.Open => "live",
                InvoiceState.Overdue => "live AND due_date < @today",
                InvoiceState.Settled => "NOT live AND NOT draft",
                InvoiceState.Draft => "draft",
            });
        var command = reader.Command(sql(string.Join(" AND ", where)));
        if (filter.Text is { } text) StoreReader.Add(command, "text", Like.Containing(text));
        if (filter.Payers is { } payers) StoreReader.Add(command, "payers", reader.ListParameter(payers));
        if (filter.State == InvoiceState.Overdue) StoreReader.Add(command, "today", reader.DateParameter(today));
        return command;
    }
}

using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;

namespace Aval.Cash.Screens;

/// <summary>What the visitor has just paid with a receipt, and can take back while nothing has happened to it since.</summary>
/// <remarks>The address names an entry of the journal and nothing else: what was done, by whom and to which receipt the entry says.</remarks>
/// <param name="Edition">Of the receipt after it.</param>
public sealed record ReceiptDone(string Receipt, string Edition)
{
    static readonly string[] Acts = ["confirmMatch", "allocateReceipt"];

    /// <summary>The address of a page that tells it.</summary>
    internal static string Address(string page, Outcome outcome) =>
        Links.With(page, ("done", string.Create(CultureInfo.InvariantCulture, $"{outcome.Sequence}.{outcome.Root}")));

    /// <summary>Null when the address names no entry by which the visitor has paid invoices, or the receipt has changed since.</summary>
    internal static async Task<ReceiptDone?> OfAsync(PageRequest request, CancellationToken cancel)
    {
        if (request.Query("done")?.Split('.', 2) is not [var number, var root]) return null;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return null;
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (await reader.EntryAsync(root, sequence, cancel) is not { } entry || entry.Actor != request.Actor.ToString() || !Acts.Contains(entry.Command)) return null;
        var paid = new EntryFormat(request.Store.Composition).Read(entry).Rows.Select(row => row.Row).OfType<Receipt>().LastOrDefault();
        if (paid is null || await reader.FindAsync(ReceivablesTables.Receipt, PostReceipt.Scope, paid.Number, paid.Number, cancel) is not Receipt now) return null;
        var edition = Kernel.Edition.TagOf(ReceivablesTables.Receipt, now);
        return edition == Kernel.Edition.TagOf(ReceivablesTables.Receipt, paid) ? new ReceiptDone(now.Number, edition) : null;
    }
}

using Aval.Receivables.Rules;

namespace Aval.Promises.Rules;

/// <summary>What of a payer's open invoices may still be promised.</summary>
public static class Promisable
{
    /// <summary>Minor units of an invoice that are owed and not promised already.</summary>
    public static long Of(Invoice invoice) => invoice.Free - invoice.Said(PartKind.Promised);

    /// <summary>The invoices to choose from: those due first before others, of one day by number, all in the currency of the first, since a promise has one.</summary>
    /// <param name="most">So many of them: what is due first is what one calls about.</param>
    public static IReadOnlyList<Invoice> Choice(IEnumerable<Invoice> open, int most)
    {
        var free = open.Where(invoice => Of(invoice) > 0).OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal).ToList();
        return [.. free.Where(invoice => invoice.Currency == free[0].Currency).Take(most)];
    }

    /// <summary>Those of the choice that are asked about at first: what is overdue, else what falls due next.</summary>
    public static IReadOnlyList<Invoice> Asked(IReadOnlyList<Invoice> choice, DateOnly today) =>
        choice.Where(invoice => invoice.DueDate < today).ToList() is { Count: > 0 } late ? late : [.. choice.Take(1)];
}

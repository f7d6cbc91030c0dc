using System.Globalization;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Disputes.Rules;

/// <summary>What a payer does not dispute of one currency's open invoices: that much it can pay now. Minor units.</summary>
/// <param name="PastDue">Of what is undisputed.</param>
/// <param name="Invoices">Those with something undisputed, with it, by due date.</param>
public sealed record UndisputedBalance(Currency Currency, long Open, long Disputed, long PastDue, IReadOnlyList<(AgedInvoice Invoice, long Undisputed)> Invoices)
{
    public long Undisputed => Open - Disputed;

    /// <summary>One for each currency in which something is open.</summary>
    public static IReadOnlyList<UndisputedBalance> Of(IEnumerable<AgedInvoice> open, DateOnly asOf) =>
    [
        .. open.GroupBy(invoice => invoice.Currency).OrderBy(all => all.Key.Code, StringComparer.Ordinal).Select(all => new UndisputedBalance(
            all.Key, all.Sum(invoice => invoice.Open), all.Sum(invoice => invoice.Disputed),
            all.Where(invoice => invoice.DueDate < asOf).Sum(invoice => invoice.Open - invoice.Disputed),
            [.. all.Where(invoice => invoice.Open > invoice.Disputed).OrderBy(invoice => invoice.DueDate).Select(invoice => (invoice, invoice.Open - invoice.Disputed))])),
    ];

    /// <summary>The request to pay it while the rest is looked into; empty where nothing undisputed is past due.</summary>
    public string Request(DateOnly asOf)
    {
        if (PastDue <= 0) return "";
        var due = Invoices.Where(one => one.Invoice.DueDate < asOf)
            .Select(one => $"{one.Invoice.Number}: {Told(one.Undisputed)}, due on {one.Invoice.DueDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        var disputed = Disputed > 0 ? $"We are looking into the {Told(Disputed)} that you dispute; they need not be paid until we have answered. " : "";
        return $"{disputed}Please pay the {Told(PastDue)} that are past due and not disputed: {string.Join("; ", due)}.";
    }

    string Told(long minor) =>
        $"{new Money(minor, Currency).Major.ToString("N" + Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)} {Currency.Code}";
}

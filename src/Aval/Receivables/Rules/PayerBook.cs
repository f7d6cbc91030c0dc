namespace Aval.Receivables.Rules;

/// <summary>An invoice and where it is kept.</summary>
/// <param name="Root">The top of its payer's group.</param>
public sealed record KeptInvoice(Invoice Invoice, string Root);

/// <summary>One payer's invoices over a period and what has settled them since its first day, from which each of its days can be told.</summary>
/// <param name="invoices">Those that were open on any of its days, or issued on one.</param>
/// <param name="settlements">Those that count from a later day than the first, days after the period among them.</param>
public sealed class PayerBook(string payer, IReadOnlyList<KeptInvoice> invoices, IEnumerable<Settlement> settlements)
{
    readonly ILookup<string, Settlement> settled = settlements.ToLookup(settlement => settlement.Invoice, StringComparer.Ordinal);

    public string Payer => payer;

    /// <summary>By due date and number.</summary>
    public IReadOnlyList<KeptInvoice> Invoices => invoices;

    /// <summary>What has settled an invoice after the first day, up to another of the period, and was not taken back by then.</summary>
    public IReadOnlyList<Settlement> StandingOf(Invoice invoice, DateOnly day)
    {
        var standing = settled[invoice.Number].Where(settlement => settlement.CountsFrom <= day).ToList();
        foreach (var back in standing.Where(settlement => settlement.Amount < 0).ToList())
        {
            standing.Remove(back);
            var was = standing.FindLastIndex(one => one.Source == back.Source && one.SourceNumber == back.SourceNumber && one.Amount == -back.Amount);
            if (was >= 0) standing.RemoveAt(was);
        }

        return standing;
    }

    /// <summary>The invoice as it stood at the end of a day of the period; null when that day knew nothing open of it.</summary>
    public AgedInvoice? On(Invoice invoice, DateOnly day) =>
        Aging.AsOf(invoice, settled[invoice.Number].Where(settlement => settlement.CountsFrom > day).Sum(settlement => settlement.Amount), day);
}

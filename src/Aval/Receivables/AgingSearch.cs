using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How late something open is, by days past due.</summary>
public enum AgingBucket { NotDue, D1to30, D31to60, D61to90, Over90 }

/// <summary>What one payer owes, by how late it is.</summary>
/// <param name="Aging">In the company's currency: each invoice at its own stored rate into the payer's credit currency, and that once at today's.</param>
/// <param name="Unconverted">Open invoices that are missing from it, since no rate is known.</param>
public sealed record PayerAging(string Payer, AgingBuckets Aging, int Invoices, int Unconverted)
{
    public long Overdue => Aging.Total - Aging.NotDue;

    public long In(AgingBucket bucket) => bucket switch
    {
        AgingBucket.NotDue => Aging.NotDue,
        AgingBucket.D1to30 => Aging.D1To30,
        AgingBucket.D31to60 => Aging.D31To60,
        AgingBucket.D61to90 => Aging.D61To90,
        AgingBucket.Over90 => Aging.Over90,
    };

    /// <summary>These together, under no payer's number.</summary>
    public static PayerAging SumOf(IReadOnlyCollection<PayerAging> payers) => new(
        "", payers.Aggregate(default(AgingBuckets), (sum, payer) => sum + payer.Aging), payers.Sum(payer => payer.Invoices), payers.Sum(payer => payer.Unconverted));
}

/// <param name="Payers">Of a page.</param>
/// <param name="Total">Payers on all pages.</param>
/// <param name="All">Of all payers that the filter names, however late.</param>
/// <param name="Count">How many payers those are.</param>
public sealed record AgedPayers(IReadOnlyList<PayerAging> Payers, int Total, PayerAging All, int Count);

/// <summary>Narrows, orders and cuts into pages what the payers owe.</summary>
public static class AgingSearch
{
    static readonly Dictionary<string, Func<PayerAging, long>> Figures = new(
        Enum.GetValues<AgingBucket>().Select(bucket => KeyValuePair.Create(Kernel.Storage.Words.Of(bucket), (Func<PayerAging, long>)(payer => payer.In(bucket)))),
        StringComparer.Ordinal)
    {
        ["invoices"] = payer => payer.Invoices, ["total"] = payer => payer.Aging.Total, ["overdue"] = payer => payer.Overdue,
    };

    /// <summary>What the list can be ordered by.</summary>
    public static IEnumerable<string> Names => ["payer", .. Figures.Keys];

    /// <param name="owed">Of all payers.</param>
    /// <param name="payers">Only these; null for all.</param>
    /// <param name="bucket">Only payers with something so late; null for all.</param>
    /// <param name="by">One of <see cref="Names"/>; null for the most overdue first. Payers that are alike in it follow by their numbers.</param>
    public static AgedPayers Page(IReadOnlyList<PayerAging> owed, IReadOnlyList<string>? payers, AgingBucket? bucket, string? by, bool descending, int skip, int most)
    {
        var named = payers?.ToHashSet(StringComparer.Ordinal);
        var meant = named is null ? owed : [.. owed.Where(payer => named.Contains(payer.Payer))];
        var late = bucket is { } only ? meant.Where(payer => payer.In(only) > 0).ToList() : meant;
        return new AgedPayers([.. Ordered(late, by, descending).Skip(skip).Take(most)], late.Count, PayerAging.SumOf(meant), meant.Count);
    }

    static IEnumerable<PayerAging> Ordered(IReadOnlyList<PayerAging> payers, string? by, bool descending)
    {
        if (by is null) return payers.OrderByDescending(payer => payer.Overdue).ThenBy(payer => payer.Payer, StringComparer.Ordinal);
        if (!Figures.TryGetValue(by, out var figure))
            return descending ? payers.OrderByDescending(payer => payer.Payer, StringComparer.Ordinal) : payers.OrderBy(payer => payer.Payer, StringComparer.Ordinal);
        return (descending ? payers.OrderByDescending(figure) : payers.OrderBy(figure)).ThenBy(payer => payer.Payer, StringComparer.Ordinal);
    }
}

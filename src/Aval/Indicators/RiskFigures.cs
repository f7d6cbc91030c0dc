using Aval.Checks.Rules;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Indicators;

/// <summary>Whether blocks protected the company: blocked orders against payers that went bad.</summary>
/// <param name="everything">The database with all that payers owe, whoever asks: an order of one's own customer is judged by its payer.</param>
sealed class RiskFigures(Facts company, Store everything)
{
    readonly Dictionary<string, (DateOnly On, string Payer, string Customer)> cameIn = new(StringComparer.Ordinal);
    readonly Dictionary<string, (DateOnly On, string Payer, string Customer, string Block)> blocked = new(StringComparer.Ordinal);
    ILookup<string, DueInvoice>? due;

    public void CameIn(OrderCheck check) => cameIn.TryAdd(check.Order, (check.Date, check.Payer, check.Customer));

    /// <summary>Each order by its first block for risk in the period.</summary>
    public void Blocked(Block block)
    {
        if (block.Cause is Cause.CustomerRisk or Cause.Mixed) blocked.TryAdd(block.Order, (block.OpenedOn, block.Payer, block.Customer, block.Id));
    }

    /// <summary>The blocked orders; of value 1 where the payer went bad.</summary>
    public async Task<IEnumerable<IndicatorRow>> PrecisionAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return blocked.Where(order => IsKnown(order.Value.On)).Select(order => new IndicatorRow(
            order.Value.On, order.Key, order.Key, order.Value.Customer, order.Value.Block, null, null, WentBad(order.Value.On, order.Value.Payer) ? 1 : 0)).ToList();
    }

    /// <summary>The orders whose payer went bad; of value 1 where they were blocked.</summary>
    public async Task<IEnumerable<IndicatorRow>> RecallAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return cameIn.Where(order => IsKnown(order.Value.On) && WentBad(order.Value.On, order.Value.Payer)).Select(order => new IndicatorRow(
            order.Value.On, order.Key, order.Key, order.Value.Customer, null, null, null, blocked.ContainsKey(order.Key) ? 1 : 0)).ToList();
    }

    bool IsKnown(DateOnly from) => RiskOutcome.KnownOn(from) <= company.Through;

    bool WentBad(DateOnly from, string payer) => RiskOutcome.WentBad(from, due![payer], company.Through);

    /// <summary>What fell due of all payers that are asked about, once.</summary>
    async Task ReadAsync(CancellationToken cancel)
    {
        if (due is not null) return;
        var asked = cameIn.Values.Select(order => (order.On, order.Payer)).Concat(blocked.Values.Select(order => (order.On, order.Payer)))
            .Where(order => IsKnown(order.On)).ToList();
        await using var reader = await everything.LongSnapshotAsync(cancel);
        var invoices = asked.Count == 0 ? [] : await DueInvoices.OfPayersAsync(
            reader, [.. asked.Select(order => order.Payer).Distinct(StringComparer.Ordinal)], asked.Min(order => order.On),
            asked.Max(order => order.On).AddDays(RiskOutcome.DaysWatched), cancel);
        due = invoices.ToLookup(invoice => invoice.Payer, StringComparer.Ordinal);
    }
}

using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Histories;

/// <summary>What would be found of every live order if one thing were better than it is.</summary>
static class Verdicts
{
    /// <summary>An item as late as this counts in every test of the standard policy that looks at overdue items; what is less late may raise their share when it is paid.</summary>
    const int CountsFromDays = 15;

    /// <summary>Nothing holds an order that did not, or by more than it did, and what comes next is no worse.</summary>
    public static void NeverWorsen(Picture now)
    {
        foreach (var root in now.Roots)
            foreach (var order in Oracle.All<Order>(root).Where(order => order.Status is OrderStatus.Held or OrderStatus.Released))
            {
                var before = Checked(root, order, now);
                foreach (var (what, better) in Better(root, order, now.Today))
                {
                    var after = Checked(better, order, now);
                    Assert.True(
                        after.Triage <= before.Triage && Blocking(after).All(finding => Blocking(before).Any(known => IsWithin(finding, known))),
                        $"{order.Number} with {what}: {string.Join(", ", after.Findings)} instead of {string.Join(", ", before.Findings)}");
                }
            }
    }

    static CheckResult Checked(Facts root, Order order, Picture now)
    {
        var policy = now.Company.Get<PoliciesFacts>().Current;
        return Check.Run(CheckOrder.FactsOf(root, now.Company, order, now.Today, policy), policy);
    }

    static IEnumerable<Finding> Blocking(CheckResult result) => result.Findings.Where(finding => finding.Blocks);

    static bool IsWithin(Finding finding, Finding known) =>
        (finding.Code, finding.Level, finding.Subject) == (known.Code, known.Level, known.Subject) && (finding.Amount ?? 0) <= (known.Amount ?? 0);

    static IEnumerable<(string What, Facts Facts)> Better(Facts root, Order order, DateOnly today)
    {
        foreach (var limit in Oracle.All<Limit>(root))
            if (limit.Amount is { } amount) yield return ($"more of limit {limit.Id}", root.With(limit with { Amount = amount + 50_000 }));
        foreach (var invoice in Oracle.All<Invoice>(root))
            if (invoice.IsOpen && invoice.DueDate <= today.AddDays(-CountsFromDays))
                yield return ($"{invoice.Number} paid", root.With(invoice with { Settled = invoice.Amount, AtRisk = 0 }));
        if (order.CreditCurrency is not { } credit) yield break;
        var open = Oracle.Buckets(order).Open;
        foreach (var amount in new[] { 1, Math.Max(1, open / 2), Math.Max(1, open - 1), 10_000_000 })
            yield return ($"a deposit of {amount}", root.With(new Receipt(
                "more", order.Payer, today, credit, amount, null, ReceiptStatus.Cleared, order.Number, credit, StoredRate.Same(today), 0, false) { ClearedOn = today }));
    }
}

using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies;

namespace Aval.Tests.Histories;

/// <summary>What the journal tells of every release: the chains are followed from their beginnings, and each limit is asked at the very entry that released.</summary>
static class Told
{
    /// <summary>Releases that passed a limit which they should have fitted, in words.</summary>
    public static IReadOnlyList<string> Releases(Composition composition, IReadOnlyList<Entry> journal)
    {
        var format = new EntryFormat(composition);
        var passed = new List<string>();
        var company = journal.Where(entry => entry.Root == Facts.Company).ToList();
        foreach (var chain in journal.Where(entry => entry.Root != Facts.Company).GroupBy(entry => entry.Root))
        {
            var root = composition.Empty(chain.Key);
            var (known, at) = (composition.Empty(Facts.Company), 0);
            foreach (var entry in chain.OrderBy(entry => entry.Sequence))
            {
                for (; at < company.Count && company[at].At <= entry.At; at++) known = format.Read(company[at]).ApplyTo(known);
                var content = format.Read(entry);
                var before = root;
                root = content.ApplyTo(root);
                foreach (var check in content.Rows.Select(row => row.Row).OfType<OrderCheck>())
                {
                    if (check is not { Status: OrderStatus.Released, Skipped: null or SkipReason.AddsNothing } || IsMoved(entry)) continue;
                    if (root.Find<Order>(check.Order) is not { Status: OrderStatus.Released } order) continue;
                    foreach (var complaint in Complaints(before, root, known, order, entry)) passed.Add(complaint);
                }
            }
        }

        return passed;
    }

    /// <summary>A move takes a root's checks along: they were made elsewhere.</summary>
    static bool IsMoved(Entry entry) => entry.Command == "putCustomer";

    static List<string> Complaints(Facts before, Facts after, Facts company, Order order, Entry entry)
    {
        var complaints = new List<string>();
        var nets = company.Get<PoliciesFacts>().Current.Policy.NettingUnapplied;
        var without = Oracle.Tests(after.With(order with { Status = OrderStatus.Held, Authorization = null }), company, order.Payer, entry.BusinessDate, nets).ToList();
        foreach (var (test, rest) in Oracle.Tests(after, company, order.Payer, entry.BusinessDate, nets).Zip(without))
        {
            if (test.Exposure <= rest.Exposure) continue;
            if (test.Forbids || test.Exposure > test.Limit)
                complaints.Add($"{entry.Root} {entry.Sequence} ({entry.Command}, {entry.BusinessDate:yyyy-MM-dd}): {order.Number} makes {test.Exposure} of {rest.Exposure} at "
                    + $"{test.Level} {test.Node}, where the limit is {test.Limit}{(test.Forbids ? " and forbids" : "")}");
        }

        return complaints;
    }
}

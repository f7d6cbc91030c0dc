using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Simulation;

/// <summary>Payments that nobody can apply without looking, by customers who owe several invoices: one took the number of another invoice, one named two and paid less, one owes
/// the same amount twice. What becomes of them the matching says.</summary>
sealed class DoubtfulPayments(Store store, Colleagues people, CancellationToken cancel)
{
    const int MostPayers = 90, MostOfAKind = 2;

    /// <summary>What is written on the bank line of such a payment, in euro; at most two of each kind.</summary>
    /// <param name="but">Names of those who pay otherwise that day.</param>
    public async Task<IReadOnlyList<(long Minor, string Name, string Says)>> OfAsync(DateOnly day, IReadOnlyCollection<string> but)
    {
        var kinds = new List<Func<IReadOnlyList<Invoice>, (long, string)?>>();
        for (var of = 0; of < MostOfAKind; of++) kinds.AddRange([SameAmount, OtherNumber, LessThanNamed]);
        var found = new List<(long, string, string)>();
        var (customers, _) = await CustomerSearch.FindAsync(store, null, 0, MostPayers, cancel);
        foreach (var customer in customers.Reverse().Where(customer => customer.PayerNumber == customer.Number && !but.Contains(customer.Name)))
        {
            if (kinds.Count == 0) break;
            var owed = (await people.FactsAsync(customer.Number)).Get<ReceivablesFacts>().RowsOf(customer.Number).OfType<Invoice>()
                .Where(invoice => invoice.Payer == customer.Number && invoice.Currency == Currency.EUR && invoice.IsOpen && invoice.Date < day && invoice.Parts.Count == 0)
                .OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal).ToList();
            if (owed.Count < 2 || kinds.FirstOrDefault(kind => kind(owed) is not null) is not { } fits || fits(owed) is not var (minor, says)) continue;
            kinds.Remove(fits);
            found.Add((minor, customer.Name, says));
        }

        return found;
    }

    /// <summary>The amount of two invoices, and the number of a third.</summary>
    static (long, string)? SameAmount(IReadOnlyList<Invoice> owed)
    {
        if (owed.GroupBy(invoice => invoice.Free).FirstOrDefault(like => like.Count() > 1) is not { } twins) return null;
        return owed.FirstOrDefault(invoice => invoice.Free != twins.Key) is { } third ? (twins.Key, "Invoice " + third.Number) : null;
    }

    /// <summary>The amount of one invoice, and the number of the one before.</summary>
    static (long, string)? OtherNumber(IReadOnlyList<Invoice> owed) => owed[0].Free != owed[1].Free ? (owed[1].Free, owed[0].Number) : null;

    static (long, string)? LessThanNamed(IReadOnlyList<Invoice> owed) => ((owed[0].Free + owed[1].Free) * 88 / 100, $"{owed[0].Number} {owed[1].Number} less returns");
}

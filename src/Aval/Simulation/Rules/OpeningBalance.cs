using System.Globalization;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>What a company brings when it begins with Aval: its customers, limits and securities,
/// and of its documents what is open on the last day, at what is open of it.</summary>
/// <remarks>Orders are kept of which nothing has left; an invoice loses its order, since what was delivered is the past. Disputes and promises follow their invoices.</remarks>
static class OpeningBalance
{
    /// <summary>The place of the one large account that can be given any number of open invoices.</summary>
    const int LargestPlace = 2;

    public static CustomerHistory Of(SimulationPlan plan, Opening opening, Member member, CustomerHistory told)
    {
        var open = Matters.OpenAtEnd(plan, told);
        var deposited = told.Receipts.Select(row => row.DepositFor).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var kept = new CustomerHistory { Customer = told.Customer };
        kept.Limits.AddRange(told.Limits);
        kept.Holds.AddRange(told.Holds);
        kept.Guarantees.AddRange(told.Guarantees);
        kept.Covers.AddRange(told.Covers);
        foreach (var (invoice, minor) in open)
            if (!deposited.Contains(invoice.Order!)) kept.Invoices.Add(invoice with { Order = null, Amount = new Money(minor, invoice.Amount.Currency) });
        if (member.Place == LargestPlace) Enlarge(plan, opening.Largest, member, kept);
        Orders(told, kept);
        Receipts(told, kept);
        var invoices = kept.Invoices.Select(row => row.Number).ToHashSet(StringComparer.Ordinal);
        kept.Disputes.AddRange(told.Disputes.Where(row => invoices.Contains(row.Invoice)));
        kept.Promises.AddRange(told.Promises.Where(row => invoices.Contains(row.Invoice)));
        kept.CreditNotePromises.AddRange(told.CreditNotePromises.Where(row => invoices.Contains(row.Invoice)));
        return kept;
    }

    static void Orders(CustomerHistory told, CustomerHistory kept)
    {
        var gone = told.Deliveries.Select(row => row.Order).Concat(told.Cancellations.Select(row => row.Order)).ToHashSet(StringComparer.Ordinal);
        kept.Orders.AddRange(told.Orders.Where(row => !gone.Contains(row.Number)));
        kept.Lines.AddRange(told.Lines.Where(row => !gone.Contains(row.Order)));
    }

    static void Receipts(CustomerHistory told, CustomerHistory kept)
    {
        var orders = kept.Orders.Select(row => row.Number).ToHashSet(StringComparer.Ordinal);
        var applied = told.Allocations.ToLookup(row => row.Receipt, row => row.Amount.Minor, StringComparer.Ordinal);
        foreach (var receipt in told.Receipts)
        {
            var left = receipt.Amount.Minor - applied[receipt.Number].Sum();
            if (receipt.DepositFor is { } order ? orders.Contains(order) : left > 0)
                kept.Receipts.Add(receipt with { Amount = new Money(left, receipt.Amount.Currency) });
        }
    }

    /// <summary>Small invoices over all days of the history, as a customer has who orders a thousand times a week and pays what it finds.</summary>
    static void Enlarge(SimulationPlan plan, int atLeast, Member member, CustomerHistory kept)
    {
        var random = new RandomStream(plan.Seed, member.Place, ChanceOf.Opening);
        var (customer, currency) = (member.Profile.Row.Number, member.Profile.Row.Currency);
        var days = plan.EndDate.DayNumber - plan.StartDate.DayNumber;
        var more = Enumerable.Range(kept.Invoices.Count, Math.Max(0, atLeast - kept.Invoices.Count)).Select(count =>
        {
            var date = plan.StartDate.AddDays(random.Between(0, days));
            return new InvoiceRow(
                $"IN-{member.DocumentStem}-L{count.ToString("D6", CultureInfo.InvariantCulture)}", customer, null, date, date.AddDays(30),
                new Money(random.Between(2_000, 90_000), currency));
        });
        var all = kept.Invoices.Concat(more).OrderBy(row => row.Date).ToList();
        kept.Invoices.Clear();
        kept.Invoices.AddRange(all);
    }
}

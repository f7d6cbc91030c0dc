using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>An order's lines one after the other, cut between units into the fewest stages that fit, of these into those whose largest is the smallest.</summary>
static class UnitStages
{
    /// <param name="whole">What is open, in minor units of the payer's credit currency.</param>
    /// <param name="fits">The most that a stage may be.</param>
    /// <returns>The stages' amounts; null where a line is not ordered in whole units, one unit alone does not fit, or there would be more than <paramref name="most"/>.</returns>
    public static List<long>? Of(Order order, long whole, long fits, int most)
    {
        if (order.Rate is not { } rate || order.CreditCurrency is not { } credit) return null;
        var lines = order.Lines.Select(line => new Rest(line, Quantity.Max(line.Delivered, line.Invoiced), line.Quantity - line.Cancelled)).Where(rest => rest.Units > 0).ToList();
        if (lines.Exists(rest => rest.Units != decimal.Truncate(rest.Units))) return null;
        var gone = order.Lines.Sum(line => Math.Max(line.Billed, OrderValue.LineValue(line, line.Delivered, order.Currency)));
        long Credit(long minor) => new Money(gone + minor, order.Currency).Convert(rate.Factor, credit).Minor;
        if (Cut(lines, fits, Credit, order.Currency, most) is not { } stages || stages.Sum() != whole) return null;
        var (least, enough) = ((whole + stages.Count - 1) / stages.Count, fits);
        while (least < enough)
        {
            var middle = least + ((enough - least) / 2);
            if (Cut(lines, middle, Credit, order.Currency, stages.Count) is not null) enough = middle;
            else least = middle + 1;
        }

        return Cut(lines, enough, Credit, order.Currency, stages.Count);
    }

    /// <summary>Each stage as full as it may be; null where a unit alone is more, or there are more than <paramref name="most"/>.</summary>
    static List<long>? Cut(List<Rest> lines, long cap, Func<long, long> credit, Currency currency, int most)
    {
        var stages = new List<long>();
        var (before, from) = (0L, credit(0));
        foreach (var line in lines)
        {
            var taken = 0L;
            while (taken < (long)line.Units)
            {
                var (least, enough) = (taken, (long)line.Units);
                while (least < enough)
                {
                    var middle = least + ((enough - least + 1) / 2);
                    if (credit(before + line.Worth(middle, currency)) - from <= cap) least = middle;
                    else enough = middle - 1;
                }

                if (least == taken)
                {
                    var here = credit(before + line.Worth(taken, currency));
                    if (here == from || stages.Count == most) return null;
                    stages.Add(here - from);
                    from = here;
                }

                taken = least;
            }

            before += line.Worth((long)line.Units, currency);
        }

        if (credit(before) > from) stages.Add(credit(before) - from);
        return stages.Count > most ? null : stages;
    }

    /// <summary>What is still to come of a line.</summary>
    readonly record struct Rest(OrderLine Line, Quantity Gone, Quantity All)
    {
        public decimal Units => All.Value - Gone.Value;

        public long Worth(long units, Currency currency) =>
            OrderValue.LineValue(Line, Gone + Quantity.Of(units), currency) - OrderValue.LineValue(Line, Gone, currency);
    }
}

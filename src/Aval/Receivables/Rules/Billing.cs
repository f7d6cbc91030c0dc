using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Receivables.Rules;

/// <summary>What an order looks like once an invoice has taken its part of it.</summary>
/// <param name="OverInvoiced">True where the invoice billed more than the order had left: a receivable all the same.</param>
public readonly record struct Billed(Order Order, bool OverInvoiced)
{
    /// <summary>Minor units of the order's currency that were billed beyond it; zero for goods that cost nothing too.</summary>
    public long Excess { get; init; }
}

/// <summary>What an invoice takes from its order (docs/concepts/exposure.md). Never refuses: goods that were delivered can always be invoiced.</summary>
public static class Billing
{
    /// <summary>The mark of an invoice that billed more than its order had.</summary>
    public const string OverInvoiced = Incident.OverInvoiced;

    /// <summary>An invoice that names lines takes their quantities; one without takes what is delivered first, then what is open, up to its amount.</summary>
    /// <param name="lines">Lines that the order has; empty when the invoice names none.</param>
    /// <param name="amount">Minor units of the order's currency, tax included; not looked at when lines are named.</param>
    public static Billed Bill(Order order, long amount, IReadOnlyList<InvoiceLine> lines)
    {
        var billed = lines.Count > 0 ? ByLines(order, lines) : ByAmount(order, amount);
        var settled = Progress.Settle(billed.Order);
        return billed with { Order = Progress.HasUnbilled(settled) ? settled : settled with { UnbilledSince = null } };
    }

    static Billed ByLines(Order order, IReadOnlyList<InvoiceLine> lines)
    {
        var taken = order.Lines.ToArray();
        var over = false;
        long excess = 0;
        foreach (var (number, quantity) in lines)
        {
            var at = Array.FindIndex(taken, line => line.Line == number);
            var line = taken[at];
            var invoiced = line.Invoiced + quantity;
            // A line that was billed by amount before may have a part of a unit billed already.
            var billed = Math.Max(line.Billed, Value(order, line, invoiced));
            taken[at] = line with { Invoiced = invoiced, Billed = billed };
            if (invoiced <= Most(order, line)) continue;
            over = true;
            excess += Value(order, line, invoiced) - Value(order, line, Quantity.Max(Most(order, line), line.Invoiced));
        }

        return new Billed(order with { Lines = taken }, over) { Excess = excess };
    }

    static Billed ByAmount(Order order, long amount)
    {
        var delivered = order.Lines.Sum(line => Math.Max(0, Value(order, line, line.Delivered) - line.Billed));
        var all = order.Lines.Sum(line => Math.Max(0, Value(order, line, Most(order, line)) - line.Billed));
        // Systems that round each line, or only the sum, differ from us by up to a minor unit a line: their invoice means the same goods.
        var tolerance = Math.Max(2, order.Lines.Count);
        var meansDelivered = delivered > 0 && Math.Abs(amount - delivered) <= tolerance;
        var meansAll = all > 0 && Math.Abs(amount - all) <= tolerance;
        if (meansAll && !(meansDelivered && Math.Abs(amount - delivered) <= Math.Abs(amount - all))) amount = all;
        else if (meansDelivered) amount = delivered;

        var (lines, rest) = Taken(order, order.Lines, amount, line => line.Delivered);
        (lines, rest) = Taken(order, lines, rest, line => Most(order, line));
        return new Billed(order with { Lines = lines }, rest > 0) { Excess = rest };
    }

    /// <summary>Takes from each line, in their order, what is left of it up to a quantity; the rest of the amount comes back.</summary>
    static (IReadOnlyList<OrderLine> Lines, long Left) Taken(Order order, IReadOnlyList<OrderLine> lines, long amount, Func<OrderLine, Quantity> upTo)
    {
        var taken = new OrderLine[lines.Count];
        for (var i = 0; i < taken.Length; i++)
        {
            var line = lines[i];
            var part = Math.Min(amount, Math.Max(0, Value(order, line, upTo(line)) - line.Billed));
            amount -= part;
            taken[i] = part == 0 ? line : line with { Billed = line.Billed + part, Invoiced = Covered(order, line, line.Billed + part, upTo(line)) };
        }

        return (taken, amount);
    }

    /// <summary>The quantity of a line that this much billed value pays for, rounded down; never less than was invoiced before.</summary>
    static Quantity Covered(Order order, OrderLine line, long billed, Quantity upTo)
    {
        var whole = Value(order, line, upTo);
        return Quantity.Max(line.Invoiced, billed >= whole ? upTo : new Quantity((long)((Int128)upTo.Scaled * billed / whole)));
    }

    /// <summary>What of a line may be invoiced in all: of a cancelled order what was delivered, else what was ordered or delivered, whichever is more.</summary>
    static Quantity Most(Order order, OrderLine line) => order.Status == OrderStatus.Cancelled ? line.Delivered : Progress.Billable(line);

    static long Value(Order order, OrderLine line, Quantity quantity) => OrderValue.LineValue(line, quantity, order.Currency);
}

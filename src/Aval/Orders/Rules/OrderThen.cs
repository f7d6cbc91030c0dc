using Aval.Kernel;

namespace Aval.Orders.Rules;

/// <summary>Where one growth of an order is recorded: by it the delivery or the invoice is found that it came by.</summary>
public readonly record struct GrowthPlace(string Order, string Root, long Sequence);

/// <summary>What a later entry added to one line.</summary>
/// <param name="Billed">Minor units of the order's currency.</param>
public readonly record struct LineGrowth(int Line, Quantity Delivered, long Billed);

public sealed record Growth(GrowthPlace Place, IReadOnlyList<LineGrowth> Lines);

/// <summary>An order as it was recorded at the end of a business date, and what has been delivered and billed by later entries.</summary>
public sealed record OrderThen(Order Order, IReadOnlyList<Growth> Since)
{
    /// <summary>From the versions of an order at one root.</summary>
    /// <param name="inForce">The one of that date; null when the order had not come to this root yet.</param>
    /// <param name="later">The versions after it, in their order. Of an order that came by a move the first one adds nothing.</param>
    public static OrderThen Of(string root, Order? inForce, IReadOnlyList<(Order Order, long Sequence)> later)
    {
        var since = new List<Growth>();
        var before = inForce;
        foreach (var (after, sequence) in later)
        {
            if (before is not null && Grown(before, after) is { Count: > 0 } lines) since.Add(new Growth(new GrowthPlace(after.Number, root, sequence), lines));
            before = after;
        }

        var then = inForce ?? NotYet(later[0].Order);
        // A rate that came later is the order's rate: it is converted once.
        return new OrderThen(then.Rate is null && before!.Payer == then.Payer ? then with { Rate = before.Rate, CreditCurrency = before.CreditCurrency } : then, since);
    }

    /// <summary>The order with what had been delivered and billed by then, whenever that was recorded.</summary>
    /// <param name="dates">The dates of the deliveries and invoices.</param>
    public Order On(DateOnly asOf, IReadOnlyDictionary<GrowthPlace, DateOnly> dates)
    {
        var grown = Since.Where(growth => dates.TryGetValue(growth.Place, out var date) && date <= asOf).SelectMany(growth => growth.Lines).ToLookup(line => line.Line);
        return grown.Count == 0 ? Order : Order with
        {
            Lines = [.. Order.Lines.Select(line => grown[line.Line].Aggregate(
                line, (sum, more) => sum with { Delivered = sum.Delivered + more.Delivered, Billed = sum.Billed + more.Billed }))],
        };
    }

    /// <summary>An order that was recorded later claimed nothing yet; what is dated before that has moved all the same.</summary>
    static Order NotYet(Order entered) => entered with
    {
        Status = OrderStatus.Received, Authorization = null, Lines = [.. entered.Lines.Select(line => line with { Delivered = default, Billed = 0 })],
    };

    static List<LineGrowth> Grown(Order before, Order after)
    {
        var lines = new List<LineGrowth>();
        foreach (var line in after.Lines)
        {
            var was = before.Lines.FirstOrDefault(known => known.Line == line.Line);
            var delivered = line.Delivered - Quantity.Min(was?.Delivered ?? default, line.Delivered);
            if (delivered.Scaled > 0 || line.Billed > (was?.Billed ?? 0)) lines.Add(new LineGrowth(line.Line, delivered, line.Billed - (was?.Billed ?? 0)));
        }

        return lines;
    }
}

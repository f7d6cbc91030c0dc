using System.Globalization;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Receivables;

/// <summary>Orders and invoices as a scenario writes them.</summary>
static class BilledOrder
{
    static readonly DateOnly Day = new(2026, 3, 2);

    /// <summary>An order in EUR: a line a word, <c>10@100</c> or with tax <c>10@100+19</c>.</summary>
    public static Order Of(string[] lines, OrderStatus status = OrderStatus.Released) => new(
        "SO-1", "C1", "C1", Currency.EUR, Day, Day, [.. lines.Select(Line)], null, null, null, null, null, null, status, Currency.EUR, StoredRate.Same(Day), null, 1);

    /// <summary>The order with these quantities delivered, line by line.</summary>
    public static Order Delivered(this Order order, params decimal[] quantities) => Progress.Settle(order with
    {
        Lines = [.. order.Lines.Select((line, i) => i < quantities.Length ? line with { Delivered = line.Delivered + Quantity.Of(quantities[i]) } : line)],
    });

    /// <summary>Bills an invoice: <c>700</c> is an amount, <c>1:4,2:1</c> are lines with quantities.</summary>
    public static Billed Invoiced(this Order order, string invoice) =>
        invoice.Contains(':', StringComparison.Ordinal)
            ? Billing.Bill(order, 0, [.. invoice.Split(',').Select(part => part.Split(':')).Select(part => new InvoiceLine(Int(part[0]), Quantity.Of(Decimal(part[1]))))])
            : Billing.Bill(order, Money.Of(Decimal(invoice), Currency.EUR).Minor, []);

    public static decimal Major(long minor) => new Money(minor, Currency.EUR).Major;

    static OrderLine Line(string text, int index)
    {
        var parts = text.Split('@', '+');
        return new OrderLine(index + 1, "item", Quantity.Of(Decimal(parts[0])), UnitPrice.Of(Decimal(parts[1])), parts.Length > 2 ? Decimal(parts[2]) : 0);
    }

    static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

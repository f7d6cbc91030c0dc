using Aval.Kernel;
using Aval.Promises.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Promises;

/// <summary>Which invoices one asks about when a payer promises to pay. Today is 2 March 2026; days are counted from it.</summary>
public sealed class PromisableTests
{
    static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void One_asks_about_what_is_overdue_else_about_what_falls_due_next_in_one_currency() => Table.Check("""
        case               | invoices                                        | choice     asked
        nothing-open       | -                                               | -          -
        due-first          | "I2:EUR:10@5 I1:EUR:10@3"                       | "I1 I2"    I1
        same-day           | "I2:EUR:10@3 I1:EUR:10@3"                       | "I1 I2"    I1
        overdue            | "I1:EUR:10@-9 I2:EUR:10@-1 I3:EUR:10@0"         | "I1 I2 I3" "I1 I2"
        one-currency       | "I1:USD:10@-9 I2:EUR:10@-8 I3:USD:10@4"         | "I1 I3"    I1
        promised-already   | "I1:EUR:10@-9:10 I2:USD:10@4"                   | I2         I2
        promised-in-part   | "I1:EUR:10@-9:4 I2:EUR:10@4"                    | "I1 I2"    I1
        at-most-three      | "I1:EUR:1@1 I2:EUR:1@2 I3:EUR:1@3 I4:EUR:1@4"   | "I1 I2 I3" I1
        """, row =>
    {
        var choice = Promisable.Choice(row.Words("invoices").Select(InvoiceOf), most: 3);
        Assert.Equal((row["choice"], row["asked"]), (Numbers(choice), Numbers(Promisable.Asked(choice, Today))));
    });

    [Fact]
    public void What_may_be_promised_is_what_is_free_and_not_promised_already() => Table.Check("""
        invoice          settled atRisk | promisable
        I1:EUR:100@3           0      0 | 100
        I1:EUR:100@3          30     20 | 50
        I1:EUR:100@3:40       30     20 | 10
        I1:EUR:100@3:60        0      0 | 40
        """, row => Assert.Equal(
        row.Integer("promisable"), Promisable.Of(InvoiceOf(row["invoice"]) with { Settled = row.Integer("settled"), AtRisk = row.Integer("atRisk") })));

    static string Numbers(IEnumerable<Invoice> invoices) => string.Join(' ', invoices.Select(invoice => invoice.Number));

    /// <summary>Number, currency, amount, days to its due date, and what of it is promised.</summary>
    static Invoice InvoiceOf(string text)
    {
        var parts = text.Split(':', '@');
        var (currency, due) = (Currency.Of(parts[1]), Today.AddDays(int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture)));
        var amount = long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        return new Invoice(parts[0], "C1", "C1", null, due.AddDays(-30), due, currency, amount, currency, null, [], Draft: false, 0, 0, [])
        {
            Parts = parts.Length < 5 ? [] : [new InvoicePart(PartKind.Promised, "P1", long.Parse(parts[4], System.Globalization.CultureInfo.InvariantCulture), Today)],
        };
    }
}

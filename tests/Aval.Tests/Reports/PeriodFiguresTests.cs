using System.Globalization;
using Aval.Kernel;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Tests.Reports;

/// <summary>What a period's figures say of payments that were late, early, found late, or went back. Invoices are issued in January and due on 10 February.</summary>
public sealed class PeriodFiguresTests
{
    static readonly DateOnly Due = new(2026, 2, 10);

    /// <summary>Payments: <c>invoice=amount@the day on which the money was ours</c>, then <c>&gt;the day on which it was applied</c> where that is later, and <c>#receipt</c>;
    /// below zero what went back. Days beyond terms and the share paid in time (percent) are those of January and February together.</summary>
    [Fact]
    public void Payments_count_when_the_money_was_ours_and_as_long_as_it_stays() => Table.Check(
        """
        invoices       | asOf       | january | february | beyond | inTime | open | payments
        "A=1000"       | 2026-02-28 | 1000    | 0        | -10    | 100    | 0    | A=1000@01-31
        "A=1000"       | 2026-02-28 | 0       | 1000     | 10     | 0      | 0    | A=1000@02-20
        "A=1000"       | 2026-02-28 | 0       | 1000     | -1     | 100    | 0    | A=1000@02-09>02-27
        "A=1000"       | 2026-02-21 | 0       | 0        | 11     | -      | 1000 | A=1000@02-09>02-27
        "A=1000"       | 2026-02-21 | 0       | 0        | 11     | -      | 1000 | A=1000@01-31 A=-1000@02-20
        "A=1000"       | 2026-02-19 | 1000    | 0        | -10    | 100    | 0    | A=1000@01-31 A=-1000@02-20
        "A=1000 B=500" | 2026-02-21 | 0       | 500      | 9      | 0      | 1000 | A=1000@01-31 A=-1000@02-20 B=500@02-15
        "A=1000 B=500" | 2026-02-28 | 0       | 1500     | 9.33   | 33.33  | 0    | A=1000@01-31 A=-1000@02-20 A=1000@02-24#2 B=500@02-10
        """,
        row =>
        {
            var figures = Figures(row);
            Assert.Equal(
                (row.Number("january"), row.Number("february"), row.NumberOrNone("beyond"), row.Number("open")),
                (figures.Paid[1].Value, figures.Paid[2].Value, figures.BeyondTerms, figures.Aging[^1].Total));
            var paid = figures.Paid.Sum(stretch => stretch.Value);
            Assert.Equal(row.NumberOrNone("inTime"), paid == 0 ? null : Math.Round(figures.PaidInTime.Sum() * 100 / paid, 2));
        });

    /// <summary>Of what is older than 90 days at a month's end, only what has become so since the last one has rolled.</summary>
    [Fact]
    public void Old_debts_that_stay_old_do_not_roll_again()
    {
        var ends = PeriodFigures.MonthsUpTo(new DateOnly(2026, 6, 30), 2);
        var figures = new PeriodFigures(ends);
        var book = new PayerBook("P1", [Kept("OLD", 200, new DateOnly(2025, 12, 1)), Kept("NEW", 50, new DateOnly(2026, 3, 15))], []);
        foreach (var kept in book.Invoices) figures.Add(book, kept.Invoice, InDocuments);
        Assert.Equal((200L, 50L, 250L), (figures.Aging[1].Over90, figures.IntoOver90[2], figures.Aging[2].Over90));
        Assert.Equal(1m, Collecting.Rolled(figures.Aging[1], figures.Aging[2], figures.IntoOver90[2]).D61To90ToOver90);
    }

    /// <summary>An invoice in the company's own currency is told as it stands, whatever its payer's credit currency.</summary>
    [Fact]
    public void The_companys_own_currency_is_not_converted_there_and_back()
    {
        var usd = Currency.Of("USD");
        var toCompany = new Valuation(ToldIn.Company, Currency.EUR, _ => new StoredRate(0.5m, Due));
        var own = Kept("A", 1000, Due).Invoice with { CreditCurrency = usd, Rate = new StoredRate(1.25m, Due) };
        Assert.Equal(400, toCompany.Of(own, 600, 1000));
        Assert.Equal(200, toCompany.Of(own with { Currency = usd, Rate = StoredRate.Same(Due) }, 600, 1000));
    }

    static readonly Valuation InDocuments = new(ToldIn.Document, Currency.EUR, _ => null);

    static PeriodFigures Figures(Row row)
    {
        var ends = PeriodFigures.MonthsUpTo(DateOnly.Parse(row["asOf"], CultureInfo.InvariantCulture), 2);
        var payments = row.Words("payments").Select(Payment).ToList();
        var kept = row.Words("invoices").Select(word => word.Split('=')).Select(cell => Kept(cell[0], Whole(cell[1]), Due)).Select(one => one with
        {
            Invoice = one.Invoice with { Settled = payments.Where(paid => paid.Invoice == one.Invoice.Number).Sum(paid => paid.Amount) },
        }).ToList();
        var book = new PayerBook("P1", kept, payments.Where(paid => paid.CountsFrom > ends[0]));
        var figures = new PeriodFigures(ends);
        foreach (var one in kept) figures.Add(book, one.Invoice, InDocuments);
        return figures;
    }

    static KeptInvoice Kept(string number, long amount, DateOnly due) => new(
        new Invoice(number, "P1", "P1", null, due.AddDays(-30), due, Currency.EUR, amount, Currency.EUR, null, [], Draft: false, 0, 0, []), "P1");

    static Settlement Payment(string cell)
    {
        var parts = cell.Split('=', '@', '#');
        var days = parts[2].Split('>').Select(day => DateOnly.Parse("2026-" + day, CultureInfo.InvariantCulture)).ToArray();
        var receipt = parts.Length > 3 ? parts[3] : "1";
        var amount = Whole(parts[1]);
        return new Settlement(
            cell, "P1", SettlementSource.Receipt, $"R-{parts[0]}-{receipt}", parts[0], days[^1], Currency.EUR, amount, amount, days[0], TakenBack: false, Reason: null);
    }

    static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Cover;

/// <summary>What an insurer bears, as docs/concepts/cover.md works it out. Amounts in whole euro; the day looked at is 31 March 2026.</summary>
public sealed class InsuredPartTests
{
    static readonly DateOnly Today = new(2026, 3, 31);

    /// <summary>Cover of 100,000 at 90 % since January with 60 days' extension, cut to 40,000 from 1 March.</summary>
    [Fact]
    public void A_cut_binds_later_shipments_only_and_they_fill_what_it_leaves() => Table.Check("""
        january   march   open  | insured
        30000         0      0  | 27000
        120000        0      0  | 90000
        0         30000      0  | 27000
        0         50000      0  | 36000
        30000     50000      0  | 36000
        70000     50000      0  | 63000
        0             0  50000  | 36000
        10000     10000  50000  | 36000
        """, row =>
        {
            var cover = Cover("V1", 100_000, "2026-01-01", "2026-12-31");
            var stretches = CoverStretch.Of([cover], [Cut(cover, 40_000, "2026-03-01", 1)]);
            var items = Items(("2026-01-15", "2026-03-31", row.Number("january")), ("2026-03-10", "2026-04-30", row.Number("march")));
            var bears = new PayerCover(Eligible.In(stretches, items, new PayerOrders(Minor(row.Number("open")), 0, 0), Today), []);
            Assert.Equal(Minor(row.Number("insured")), bears.Insured(long.MaxValue));
        });

    [Fact]
    public void Only_what_was_shipped_while_the_cover_held_and_is_not_past_its_extension_is_insured() => Table.Check("""
        date        due         | insured
        2025-12-31  2026-03-31  | 0
        2026-01-01  2026-03-31  | 900
        2026-02-28  2026-03-31  | 900
        2026-03-01  2026-03-31  | 0
        2026-01-01  2026-01-30  | 900
        2026-01-01  2026-01-29  | 0
        """, row =>
        {
            var stretches = CoverStretch.Of([Cover("V1", 100_000, "2026-01-01", "2026-02-28")], []);
            var bears = new PayerCover(Eligible.In(stretches, Items((row["date"], row["due"], 1000)), PayerOrders.None, Today), []);
            Assert.Equal(Minor(row.Number("insured")), bears.Insured(long.MaxValue));
        });

    /// <summary>The cover ends on 10 April.</summary>
    [Fact]
    public void An_open_order_is_insured_if_the_cover_holds_when_it_ships() => Table.Check("""
        ships       | insured
        -           | 900
        2026-03-15  | 900
        2026-04-10  | 900
        2026-04-11  | 0
        """, row =>
        {
            var stretches = CoverStretch.Of([Cover("V1", 100_000, "2026-01-01", "2026-04-10")], []);
            var orders = new PayerOrders(Minor(1000), 0, 0);
            if (row.DateOrNone("ships") is { } ships) orders = orders with { ShippingLater = orders.ShippingLater.Add(ships, Minor(1000)) };
            Assert.Equal(Minor(row.Number("insured")), new PayerCover(Eligible.In(stretches, PayerReceivables.None, orders, Today), []).Insured(long.MaxValue));
            var asked = new PayerCover(Eligible.In(stretches, PayerReceivables.None, PayerOrders.None, Today), [])
                .With(row.DateOrNone("ships") is { } day && day > Today ? day : Today, Minor(1000));
            Assert.Equal(Minor(row.Number("insured")), asked.Insured(long.MaxValue));
        });

    [Fact]
    public void What_is_delivered_and_not_billed_is_insured_while_the_cover_holds()
    {
        Assert.Equal(Minor(900), Bears("2026-03-31"));
        Assert.Equal(0, Bears("2026-03-30"));

        static long Bears(string to)
        {
            var stretches = CoverStretch.Of([Cover("V1", 100_000, "2026-01-01", to)], []);
            return new PayerCover(Eligible.In(stretches, PayerReceivables.None, new PayerOrders(0, Minor(1000), 0), Today), []).Insured(long.MaxValue);
        }
    }

    /// <summary>A named limit takes the place of the discretionary one; when it ends before that, the other rules again.</summary>
    [Fact]
    public void Of_two_covers_the_one_that_began_later_rules()
    {
        var stretches = CoverStretch.Of(
            [
                Cover("D", 20_000, "2026-01-01", "2026-12-31"), Cover("N", 90_000, "2026-02-01", "2026-02-28", entered: 2),
                Cover("M", 80_000, "2026-02-01", "2026-02-10", entered: 3),
            ],
            []);
        Assert.Equal(
            ["D 01-01 01-31", "M 02-01 02-10", "N 02-11 02-28", "D 03-01 12-31"],
            stretches.Select(stretch => $"{stretch.Cover.Number} {stretch.From:MM-dd} {stretch.To:MM-dd}"));
    }

    [Fact]
    public void The_insurer_comes_first_and_guarantors_bear_what_remains_but_never_more() => Table.Check("""
        exposure  eligible  guarantees  | insured  guaranteed  retained
        1000      1000      -           | 900      0           100
        1000      1000      60          | 900      60          40
        1000      1000      60,70       | 900      100         0
        1000      1000      5000        | 900      100         0
        300       1000      5000        | 270      30          0
        1000      0         400         | 0        400         600
        0         0         400         | 0        0           0
        """, row =>
        {
            ImmutableArray<GuaranteeLeft> guarantees =
                [.. row["guarantees"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select((left, at) => new GuaranteeLeft($"G{at}", Today, 100 * long.Parse(left, null)))];
            var cover = new PayerCover([new InsuredShipments("V1", Today, Today, Minor(100_000), 90, Minor(row.Number("eligible")))], guarantees);
            var exposure = new Aval.Exposure.Rules.PayerExposure(Currency.EUR, Receivables: Minor(row.Number("exposure")), Cover: cover);
            var netting = Aval.Policies.Rules.Standard.Policy.Netting;
            Assert.Equal(
                (row.Number("insured"), row.Number("guaranteed"), row.Number("retained")),
                (Major(exposure.Insured(netting)), Major(exposure.Guaranteed(netting)), Major(exposure.Retained(netting))));
        });

    [Fact]
    public void A_cover_in_another_currency_counts_by_its_stored_rate()
    {
        var cover = Cover("V1", 1000, "2026-01-01", "2026-12-31") with { Currency = Currency.Of("USD"), Rate = new StoredRate(0.8m, Today) };
        Assert.Equal(Minor(800), CoverStretch.Of([cover], [])[0].Limit);
    }

    internal static InsuranceCover Cover(string number, decimal amount, string from, string to, int entered = 1) => new(
        number, "C1", "C1", CoverKind.Named, Currency.EUR, Minor(amount), Currency.EUR, StoredRate.Same(Today), 90, 60, Day(from), Day(to), null, null, null, null, entered);

    internal static CoverCut Cut(InsuranceCover cover, decimal amount, string from, int number) =>
        new($"{cover.Number}:{number}", cover.Number, "C1", Currency.EUR, Minor(amount), Day(from), "withdrawn", number);

    internal static PayerReceivables Items(params (string Date, string Due, decimal Amount)[] invoices) => new()
    {
        OpenItems = [.. invoices.Where(invoice => invoice.Amount > 0)
            .Select((invoice, at) => new OpenItem($"I{at}", Day(invoice.Due), Minor(invoice.Amount)) { Date = Day(invoice.Date) })],
    };

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    static long Minor(decimal major) => Money.Of(major, Currency.EUR).Minor;
    static decimal Major(long minor) => new Money(minor, Currency.EUR).Major;
}

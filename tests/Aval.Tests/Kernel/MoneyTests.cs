using System.Globalization;
using Aval.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Kernel;

public sealed class MoneyTests
{
    [Fact]
    public void An_amount_is_taken_exactly_or_not_at_all() => Table.Check("""
        major                           currency | taken  minor              shown
        12                              JPY      | yes    12                 12 JPY
        12.5                            JPY      | no     -                  -
        12.50                           EUR      | yes    1250               12.50 EUR
        12.500000                       EUR      | yes    1250               12.50 EUR
        12.505                          EUR      | no     -                  -
        -0.01                           EUR      | yes    -1                 -0.01 EUR
        0                               EUR      | yes    0                  0.00 EUR
        1.0000000000000000000000000001  EUR      | no     -                  -
        12.505                          KWD      | yes    12505              12.505 KWD
        12.5055                         KWD      | no     -                  -
        12.5055                         CLF      | yes    125055             12.5055 CLF
        9999999999999                   JPY      | yes    9999999999999      9999999999999 JPY
        10000000000000                  JPY      | no     -                  -
        9999999999999.99                EUR      | yes    999999999999999    9999999999999.99 EUR
        10000000000000                  EUR      | no     -                  -
        -9999999999999.99               EUR      | yes    -999999999999999   -9999999999999.99 EUR
        -10000000000000                 EUR      | no     -                  -
        9999999999999.9999              CLF      | yes    99999999999999999  9999999999999.9999 CLF
        79228162514264337593543950335   EUR      | no     -                  -
        """, row =>
    {
        var taken = Money.TryOf(row.Number("major"), Currency.Of(row["currency"]), out var money);
        Assert.Equal(row.Flag("taken"), taken);
        if (!taken) return;
        Assert.Equal(row.Number("minor"), money.Minor);
        Assert.Equal(row["shown"], money.ToString());
    });

    [Fact]
    public void Half_a_minor_unit_is_rounded_away_from_zero() => Table.Check("""
        major                           currency | rounded
        0.5                             JPY      | 1
        0.4999999999999999999999999999  JPY      | 0
        -0.5                            JPY      | -1
        2.5                             JPY      | 3
        0.125                           EUR      | 0.13
        0.135                           EUR      | 0.14
        -0.125                          EUR      | -0.13
        0.1249                          EUR      | 0.12
        4.9949999999999999999999999999  EUR      | 4.99
        1.0005                          KWD      | 1.001
        1.00005                         CLF      | 1.0001
        """, row =>
    {
        var currency = Currency.Of(row["currency"]);
        Assert.Equal(Money.Of(row.Number("rounded"), currency), Money.Round(row.Number("major"), currency));
    });

    [Fact]
    public void A_conversion_rounds_once_to_the_minor_unit_of_the_other_currency() => Table.Check("""
        major   from  rate      to  | result
        100.00  EUR   1.0823    USD | 108.23
        0.01    EUR   0.5       KWD | 0.005
        1.00    EUR   162.5     JPY | 163
        -1.00   EUR   162.5     JPY | -163
        3       JPY   0.0061538 EUR | 0.02
        1.235   KWD   1         EUR | 1.24
        10.00   EUR   7         EUR | 10.00
        """, row => Assert.Equal(
            Money.Of(row.Number("result"), Currency.Of(row["to"])),
            Money.Of(row.Number("major"), Currency.Of(row["from"])).Convert(row.Number("rate"), Currency.Of(row["to"]))));

    [Fact]
    public void Major_units_carry_exactly_the_decimals_of_the_currency()
    {
        static string Shown(long minor, string code) => new Money(minor, Currency.Of(code)).Major.ToString(CultureInfo.InvariantCulture);
        Assert.Equal("10", Shown(10, "JPY"));
        Assert.Equal("10.00", Shown(1000, "EUR"));
        Assert.Equal("0.00", Shown(0, "EUR"));
        Assert.Equal("-12.500", Shown(-12500, "KWD"));
        Assert.Equal("1.0000", Shown(10000, "CLF"));
    }

    [Fact]
    public void Mixing_currencies_throws()
    {
        var euro = Money.Of(1, Currency.EUR);
        var dollar = Money.Of(1, Currency.Of("USD"));
        Assert.Throws<InvalidOperationException>(() => euro + dollar);
        Assert.Throws<InvalidOperationException>(() => euro - dollar);
        Assert.Throws<InvalidOperationException>(() => euro < dollar);
        Assert.Throws<InvalidOperationException>(() => euro.CompareTo(dollar));
        Assert.Throws<InvalidOperationException>(() => Money.Max(euro, dollar));
        Assert.NotEqual(euro, dollar);
    }

    [Fact]
    public void Overflow_throws_and_never_wraps()
    {
        var most = new Money(long.MaxValue, Currency.EUR);
        var least = new Money(long.MinValue, Currency.EUR);
        var cent = new Money(1, Currency.EUR);
        Assert.Throws<OverflowException>(() => most + cent);
        Assert.Throws<OverflowException>(() => least - cent);
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => most.Convert(1.1m, Currency.Of("USD")));
        Assert.Throws<OverflowException>(() => Money.Round(decimal.MaxValue, Currency.EUR));
        Assert.Throws<OverflowException>(() => Money.Round(100_000_000_000_000_000m, Currency.EUR));
    }

    [Fact]
    public void An_amount_that_is_none_throws_where_it_must_be_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.Of(0.001m, Currency.EUR));
        Assert.Throws<ArgumentException>(() => Currency.Of("eur"));
    }

    [Fact]
    public void The_floor_keeps_what_is_positive_and_lifts_the_rest_to_zero() => Table.Check("""
        amount | floored
        0.01   | 0.01
        0      | 0
        -5.00  | 0
        """, row => Assert.Equal(Money.Of(row.Number("floored"), Currency.EUR), Money.Of(row.Number("amount"), Currency.EUR).FloorAtZero()));

    [Fact]
    public void Adding_and_taking_away_again_changes_nothing() =>
        Prop.ForAll(Pairs, pair => pair.Left + pair.Right - pair.Right == pair.Left && pair.Left + -pair.Left == Money.Zero(pair.Left.Currency))
            .Holds();

    [Fact]
    public void Order_of_addition_and_of_comparison_follow_the_minor_units() =>
        Prop.ForAll(Pairs, pair =>
            pair.Left + pair.Right == pair.Right + pair.Left
            && (pair.Left < pair.Right) == (pair.Left.Minor < pair.Right.Minor)
            && (pair.Left >= pair.Right) == (pair.Left.Minor >= pair.Right.Minor)
            && Money.Min(pair.Left, pair.Right) + Money.Max(pair.Left, pair.Right) == pair.Left + pair.Right).Holds();

    [Fact]
    public void What_is_read_from_major_units_is_what_was_written() =>
        Prop.ForAll(Pairs, pair => Money.TryOf(pair.Left.Major, pair.Left.Currency, out var again) && again == pair.Left
            && Money.Round(pair.Left.Major, pair.Left.Currency) == pair.Left).Holds();

    [Fact]
    public void A_converted_sum_is_within_one_minor_unit_of_the_sum_of_the_converted() =>
        Prop.ForAll(Pairs, Rates, Currencies, (pair, rate, to) =>
        {
            var whole = (pair.Left + pair.Right).Convert(rate, to);
            var parts = pair.Left.Convert(rate, to) + pair.Right.Convert(rate, to);
            return Math.Abs((whole - parts).Minor) <= 1;
        }).Holds();

    static Gen<Currency> AnyCurrency => Gen.Elements("JPY", "EUR", "USD", "KWD", "CLF").Select(Currency.Of);

    static Arbitrary<Currency> Currencies => AnyCurrency.ToArbitrary();

    static Arbitrary<(Money Left, Money Right)> Pairs =>
        (from currency in AnyCurrency
         from left in Minor
         from right in Minor
         select (new Money(left, currency), new Money(right, currency))).ToArbitrary();

    // Cents and large amounts alike, up to 10^13 yen.
    static Gen<long> Minor =>
        from mantissa in Gen.Choose(-9_999_999, 9_999_999)
        from scale in Gen.Elements(1L, 1_000L, 1_000_000L)
        from rest in Gen.Choose(0, 999)
        select mantissa * scale + rest % scale;

    // Up to 20, so that the largest pair stays within 2^63 minor units of the currency with most decimals.
    static Arbitrary<decimal> Rates =>
        (from digits in Gen.Choose(1, 2_000_000_000)
         from scale in Gen.Choose(8, 12)
         select new decimal(digits, 0, 0, false, (byte)scale)).ToArbitrary();
}

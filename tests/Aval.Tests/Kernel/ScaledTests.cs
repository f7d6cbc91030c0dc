using Aval.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Kernel;

public sealed class ScaledTests
{
    [Fact]
    public void Quantities_and_prices_are_exact_to_five_decimals_and_bounded() => Table.Check("""
        value                           | taken  shown
        0                               | yes    0
        1                               | yes    1
        2.50                            | yes    2.5
        0.00001                         | yes    0.00001
        0.000001                        | no     -
        -0.00001                        | no     -
        1.0000000000000000000000000001  | no     -
        9999999999999.99999             | yes    9999999999999.99999
        10000000000000                  | no     -
        79228162514264337593543950335   | no     -
        """, row =>
    {
        Assert.Equal(row.Flag("taken"), Quantity.TryOf(row.Number("value"), out var quantity));
        Assert.Equal(row.Flag("taken"), UnitPrice.TryOf(row.Number("value"), out var price));
        if (row.Flag("taken")) Assert.Equal((row["shown"], row["shown"]), (quantity.ToString(), price.ToString()));
        else Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.Of(row.Number("value")));
        if (!row.Flag("taken")) Assert.Throws<ArgumentOutOfRangeException>(() => UnitPrice.Of(row.Number("value")));
    });

    [Fact]
    public void Sums_of_quantities_throw_when_they_overflow()
    {
        Assert.Throws<OverflowException>(() => new Quantity(long.MaxValue) + new Quantity(1));
        Assert.Throws<OverflowException>(() => new Quantity(long.MinValue) - new Quantity(1));
    }

    [Fact]
    public void A_quantity_reads_back_as_written_and_adds_and_compares_like_its_value() =>
        Prop.ForAll(Scaled, Scaled, (left, right) =>
        {
            var (a, b) = (new Quantity(left), new Quantity(right));
            return Quantity.Of(a.Value) == a
                && (a + b - b, (a + b).Value, a < b, a >= b) == (a, a.Value + b.Value, left < right, left >= right)
                && Quantity.Min(a, b) + Quantity.Max(a, b) == a + b
                && UnitPrice.Of(new UnitPrice(left).Value) == new UnitPrice(left);
        }).Holds();

    [Fact]
    public void A_value_has_no_more_decimals_than_it_needs_as_a_division_leaves_it() =>
        Prop.ForAll(Scaled, Gen.Choose(0, 7).ToArbitrary(), (number, zeros) =>
        {
            var scaled = number / (long)Math.Pow(10, zeros) * (long)Math.Pow(10, zeros);
            return new[] { scaled, -scaled, zeros }.All(each =>
                decimal.GetBits(new Quantity(each).Value).SequenceEqual(decimal.GetBits(each / 100_000m)));
        }).Holds();

    static Arbitrary<long> Scaled =>
        (from high in Gen.Choose(0, 999_999_999) from low in Gen.Choose(0, 999_999_999) select high * 1_000_000_000L + low).ToArbitrary();
}

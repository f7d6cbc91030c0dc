using System.Globalization;

namespace Aval.Kernel;

/// <summary>A quantity of goods, exact to five decimals, stored as a scaled integer.</summary>
/// <remarks>Range: 0 to below 10^13. Five decimals are what a 64-bit integer holds at that bound.</remarks>
public readonly record struct Quantity(long Scaled) : IComparable<Quantity>
{
    public static Quantity Zero => default;
    public decimal Value => Scaling.ToDecimal(Scaled);
    public static bool TryOf(decimal value, out Quantity quantity)
    {
        var fits = Scaling.TryScale(value, out var scaled);
        quantity = new Quantity(scaled);
        return fits;
    }

    public static Quantity Of(decimal value) => TryOf(value, out var quantity) ? quantity : throw new ArgumentOutOfRangeException(nameof(value));
    public static Quantity Min(Quantity left, Quantity right) => left.Scaled <= right.Scaled ? left : right;
    public static Quantity Max(Quantity left, Quantity right) => left.Scaled >= right.Scaled ? left : right;
    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Scaled + right.Scaled));
    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Scaled - right.Scaled));
    public static bool operator <(Quantity left, Quantity right) => left.Scaled < right.Scaled;
    public static bool operator >(Quantity left, Quantity right) => left.Scaled > right.Scaled;
    public static bool operator <=(Quantity left, Quantity right) => left.Scaled <= right.Scaled;
    public static bool operator >=(Quantity left, Quantity right) => left.Scaled >= right.Scaled;
    public int CompareTo(Quantity other) => Scaled.CompareTo(other.Scaled);
    public override string ToString() => Value.ToString("0.#####", CultureInfo.InvariantCulture);
}

/// <summary>A price for one unit, in the document's currency, before tax and discount; exact to five decimals.</summary>
/// <remarks>Range: 0 to below 10^13.</remarks>
public readonly record struct UnitPrice(long Scaled)
{
    public decimal Value => Scaling.ToDecimal(Scaled);
    public static bool TryOf(decimal value, out UnitPrice price)
    {
        var fits = Scaling.TryScale(value, out var scaled);
        price = new UnitPrice(scaled);
        return fits;
    }

    public static UnitPrice Of(decimal value) => TryOf(value, out var price) ? price : throw new ArgumentOutOfRangeException(nameof(value));
    public override string ToString() => Value.ToString("0.#####", CultureInfo.InvariantCulture);
}

static class Scaling
{
    const int Decimals = 5;
    const decimal Scale = 100_000m;

    /// <summary>With no more decimals than it needs, as a division would leave it, which takes many times as long.</summary>
    public static decimal ToDecimal(long scaled)
    {
        var decimals = Decimals;
        for (; decimals > 0 && scaled % 10 == 0; decimals--) scaled /= 10;
        var digits = unchecked(scaled < 0 ? -scaled : scaled);
        return new decimal(unchecked((int)digits), unchecked((int)(digits >> 32)), 0, scaled < 0, (byte)decimals);
    }

    /// <summary>False when negative, at or above <see cref="Money.Bound"/>, or finer than five decimals.</summary>
    public static bool TryScale(decimal value, out long scaled)
    {
        scaled = 0;
        if (value < 0 || value >= Money.Bound) return false;
        var product = value * Scale;
        if (product != decimal.Truncate(product)) return false;
        scaled = (long)product;
        return true;
    }
}

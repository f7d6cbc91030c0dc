using System.Globalization;

namespace Aval.Kernel;

/// <summary>An amount in minor units of one currency. Arithmetic is checked; mixing currencies throws.</summary>
/// <remarks>Range: below 10^13 major units either way when it comes from outside (<see cref="TryOf"/>); sums may be larger, up to 2^63 minor units.</remarks>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>What the API accepts: amounts below this many major units.</summary>
    public const decimal Bound = 10_000_000_000_000m;

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>The amount of this many major units, or false when it has more decimals than the currency or reaches <see cref="Bound"/>.</summary>
    public static bool TryOf(decimal major, Currency currency, out Money money)
    {
        money = default;
        if (Math.Abs(major) >= Bound) return false;
        var minor = major * currency.MinorPerMajor;
        if (minor != decimal.Truncate(minor)) return false;
        money = new Money((long)minor, currency);
        return true;
    }

    /// <summary>The exact amount of this many major units. Throws when it has more decimals than the currency.</summary>
    public static Money Of(decimal major, Currency currency) =>
        TryOf(major, currency, out var money) ? money : throw new ArgumentOutOfRangeException(nameof(major), $"{major} is not an amount in {currency}");

    /// <summary>The amount nearest to this many major units; half a minor unit goes away from zero (commercial rounding).</summary>
    public static Money Round(decimal major, Currency currency) =>
        new((long)Math.Round(major * currency.MinorPerMajor, 0, MidpointRounding.AwayFromZero), currency);

    /// <summary>In major units, with exactly the currency's decimals.</summary>
    public decimal Major => Minor * Currency.MinorUnit;

    public bool IsZero => Minor == 0;

    /// <summary>This amount, or zero when it is negative.</summary>
    public Money FloorAtZero() => Minor < 0 ? Zero(Currency) : this;

    /// <summary>This amount in another currency: one unit of this currency is <paramref name="rate"/> units of the other. One rounding, half away from zero.</summary>
    public Money Convert(decimal rate, Currency to) => to == Currency ? this : Round(Major * rate, to);

    public static Money Min(Money left, Money right) => left <= right ? left : right;
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Minor), Same(left, right));
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.Minor), Same(left, right));
    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other)
    {
        Same(this, other);
        return Minor.CompareTo(other.Minor);
    }

    /// <summary>For people who read logs and tests: <c>1234.50 EUR</c>, invariant.</summary>
    public override string ToString() =>
        Major.ToString("F" + Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Currency.Code;

    static Currency Same(Money left, Money right) =>
        left.Currency == right.Currency ? left.Currency : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up");
}

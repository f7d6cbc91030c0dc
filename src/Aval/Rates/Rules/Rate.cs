using System.Globalization;
using Aval.Kernel;

namespace Aval.Rates.Rules;

/// <summary>What one unit of the base currency is worth on a day.</summary>
/// <param name="Value">One unit of <paramref name="Base"/> = this many units of <paramref name="Currency"/>; above zero.</param>
public sealed record Rate(DateOnly Date, Currency Base, Currency Currency, decimal Value)
{
    public string Key => $"{Date:yyyy-MM-dd} {Base}/{Currency}";
}

/// <summary>The rate by which a document was converted, kept with it: one unit of the document's currency = <paramref name="Factor"/> of the credit currency.</summary>
/// <param name="Date">The day whose rate was taken, on or before the document's; the document's own where both currencies are one.</param>
public readonly record struct StoredRate(decimal Factor, DateOnly Date)
{
    public static StoredRate Same(DateOnly date) => new(1, date);

    /// <summary>True when the amount stays an amount by this rate: below <see cref="Money.Bound"/>. Told in doubles, since decimals do not hold what is far above.</summary>
    public bool Fits(Money amount) => Factor == 1 || Math.Abs((double)amount.Major) * (double)Factor < (double)Money.Bound;

    /// <summary>The factor as decimal text, exact; the column beside it keeps the date.</summary>
    public string ToText() => Factor.ToString(CultureInfo.InvariantCulture);

    public static StoredRate? Read(string? factor, DateOnly? date) =>
        factor is null || date is not { } day ? null : new StoredRate(decimal.Parse(factor, CultureInfo.InvariantCulture), day);
}

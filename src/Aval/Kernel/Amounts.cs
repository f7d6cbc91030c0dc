namespace Aval.Kernel;

/// <summary>What the amount of a document may be: above zero, below 10^13 major units, with no more decimals than its currency has.</summary>
public static class Amounts
{
    /// <summary>Refuses with <c>field-invalid</c>, or null when the amount is good.</summary>
    public static Problem? Refuse(string field, decimal amount, Currency currency) => TryOf(amount, currency, out _)
        ? null
        : KernelProblems.FieldInvalid.With($"{field} must be above zero and below 10^13, with at most {currency.Decimals} decimals in {currency}.", field);

    /// <summary>The amount in minor units; false where <see cref="Refuse"/> refuses.</summary>
    public static bool TryOf(decimal amount, Currency currency, out long minor)
    {
        var good = Money.TryOf(amount, currency, out var money) && money.Minor > 0;
        minor = money.Minor;
        return good;
    }
}

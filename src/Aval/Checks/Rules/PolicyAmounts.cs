using Aval.Kernel;

namespace Aval.Checks.Rules;

/// <summary>Tells amounts of the payer's credit currency in policy's currency, and remembers that it could not.</summary>
struct PolicyAmounts(CheckFacts facts, Currency currency)
{
    /// <summary>The policy's.</summary>
    public readonly Currency Currency => currency;

    /// <summary>True once an amount was asked for and no rate was known.</summary>
    public bool RateIsMissing { get; private set; }

    /// <summary>Major units of policy's currency, rounded once to its minor unit; null when no rate is known.</summary>
    public decimal? Of(long minor) => Of(minor, facts.Payer!.Currency, facts.PolicyFactor);

    public decimal? Of(long minor, Currency from, decimal? factor)
    {
        if (from == currency) return new Money(minor, from).Major;
        if (factor is { } rate) return new Money(minor, from).Convert(rate, currency).Major;
        RateIsMissing = true;
        return null;
    }
}

using Aval.Kernel;
using Aval.Rates.Rules;

namespace Aval.Checks.Rules;

/// <summary>Tells amounts of the payer's credit currency in policy's currency, and remembers that it could not.</summary>
struct PolicyAmounts(CheckFacts facts)
{
    /// <summary>True once an amount was asked for and no rate was known.</summary>
    public bool RateIsMissing { get; private set; }

    /// <summary>Major units of policy's currency, rounded once to its minor unit; null when no rate is known.</summary>
    public decimal? Of(long minor) => Of(minor, facts.Payer!.Currency, facts.PolicyFactor);

    public decimal? Of(long minor, Currency from, decimal? factor)
    {
        if (from == facts.PolicyCurrency) return new Money(minor, from).Major;
        if (factor is { } rate && new StoredRate(rate, facts.Today).Fits(new Money(minor, from))) return new Money(minor, from).Convert(rate, facts.PolicyCurrency).Major;
        RateIsMissing = true;
        return null;
    }
}

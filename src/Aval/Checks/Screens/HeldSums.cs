using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Rates;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>How many held orders of one kind there are, and what they come to in one currency.</summary>
/// <param name="Unconverted">Of them those that have no rate into it: counted, and missing from the amount.</param>
public readonly record struct HeldSum(Triage Triage, Cause? Cause, int Count, Money Amount, int Unconverted = 0);

/// <summary>What held orders come to, wherever that is told.</summary>
public static class HeldSums
{
    /// <summary>The sums in the company's currency, by the rates of the business date.</summary>
    public static IReadOnlyList<HeldSum> InHome(IEnumerable<HeldSum> booked, Facts company)
    {
        var (home, rates) = (Weights.Of(company).Home, company.Get<RatesFacts>());
        return
        [
            .. booked.Select(sum => rates.Converted(sum.Amount, home, company.Through) is { } amount
                ? sum with { Amount = amount }
                : sum with { Amount = new Money(0, home), Unconverted = sum.Count }),
        ];
    }

    /// <summary>How many orders these are, and how many of them are missing from their amount.</summary>
    public static string Said(IReadOnlyCollection<HeldSum> sums)
    {
        var (count, missing) = (sums.Sum(sum => sum.Count), sums.Sum(sum => sum.Unconverted));
        return missing == 0
            ? Several(count, "{0} order", "{0} orders")
            : Several(count, "{0} order; the amount of {1} is missing, since no rate is known", "{0} orders; the amount of {1} is missing, since no rate is known", missing);
    }
}

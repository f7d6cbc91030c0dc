using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>One rate a day for each foreign currency: a slow walk within a band.</summary>
static class ExchangeRates
{
    static readonly (string Code, int Start, int Low, int High)[] Walks = [("USD", 10_900, 10_100, 11_800), ("GBP", 8_560, 8_200, 8_950)];

    public static IEnumerable<RateRow> Of(SimulationPlan plan)
    {
        foreach (var (code, start, low, high) in Walks)
        {
            var random = new RandomStream(plan.Seed, code[0], ChanceOf.Rates);
            var tenThousandths = start;
            for (var day = plan.StartDate; day <= plan.EndDate; day = day.AddDays(1))
            {
                tenThousandths = Math.Clamp(tenThousandths + random.Between(-45, 45), low, high);
                yield return new RateRow(day, Currency.EUR, Currency.Of(code), tenThousandths / 10_000m);
            }
        }
    }
}

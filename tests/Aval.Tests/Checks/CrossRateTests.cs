using Aval.Kernel;
using Aval.Rates;
using Aval.Rates.Rules;

namespace Aval.Tests.Checks;

public class CrossRateTests
{
    static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void Of_several_common_bases_the_one_with_the_latest_rates_counts()
    {
        string[] bases = ["AUD", "CAD", "CHF", "SEK", "NOK", "USD"];
        for (var best = 0; best < bases.Length; best++)
        {
            var rates = bases.Select((code, at) => (code, at == best ? Today : Today.AddDays(-1), at + 2m));
            Assert.Equal(new StoredRate(best + 2, Today), Over(rates).Find(Of("GBP"), Of("JPY"), Today));
        }
    }

    [Fact]
    public void Of_equally_late_ones_the_first_by_code_counts()
    {
        string[] bases = ["USD", "NOK", "SEK", "CHF", "CAD", "DKK", "PLN", "CZK"];
        var rates = bases.Select((code, at) => (code, Today, at + 2m));
        Assert.Equal(6, Over(rates).Find(Of("GBP"), Of("JPY"), Today)!.Value.Factor);
    }

    /// <summary>One GBP is one unit of each base, which is that many JPY. The rate to GBP is always of today: the older of the two counts.</summary>
    static RatesFacts Over(IEnumerable<(string Base, DateOnly Date, decimal Value)> rates) => rates.Aggregate(RatesFacts.Empty, (facts, rate) => (RatesFacts)facts
        .With(new Rate(Today, Of(rate.Base), Of("GBP"), 1)).With(new Rate(rate.Date, Of(rate.Base), Of("JPY"), rate.Value)));

    static Currency Of(string code) => Currency.Of(code);
}

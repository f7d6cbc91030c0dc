using Aval.Checks.Rules;
using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Tests.Checks;

namespace Aval.Tests.Concentration;

/// <summary>How much of all receivables may stand with one payer, country or segment. C1 is a retailer in France.</summary>
public sealed class ConcentrationTests
{
    [Fact]
    public void A_count_that_only_warns_has_no_block_looked_at_again()
    {
        var before = new HeldOrder().Asked().Company;
        var counted = before.With(new PortfolioSnapshot(HeldOrder.Today, Currency.EUR, 1_000_000, PortfolioSnapshot.Nothing, PortfolioSnapshot.Nothing));
        Assert.NotNull(counted.Get<Aval.Concentration.ConcentrationFacts>().Latest);
        Assert.Equal(Aval.Checks.Rechecks.Asked.Of(before), Aval.Checks.Rechecks.Asked.Of(counted));
    }

    [Fact]
    public void Open_blocks_are_looked_at_again_for_a_new_count_only_where_a_rule_holds_orders_for_it() => Table.Check("""
        severity | again
        -        | no
        info     | no
        warn     | no
        complete | yes
        refer    | yes
        """, row =>
        {
            var said = row.Has("severity") ? row["severity"] : "warn";
            var policy = Situation.PolicyWith($$"""{"rules": [{"rule": "concentration", "severity": "{{said}}", "payerPercent": 50, "minAmount": 1000}]}""").Policy;
            if (!row.Has("severity")) policy = Aval.Policies.Rules.Standard.Policy;
            Assert.Equal(row.Flag("again"), new Aval.Policies.Rules.CompiledPolicy(1, policy).BlocksForConcentration);
        });

    static readonly DateOnly Counted = Situation.Today.AddDays(-1);

    /// <summary>Policy accepts 25 % with a payer, 60 % in a country and 40 % in a segment, and looks from 1,000 EUR on.</summary>
    [Fact]
    public void A_share_is_too_large_only_beyond_what_policy_accepts_and_from_an_amount_that_matters() => Table.Check("""
        owed     all   country  segment | subjects                              percent
        1000     4000        0        0 | -                                     -
        1000.01  4000        0        0 | payer                                 25
        1001     4000        0        0 | payer                                 25.03
        999.99   1000        0        0 | -                                     -
        1000     1000        0        0 | payer                                 100
        5000     1000        0        0 | payer                                 100
        0        5000     3000        0 | -                                     -
        0        5000     3001        0 | "country FR"                          60.02
        0        1500      999        0 | -                                     -
        0        5000        0     2000 | -                                     -
        0        5000        0  2000.01 | "segment retail"                      40
        2000     5000     4000     3000 | "payer, country FR, segment retail"   40
        2000        0        0        0 | -                                     -
        """, row =>
        {
            var result = Check(
                new Situation { Limit = "unlimited", Invoices = [(-10, row.Number("owed"))] }, Portfolio(row.Number("all"), row.Number("country"), row.Number("segment")));
            Assert.Equal(row["subjects"], string.Join(", ", result.Findings.Select(finding => finding.Subject)));
            Assert.All(result.Findings, finding => Assert.Equal(("concentration", "C1", Counted), (finding.Code, finding.Level, finding.Share!.AsOf)));
            if (result.Findings.Length > 0) Assert.Equal(row.Number("percent"), result.Findings[0].Share!.Percent);
        });

    [Fact]
    public void Without_a_count_or_a_segment_nothing_is_found()
    {
        var owing = new Situation { Limit = "unlimited", Invoices = [(-10, 9000)] };
        Assert.Empty(Check(owing, null).Findings);
        var nowhere = owing with { Invoices = [], Customer = Situation.C1 with { Segment = null, Country = "DE" } };
        Assert.Empty(Check(nowhere, Portfolio(9000, 9000, 9000)).Findings);
    }

    [Fact]
    public void Amounts_are_weighed_in_the_currency_of_policy() => Table.Check("""
        payers  companys | subjects  findings
        0.5     0.8      | -         -
        0.64    0.8      | -         -
        0.65    0.8      | payer     concentration
        -       0.8      | -         rates-missing
        0.5     -        | -         rates-missing
        """, row =>
        {
            var situation = new Situation
            {
                Limit = "unlimited", CreditCurrency = Currency.Of("USD"), Rate = 1, PolicyRate = row.NumberOrNone("payers"), Invoices = [(-10, 2500)],
            };
            var portfolio = Portfolio(8000, 0, 0) with { Currency = Currency.Of("GBP") };
            var result = Check(situation, portfolio, row.NumberOrNone("companys"));
            Assert.Equal(row.Words("findings"), result.Codes());
        });

    [Fact]
    public void What_every_payer_owes_is_summed_by_country_and_segment()
    {
        var counted = new PortfolioSnapshot(Counted, Currency.EUR, 0, PortfolioSnapshot.Nothing, PortfolioSnapshot.Nothing)
            .With(300, "FR", "retail").With(200, "DE", "retail").With(100, "FR", null);
        Assert.Equal(600, counted.Total);
        Assert.Equal(["DE 200", "FR 400"], counted.ByCountry.Select(part => $"{part.Key} {part.Value}"));
        Assert.Equal(["retail 500"], counted.BySegment.Select(part => $"{part.Key} {part.Value}"));
    }

    static CheckResult Check(Situation situation, PortfolioSnapshot? portfolio, decimal? factor = null)
    {
        const string policy = """
            {"rules": [{"rule": "concentration", "severity": "refer", "payerPercent": 25, "countryPercent": 60, "segmentPercent": 40, "minAmount": 1000},
                       {"rule": "orderTooLarge", "severity": "off"}]}
            """;
        return Aval.Checks.Rules.Check.Run(situation.Facts() with { Portfolio = portfolio, PortfolioFactor = factor }, Situation.PolicyWith(policy));
    }

    static PortfolioSnapshot Portfolio(decimal all, decimal country, decimal segment) => new(
        Counted, Currency.EUR, Minor(all), PortfolioSnapshot.Nothing.SetItem("FR", Minor(country)), PortfolioSnapshot.Nothing.SetItem("retail", Minor(segment)));

    static long Minor(decimal major) => Money.Of(major, Currency.EUR).Minor;
}

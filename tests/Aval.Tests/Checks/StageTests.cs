using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks;

/// <summary>What is tolerated, and at which stage: an order that was released already is not stopped at the ramp for a trifle.</summary>
public sealed class StageTests
{
    [Fact]
    public void An_overrun_is_tolerated_up_to_percent_and_amount_where_policy_names_them() => Table.Check("""
        stage        order     percent  amount  pickPercent  pickAmount | triage     severity
        entry        10000.01  -        -       -            -          | arbitrate  refer
        entry        10100     1        -       -            -          | accept     warn
        entry        10100.01  1        -       -            -          | arbitrate  refer
        entry        10050     1        50      -            -          | accept     warn
        entry        10050.01  1        50      -            -          | arbitrate  refer
        entry        10500     -        -       5            -          | arbitrate  refer
        pickRelease  10500     -        -       5            -          | accept     warn
        pickRelease  10500.01  -        -       5            -          | arbitrate  refer
        pickRelease  10100     1        -       -            -          | accept     warn
        pickRelease  10100     1        -       -            99.99      | arbitrate  refer
        """, row =>
        {
            var atPick = Tolerance(row["pickPercent"], row["pickAmount"]);
            var stages = atPick.Length == 0 ? "" : $$$""", "stages": {"pickRelease": {{{{atPick[1..]}}} }}""";
            var policy = $$"""{"rules": [{"rule": "limit", "severity": "refer"{{Tolerance(row["percent"], row["amount"])}}{{stages}}}]}""";
            var result = At(row, new Situation { Worth = row.Number("order") }, policy);
            Assert.Equal((row["triage"], row["severity"]), (Word(result.Triage), Word(result.One("limit-exceeded").Severity)));
        });

    [Fact]
    public void A_tolerated_amount_is_told_in_the_currency_of_policy_or_is_not_tolerated()
    {
        const string policy = """{"rules": [{"rule": "limit", "severity": "refer", "toleranceAmount": 80}]}""";
        var inDollars = new Situation { CreditCurrency = Currency.Of("USD"), PolicyRate = 0.8m, Worth = 10_100, Policy = policy };
        Assert.Equal(Severity.Warn, inDollars.Check().One("limit-exceeded").Severity);
        Assert.Equal(Severity.Refer, (inDollars with { Worth = 10_100.02m }).Check().One("limit-exceeded").Severity);
        Assert.Equal(Severity.Refer, (inDollars with { PolicyRate = null }).Check().One("limit-exceeded").Severity);
    }

    [Fact]
    public void What_a_stage_says_of_an_overdue_test_takes_its_place_there_and_nowhere_else() => Table.Check("""
        stage        late  amount | findings
        entry          15     500 | overdue
        pickRelease    15     500 | -
        pickRelease    20     500 | overdue
        pickRelease    20  499.99 | -
        entry          14     500 | -
        """, row =>
        {
            const string policy = """
                {"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "stages": {"pickRelease": {"minDays": 20}}}]}
                """;
            Assert.Equal(row.Words("findings"), At(row, new Situation { Invoices = [(row.Integer("late"), row.Number("amount"))] }, policy).Codes());
        });

    [Fact]
    public void A_stage_bears_on_each_of_several_pairs()
    {
        const string policy = """
            {"rules": [{"rule": "overdue", "severity": "refer", "stages": {"pickRelease": {"minAmount": 2000}},
                        "pairs": [{"minDays": 30, "minAmount": 1000, "minSharePercent": 0}, {"minDays": 60, "minAmount": 50, "minSharePercent": 0}]}]}
            """;
        var late = new Situation { Invoices = [(70, 1500)], Policy = policy };
        Assert.Equal(["overdue"], late.Check().Codes());
        Assert.Empty(Check.Run(late.Facts() with { Stage = Stage.PickRelease }, Situation.PolicyWith(policy)).Findings);
    }

    static CheckResult At(Row row, Situation situation, string policy) =>
        Check.Run(situation.Facts() with { Stage = row.One<Stage>("stage") }, Situation.PolicyWith(policy));

    static string Tolerance(string percent, string amount) =>
        (percent.Length == 0 ? "" : $$""", "tolerancePercent": {{percent}}""") + (amount.Length == 0 ? "" : $$""", "toleranceAmount": {{amount}}""");

    static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}

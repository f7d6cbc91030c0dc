using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.Tests.Checks;

/// <summary>An order fits every limit from its payer to the top of the group.</summary>
public sealed class LimitTests
{
    [Fact]
    public void At_the_limit_passes_and_one_cent_above_is_held_with_the_cent() => Table.Check("""
        limit  exposure  group    order | triage     overrun   findings
        10000      8000  -         1000 | accept     -         -
        10000      8000  -      1000.01 | accept     -         limit-near
        10000      9000  -         1000 | accept     -         limit-near
        10000      9000  -      1000.01 | arbitrate     0.01   limit-exceeded
        10000     12000  -          500 | arbitrate  2500      limit-exceeded
        0             0  -          100 | arbitrate   100      limit-exceeded
        0             0  -            0 | accept     -         -
        """, CheckRow);

    [Fact]
    public void None_zero_unlimited_expired_and_inherited_are_five_different_things() => Table.Check("""
        limit      exposure  group      order | triage     overrun   findings
        none              0  -            100 | arbitrate  -         limit-not-set
        0                 0  -            100 | arbitrate  100       limit-exceeded
        unlimited         0  -          90000 | accept     -         -
        expired           0  -            100 | arbitrate  -         limit-expired
        inherit           0  -            100 | arbitrate  -         limit-not-set
        inherit           0  none         100 | arbitrate  -         limit-not-set
        inherit           0  unlimited    100 | accept     -         -
        inherit           0  200          100 | accept     -         -
        inherit           0  99           100 | arbitrate  1         limit-exceeded
        inherit           0  expired      100 | arbitrate  -         limit-expired
        """, CheckRow);

    [Fact]
    public void A_node_above_without_a_limit_adds_no_test_and_one_with_a_limit_adds_its_own() => Table.Check("""
        limit  exposure  group      order | triage     overrun   findings
        10000         0  none        1000 | accept     -         -
        10000         0  inherit     1000 | accept     -         -
        10000         0  unlimited   1000 | accept     -         -
        10000         0  expired     1000 | arbitrate  -         limit-expired
        none          0  100         1000 | arbitrate  900       limit-not-set limit-exceeded
        500           0  100         1000 | arbitrate  500       limit-exceeded limit-exceeded
        10000         0  1000        1000 | accept     -         limit-near
        """, CheckRow);

    [Fact]
    public void Every_level_that_fails_is_named_with_its_own_overrun()
    {
        var result = new Situation { Limit = "10000", Exposure = 9000, GroupLimit = "15000", GroupExposure = 15000, Worth = 1001 }.Check();
        Assert.Equal([("C1", 1m), ("G0", 1001m)], result.Findings.Select(finding => (finding.Level!, finding.Major()!.Value)));
        Assert.Equal(100, result.Headroom!.Value.Overrun);
        Assert.Equal(100_000, result.Headroom!.Value.Limit - result.Headroom.Value.Exposure);
    }

    [Fact]
    public void An_order_that_ships_beyond_the_horizon_takes_no_headroom()
    {
        var later = new Situation { Limit = "10000", Exposure = 11000, Worth = 9000, BeyondHorizon = true };
        Assert.Equal(Triage.Accept, later.Check().Triage);
        Assert.Equal(SkipReason.AddsNothing, later.Check().Skipped);
        Assert.Contains("limit-not-set", (later with { Limit = "none" }).Check().Codes());
    }

    [Fact]
    public void A_limit_told_in_another_currency_cannot_be_compared_and_fails_closed()
    {
        var facts = new Situation().Facts();
        var node = facts.Nodes[0] with { Limit = facts.Nodes[0].Limit with { Currency = Currency.Of("USD") } };
        var result = Check.Run(facts with { Nodes = [node] }, Situation.PolicyWith("{}"));
        Assert.Equal("USD", result.One("rates-missing").Subject);
    }

    [Fact]
    public void A_limit_is_watched_from_the_percentage_that_policy_names() => Table.Check("""
        watch   order | triage  findings
        90       9000 | accept  -
        90    9000.01 | accept  limit-near
        50       9000 | accept  limit-near
        100     10000 | accept  -
        """, row => new Situation { Worth = row.Number("order"), Policy = $$"""{"watchPercent": {{row["watch"]}}}""" }.Check().Meets(row));

    static void CheckRow(Row row)
    {
        var result = new Situation
        {
            Limit = row["limit"], Exposure = row.Number("exposure"), GroupLimit = row["group"], Worth = row.Number("order"),
        }.Check();
        result.Meets(row);
        Assert.Equal(row.NumberOrNone("overrun"), result.Findings.FirstOrDefault(finding => finding.Code == "limit-exceeded").Major());
    }
}

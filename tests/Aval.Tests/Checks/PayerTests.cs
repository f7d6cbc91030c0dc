using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks;

/// <summary>Whether the payer may owe more, and what no rule can switch off.</summary>
public sealed class PayerTests
{
    static readonly AccountHold Hold = new("goods not returned", Situation.Today.AddDays(-9), "maria");

    [Fact]
    public void A_blocked_class_holds_and_a_missing_one_warns() => Table.Check("""
        class | triage     findings
        A     | accept     -
        D     | accept     -
        E     | arbitrate  risk-class-blocked
        -     | accept     risk-class-missing
        """, row => new Situation { Customer = Situation.C1 with { RiskClass = row.Has("class") ? row["class"] : null } }.Check().Meets(row));

    [Fact]
    public void A_payer_without_a_class_counts_as_the_worst_that_policy_accepts()
    {
        const string policy = """{"rules": [{"rule": "orderTooLarge", "scope": {"riskClass": "D"}, "severity": "refer", "amount": 999}]}""";
        Assert.Contains("order-too-large", new Situation { Policy = policy, Customer = Situation.C1 with { RiskClass = null } }.Check().Codes());
        Assert.DoesNotContain("order-too-large", new Situation { Policy = policy, Customer = Situation.C1 with { RiskClass = "C" } }.Check().Codes());
    }

    [Fact]
    public void A_hold_on_the_payer_or_on_who_orders_stops_the_order_whatever_it_is_worth()
    {
        var (payer, branch) = (Situation.C1 with { Number = "HQ" }, Situation.C1 with { Payer = "HQ" });
        var held = new Situation { Customer = branch with { Hold = Hold }, Payer = payer with { Hold = Hold }, Worth = 0 }.Check();
        Assert.Equal(["HQ", "C1"], held.Findings.Select(finding => finding.Level));
        Assert.Equal((Triage.Arbitrate, 9, "goods not returned"), (held.Triage, held.Findings[0].Days, held.Findings[0].Subject));
        Assert.Single(new Situation { Customer = Situation.C1 with { Hold = Hold } }.Check().Findings);
    }

    [Fact]
    public void Prepaid_orders_wait_for_their_own_deposit_and_then_need_no_credit() => Table.Check("""
        terms    asked    limit  order  deposit | triage     missing  skipped   findings
        NET30    -        10000   1000        0 | accept     -        -         -
        PREPAID  -        10000   1000        0 | arbitrate  1000     -         prepayment-required
        PREPAID  -        10000   1000   999.99 | arbitrate     0.01  -         prepayment-required
        PREPAID  -        10000   1000     1000 | accept     -        Prepaid   -
        PREPAID  -        none    1000     1000 | accept     -        Prepaid   -
        NET30    -        none    1000     1000 | accept     -        Prepaid   -
        NET30    PREPAID  10000   1000        0 | arbitrate  1000     -         prepayment-required terms-shorter
        PREPAID  NET30    10000   1000        0 | arbitrate  1000     -         prepayment-required terms-deviate
        PREPAID  -        none       0        0 | accept     -        ZeroValue -
        """, row =>
        {
            var situation = new Situation
            {
                Limit = row["limit"], Worth = row.Number("order"), Deposit = row.Number("deposit"),
                Customer = Situation.C1 with { PaymentTerms = row["terms"] },
            };
            if (row.Has("asked")) situation = situation with { Order = situation.Order with { PaymentTerms = row["asked"] } };
            var result = situation.Check();
            result.Meets(row);
            Assert.Equal(row.NumberOrNone("missing"), result.Findings.FirstOrDefault(finding => finding.Code == "prepayment-required").Major());
            Assert.Equal(row["skipped"], result.Skipped?.ToString() ?? "");
        });

    [Fact]
    public void An_order_is_too_large_above_the_amount_of_policy_in_its_currency() => Table.Check("""
        order      currency  rate  policyRate | triage     findings
        100000     EUR       1     1          | accept     -
        100000.01  EUR       1     1          | arbitrate  order-too-large
        125000     USD       0.8   1          | accept     -
        125000.02  USD       0.8   1          | arbitrate  order-too-large
        125000     USD       1     0.8        | accept     -
        125000.02  USD       1     0.8        | arbitrate  order-too-large
        100000.01  EUR       1.25  0.7        | arbitrate  order-too-large
        100000     EUR       1.25  0.9        | accept     -
        """, row => new Situation
        {
            Limit = "unlimited", Worth = row.Number("order"), Currency = Currency.Of(row["currency"]), Rate = row.Number("rate"),
            PolicyRate = row.Number("policyRate"), CreditCurrency = row.Number("policyRate") == 1 ? Currency.EUR : Currency.Of("USD"),
        }.Check().Meets(row));

    [Fact]
    public void A_class_has_an_amount_of_its_own_and_who_is_new_may_order_less() => Table.Check("""
        class  since  order     | triage     scope        level  days  findings
        B      -      80000     | accept     -            -      -     -
        B      -      80000.01  | arbitrate  -            -      -     order-too-large
        C      -      30000     | accept     -            -      -     -
        C      -      30000.01  | arbitrate  riskClass:C  -      -     order-too-large
        A      -      200000    | accept     -            -      -     -
        A      -      200000.01 | arbitrate  riskClass:A  -      -     order-too-large
        -      -      5000      | accept     -            -      -     risk-class-missing
        -      -      5000.01   | arbitrate  riskClass:D  -      -     risk-class-missing order-too-large
        B      0      10000     | accept     -            -      -     -
        B      0      10000.01  | arbitrate  -            C1     0     order-too-large
        B      179    10000.01  | arbitrate  -            C1     179   order-too-large
        B      180    10000.01  | accept     -            -      -     -
        B      179    80000.01  | arbitrate  -            -      -     order-too-large
        C      0      20000     | accept     -            -      -     -
        """, row =>
        {
            const string policy = """
                {"rules": [{"rule": "orderTooLarge", "severity": "refer", "amount": 80000, "newCustomers": {"amount": 10000, "days": 180}},
                           {"rule": "orderTooLarge", "severity": "refer", "amount": 200000, "scope": {"riskClass": "A"}},
                           {"rule": "orderTooLarge", "severity": "refer", "amount": 30000, "scope": {"riskClass": "C"}},
                           {"rule": "orderTooLarge", "severity": "refer", "amount": 5000, "scope": {"riskClass": "D"}}]}
                """;
            var customer = Situation.C1 with
            {
                RiskClass = row.Has("class") ? row["class"] : null, CustomerSince = row.IntegerOrNone("since") is { } days ? Situation.Today.AddDays(-days) : null,
            };
            var result = new Situation { Limit = "unlimited", Worth = row.Number("order"), Policy = policy, Customer = customer }.Check();
            result.Meets(row);
            var found = result.Findings.FirstOrDefault(finding => finding.Code == "order-too-large");
            Assert.Equal((row.Has("scope") ? row["scope"] : null, row.Has("level") ? row["level"] : null, row.IntegerOrNone("days")),
                (found.Scope is { } scope ? $"riskClass:{scope.Value}" : null, found.Level, found.Days));
        });

    [Fact]
    public void Just_within_the_amount_of_a_new_customer_is_split_past_it()
    {
        const string policy = """{"rules": [{"rule": "orderTooLarge", "severity": "refer", "amount": 80000, "newCustomers": {"amount": 10000, "days": 180}}]}""";
        CheckResult Since(int days)
        {
            var facts = new Situation { Limit = "unlimited", Worth = 9000, Customer = Situation.C1 with { CustomerSince = Situation.Today.AddDays(-days) } }.Facts();
            var habit = new Aval.Orders.Rules.OrderHabit("C1", [900_000, 900_000]) { Dates = [Situation.Today, Situation.Today] };
            return Check.Run(facts with { Habit = habit }, Situation.PolicyWith(policy));
        }

        Assert.Equal(27_000, Since(10).One("order-splitting").Major());
        Assert.Empty(Since(180).Findings);
    }

    [Fact]
    public void What_cannot_be_judged_is_held_under_every_policy()
    {
        const string off = """{"rules": [{"rule": "limit", "severity": "off"}, {"rule": "overdue", "severity": "off"}]}""";
        var unknown = new Situation { PayerIsUnknown = true, Customer = Situation.C1 with { Payer = "HQ" }, Policy = off }.Check();
        Assert.Equal(("payer-unknown", "HQ", null), (Assert.Single(unknown.Findings).Code, unknown.Findings[0].Level, unknown.Findings[0].Rule));
        Assert.Null(unknown.Headroom);
        Assert.Equal("GBP", new Situation { Currency = Currency.Of("GBP"), Rate = null, Policy = off }.Check().One("rates-missing").Subject);
        Assert.Null(new Situation { UnconvertedDocuments = 2, Policy = off }.Check().One("rates-missing").Subject);
        var expired = new Situation { Policy = off };
        expired = expired with { Order = expired.Order with { Marks = ["delivered-while-held", "authorization-expired"] } };
        Assert.Equal((Triage.Complete, OwnerFunction.CustomerService), (expired.Check().Triage, expired.Check().One("authorization-expired").Owner));
    }

    [Fact]
    public void A_free_order_needs_no_credit_and_the_skip_is_recorded_rule_by_rule()
    {
        var free = new Situation
        {
            Worth = 0, Limit = "none", Invoices = [(100, 5000)], Customer = Situation.C1 with { RiskClass = "E" },
            Currency = Currency.Of("GBP"), Rate = null,
        };
        var result = free.Check();
        Assert.Empty(result.Findings);
        Assert.Equal(SkipReason.ZeroValue, result.Skipped);
        var states = result.Outcomes().ToDictionary(outcome => outcome.Setting.Name, outcome => outcome.State);
        Assert.Equal((RuleState.Skipped, RuleState.Skipped), (states["limit"], states["overdue"]));
        Assert.Equal((RuleState.Clear, RuleState.Clear), (states["forcedHold"], states["termsDeviate"]));
    }

    [Fact]
    public void Every_rule_of_the_policy_is_listed_fired_or_not()
    {
        var result = new Situation { Worth = 20000, Policy = """{"rules": [{"rule": "taxIdInvalid", "severity": "off"}]}""" }.Check();
        Assert.Equal(Aval.Policies.Rules.Standard.Policy.Rules.Length, result.Outcomes().Count());
        Assert.Equal(["limit"], result.Outcomes().Where(outcome => outcome.State == RuleState.Fired).Select(outcome => outcome.Setting.Name));
        Assert.Equal(["taxIdInvalid"], result.Outcomes().Where(outcome => outcome.State == RuleState.Off).Select(outcome => outcome.Setting.Name));
    }
}

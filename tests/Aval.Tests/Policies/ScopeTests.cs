using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Checks;

namespace Aval.Tests.Policies;

/// <summary>Where a rule is set for several scopes, the most specific wins, and the answer can say which.</summary>
public sealed class ScopeTests
{
    static readonly Customer Branch = Situation.C1 with { Number = "B1", Payer = "HQ", RiskClass = "A", Segment = "retail", Country = "DE" };
    static readonly Customer Payer = Situation.C1 with { Number = "HQ", Group = "G1", RiskClass = "B", Segment = "public", Country = "FR" };

    [Fact]
    public void The_most_specific_scope_wins() => Table.Check("""
        winner          | scopes
        all             | all
        country:FR      | all country:FR country:DE
        segment:public  | country:FR segment:public all segment:retail
        riskClass:B     | riskClass:B segment:public country:FR riskClass:A
        group:G0        | group:G0 riskClass:B
        group:G1        | group:G0 group:G1
        group:HQ        | group:G0 group:G1 group:HQ
        customer:HQ     | group:HQ customer:HQ
        customer:B1     | customer:HQ customer:B1
        all             | all group:G9 customer:C9 riskClass:E segment:x country:US
        all             | customer:C9
        """, row =>
        {
            var policy = Situation.PolicyWith($$"""{"rules": [{{string.Join(',', row.Words("scopes").Select(Entry))}}]}""");
            Assert.Equal(row["winner"], Told(policy.For(Branch, Payer, ["HQ", "G1", "G0"]).OrderTooLarge!.Scope));
        });

    [Fact]
    public void A_rule_switched_off_for_some_stays_on_for_the_others()
    {
        var policy = Situation.PolicyWith("""{"rules": [{"rule": "forcedHold", "severity": "off", "scope": {"customer": "B1"}}]}""");
        Assert.Null(policy.For(Branch, Payer, []).ForcedHold);
        Assert.NotNull(policy.For(Payer, Payer, []).ForcedHold);
        Assert.Equal(new Scope(ScopeKind.Customer, "B1"), policy.For(Branch, Payer, []).Named("forcedHold")!.Scope);
    }

    [Fact]
    public void Each_rule_is_resolved_by_itself()
    {
        var policy = Situation.PolicyWith("""
            {"rules": [{"rule": "orderTooLarge", "severity": "warn", "amount": 1, "scope": {"group": "G0"}},
                       {"rule": "limit", "severity": "warn", "scope": {"group": "G1"}},
                       {"rule": "taxIdInvalid", "severity": "info", "scope": {"country": "FR"}}]}
            """);
        var rules = policy.For(Branch, Payer, ["HQ", "G1", "G0"]);
        RuleSetting[] resolved = [rules.OrderTooLarge!, rules.Limit!, rules.TaxIdInvalid!, rules.Overdue!];
        Assert.Equal(["group:G0", "group:G1", "country:FR", "all"], resolved.Select(rule => Told(rule.Scope)));
    }

    [Fact]
    public void Who_falls_under_the_same_scopes_shares_one_set_of_rules()
    {
        var preset = new CompiledPolicy(1, Standard.Policy);
        Assert.Same(preset.For(Branch, Payer, []), preset.For(Payer, null, []));
        var scoped = Situation.PolicyWith("""{"rules": [{"rule": "limit", "severity": "warn", "scope": {"country": "FR"}}]}""");
        Assert.Same(scoped.For(Branch, Payer, []), scoped.For(Payer with { Number = "X", RiskClass = "C" }, null, []));
        Assert.NotSame(scoped.For(Branch, Payer, []), scoped.For(Branch, null, []));
    }

    [Fact]
    public void The_worst_accepted_class_is_the_last_that_is_not_blocked() => Table.Check("""
        worst | blocked
        D     | "E"
        C     | "D","E"
        D     | "A","E"
        E     | "A","B","C","D","E"
        E     |
        """, row =>
        {
            var rule = $$"""{"rule": "riskClass", "severity": "refer", "classes": [{{row.Text.Split('|')[1]}}]}""";
            Assert.Equal(row["worst"], Situation.PolicyWith($$"""{"rules": [{{rule}}]}""").WorstAcceptedClass);
        });

    static string Entry(string scope) => scope.Split(':') is [var kind, var value]
        ? $$$"""{"rule": "orderTooLarge", "severity": "warn", "amount": 1, "scope": {"{{{kind}}}": "{{{value}}}"}}"""
        : """{"rule": "orderTooLarge", "severity": "warn", "amount": 1}""";

    static string Told(Scope scope) => scope.Kind == ScopeKind.All ? "all" : $"{Aval.Kernel.Storage.Words.Of(scope.Kind)}:{scope.Value}";
}

using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Parties.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks;

/// <summary>What must hold of every order and every payer, whoever they are.</summary>
public sealed class CheckLaws
{
    static readonly Gen<Situation> Situations =
        from worth in Gen.Choose(0, 200_000)
        from exposure in Gen.Choose(0, 150_000)
        from limit in Gen.Frequency((8, Amounts(200_000)), (2, Gen.Elements("none", "unlimited", "inherit", "expired")))
        from above in Gen.Frequency((1, Gen.Constant("")), (1, Amounts(300_000)))
        from late in Gen.Choose(-60, 150).SelectMany(days => Gen.Choose(1, 5000).Select(amount => (days, (decimal)amount))).ListOf()
        from riskClass in Gen.Elements("A", "B", "E", null)
        from held in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from terms in Gen.Frequency((4, Gen.Constant("NET30")), (1, Gen.Constant("PREPAID")))
        from deposit in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 200_000)))
        from address in Gen.Elements(Situation.C1.BillingAddress, null)
        select new Situation
        {
            Worth = worth, Exposure = exposure, Limit = limit, GroupLimit = above, GroupExposure = exposure, Invoices = [.. late],
            Deposit = Math.Min(deposit, worth),
            Customer = Situation.C1 with
            {
                RiskClass = riskClass, Hold = held ? new AccountHold("stop", Situation.Today, "maria") : null,
                PaymentTerms = terms, BillingAddress = address,
            },
        };

    static Gen<string> Amounts(int most) => Gen.Choose(0, most).Select(amount => $"{amount}");

    [Fact]
    public void The_same_facts_give_the_same_answer() => Holds(situation =>
    {
        var (first, second) = (situation.Check(), situation.Check());
        return first.Findings.SequenceEqual(second.Findings)
            && (first.Triage, first.Headroom, first.Skipped) == (second.Triage, second.Headroom, second.Skipped);
    });

    [Fact]
    public void A_higher_limit_never_worsens_the_verdict() => Holds(situation =>
        situation.Limit is "none" or "unlimited" or "inherit" or "expired"
        || NoWorse(situation, situation with { Limit = (decimal.Parse(situation.Limit, null) + 1000).ToString(null as IFormatProvider) }));

    [Fact]
    public void A_deposit_never_worsens_the_verdict() => Holds(situation =>
        NoWorse(situation, situation with { Deposit = Math.Min(situation.Worth, situation.Deposit + 500) }));

    /// <summary>An item that every test of the rule counts; the payment of another may raise the overdue share.</summary>
    [Fact]
    public void The_payment_of_an_item_that_counts_as_overdue_never_worsens_the_verdict() => Holds(situation =>
    {
        var paid = situation.Invoices.Where(invoice => invoice.DaysLate >= 15).Select((invoice, at) => (invoice, at)).FirstOrDefault();
        if (paid.invoice.Amount == 0) return true;
        var left = situation.Invoices.ToList();
        left.Remove(paid.invoice);
        return NoWorse(situation, situation with { Invoices = left, Exposure = Math.Max(0, situation.Exposure - paid.invoice.Amount) });
    });

    [Fact]
    public void Paying_what_is_not_yet_due_may_raise_the_overdue_share()
    {
        var before = new Situation { Invoices = [(20, 500), (-30, 9600)] };
        Assert.Equal(Triage.Accept, before.Check().Triage);
        Assert.Contains("overdue", (before with { Invoices = [(20, 500)] }).Check().Codes());
    }

    /// <summary>Each rule alone finds what it finds among the others: no rule hides another.</summary>
    [Fact]
    public void All_findings_are_listed_whatever_else_was_found() => Holds(situation =>
    {
        var together = OfRules(situation);
        var rules = together.Select(finding => finding.Rule!).Distinct(StringComparer.Ordinal);
        var alone = rules.SelectMany(rule => OfRules(situation with { Policy = Only(rule) })).ToList();
        return together.Count == alone.Count && together.All(alone.Contains);
    });

    [Fact]
    public void An_order_is_held_exactly_when_a_finding_blocks() => Holds(situation =>
    {
        var result = situation.Check();
        return result.Passes == !result.Findings.Any(finding => finding.Blocks) && (result.Cause is null) == result.Passes;
    });

    static List<Finding> OfRules(Situation situation) => [.. situation.Check().Findings.Where(finding => finding.Rule is not null)];

    static string Only(string rule)
    {
        var others = Aval.Policies.Rules.Standard.Policy.Rules.Where(other => other.Name != rule);
        var off = others.Select(other => $$"""{"rule": "{{other.Name}}", "severity": "off"}""");
        return $$"""{"rules": [{{string.Join(',', off)}}]}""";
    }

    static bool NoWorse(Situation before, Situation after)
    {
        var (first, second) = (before.Check(), after.Check());
        return second.Triage <= first.Triage && second.Findings.Count(finding => finding.Blocks) <= first.Findings.Count(finding => finding.Blocks);
    }

    static void Holds(Func<Situation, bool> law) => Prop.ForAll(Situations.ToArbitrary(), law).Holds();
}

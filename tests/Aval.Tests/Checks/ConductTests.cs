using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>What the past says of who pays and who orders, and how old the rates may be.</summary>
public sealed class ConductTests
{
    static readonly DateOnly Today = Situation.Today;

    /// <summary>Payments: months ago, amount, days beyond terms. The preset asks for more than 15 days, 3 a month over 4 months, and a spread of 20.</summary>
    [Fact]
    public void A_payer_is_late_or_ever_later_or_stray_only_beyond_what_policy_names() => Table.Check("""
        subject                            days | payments
        -                                  -    | -
        -                                  -    | 0:100:15
        "level 16"                         16   | 0:100:16
        "level 15.1"                       15   | 0:90:15 0:10:16
        -                                  -    | 3:100:3 2:100:6 1:100:9 0:100:12
        "trend 3.3"                        9    | 3:100:4 2:100:7 1:100:10 0:100:14
        -                                  -    | 2:100:0 1:100:10 0:100:20
        -                                  -    | 0:100:-20 0:100:20
        "deviation 21"                     1    | 0:100:-20 0:100:22
        "level 16, deviation 45"           16   | 0:100:-29 0:100:61
        "level 20, trend 16, deviation 24.5"  20 | 3:100:0 2:100:20 1:100:0 0:100:60
        """, row =>
        {
            PaymentBehaviour? pays = null;
            foreach (var payment in Cells(row, "payments"))
            {
                var paid = new Paid("C1", Today.AddMonths(-(int)payment[0]), (int)payment[2], (long)payment[1]);
                pays = pays?.With(paid) ?? PaymentBehaviour.Of(paid);
            }

            var facts = new Situation().Facts();
            var result = Check.Run(facts with { Receivables = facts.Receivables with { Behaviour = pays } }, Situation.PolicyWith("{}"));
            Assert.Equal(row.Has("subject") ? row["subject"] : null, result.Findings.SingleOrDefault().Subject);
            Assert.Equal(row.IntegerOrNone("days"), result.Findings.SingleOrDefault().Days);
            Assert.Equal(Triage.Accept, result.Triage);
        });

    [Fact]
    public void Overruns_of_other_orders_count_within_the_window_once_they_are_enough() => Table.Check("""
        findings          | overruns
        -                 | -
        -                 | 90:SO-7 10:SO-8
        overruns-repeated | 90:SO-7 10:SO-8 0:SO-9
        -                 | 91:SO-7 10:SO-8 0:SO-9
        -                 | 90:SO-7 10:SO-8 0:SO-1
        overruns-repeated | 90:SO-7 10:SO-8 0:SO-1 0:SO-9
        """, row =>
        {
            var overruns = row.Words("overruns").Select(cell => cell.Split(':'))
                .Select(cell => new Overrun(Today.AddDays(-int.Parse(cell[0], CultureInfo.InvariantCulture)), cell[1])).ToList();
            Assert.Equal(row.Words("findings"), Check.Run(new Situation().Facts() with { Overruns = overruns }, Situation.PolicyWith("{}")).Codes());
        });

    [Fact]
    public void An_order_held_for_its_limit_is_noted_once_and_only_the_latest_are_kept()
    {
        var held = new Situation { Worth = 10_001 }.Check();
        var history = OverrunHistory.After(null, "C1", "SO-0", Today, held);
        Assert.Null(OverrunHistory.After(history, "C1", "SO-0", Today.AddDays(1), held));
        Assert.Null(OverrunHistory.After(history, "C1", "SO-2", Today, new Situation { Worth = 10_000 }.Check()));
        for (var at = 1; at <= OverrunsRepeatedRule.Most; at++) history = OverrunHistory.After(history, "C1", $"SO-{at}", Today.AddDays(at), held);
        Assert.Equal((OverrunsRepeatedRule.Most, "SO-1", "SO-12"), (history!.Overruns.Count, history.Overruns[0].Order, history.Overruns[^1].Order));
        Assert.Equal(history.Overruns[0], Overrun.Parse(history.Overruns[0].ToString()));
    }

    [Fact]
    public void Who_orders_and_who_pays_are_each_dunned_beyond_the_level_of_policy() => Table.Check("""
        customer  payer | levels
        -         -     | -
        2         2     | -
        3         2     | C1
        2         3     | HQ
        3         4     | HQ C1
        """, row =>
        {
            Dunning? Dunned(string column) => row.IntegerOrNone(column) is { } level ? new Dunning(level, "reminders", Today.AddDays(-5), "carl") : null;
            var result = new Situation
            {
                Customer = Situation.C1 with { Payer = "HQ", Dunning = Dunned("customer") }, Payer = Situation.C1 with { Number = "HQ", Dunning = Dunned("payer") },
            }.Check();
            Assert.Equal(row.Words("levels"), result.Findings.Select(finding => finding.Level));
            Assert.All(result.Findings, finding => Assert.Equal(("dunning-level", 5), (finding.Code, finding.Days)));
        });

    /// <summary>Earlier orders: days ago and value. The preset: three within 14 days, each from 80,000 to 100,000.</summary>
    [Fact]
    public void Orders_just_within_the_amount_that_pass_it_together_are_split() => Table.Check("""
        order      sum     | findings         earlier
        90000      -       | -                -
        90000      -       | -                3:90000
        90000      270000  | order-splitting  14:90000 3:90000
        90000      -       | -                15:90000 3:90000
        80000      260000  | order-splitting  14:80000 3:100000
        79999.99   -       | -                14:90000 3:90000
        90000      -       | -                14:79999.99 3:90000
        90000      -       | -                14:100000.01 3:90000
        100000     280000  | order-splitting  14:90000 3:90000 1:1000
        100000.01  -       | order-too-large  14:90000 3:90000
        """, row =>
        {
            var (facts, result) = Split(row, "{}");
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.NumberOrNone("sum"), result.Findings.FirstOrDefault(finding => finding.Code == "order-splitting").Major());
            var off = Check.Run(facts, Situation.PolicyWith("""{"rules": [{"rule": "orderTooLarge", "severity": "off"}]}"""));
            Assert.Empty(off.Findings);
        });

    [Fact]
    public void What_is_split_may_be_told_apart_from_what_is_too_large()
    {
        const string policy = """{"rules": [{"rule": "orderSplitting", "severity": "refer", "windowDays": 0, "count": 2, "underPercent": 10, "amount": 5000}]}""";
        var row = Table.Rows("order earlier\n5000 0:4500")[0];
        Assert.Equal(9500, Split(row, policy).Result.One("order-splitting").Major());
        Assert.Equal(Triage.Arbitrate, Split(row, policy).Result.Triage);
    }

    [Fact]
    public void A_rate_is_stale_beyond_its_days_whether_of_the_order_or_of_today() => Table.Check("""
        order  today | days  findings
        0      -     | -     -
        31     31    | -     -
        32     -     | 32    rates-stale
        -5     40    | 40    rates-stale
        """, row =>
        {
            var facts = new Situation { Currency = Currency.Of("USD"), Rate = 0.8m }.Facts();
            var result = Check.Run(
                facts with
                {
                    Order = facts.Order with { Rate = new StoredRate(0.8m, Today.AddDays(-row.Integer("order"))) },
                    OldestRate = row.IntegerOrNone("today") is { } age ? Today.AddDays(-age) : null,
                },
                Situation.PolicyWith("{}"));
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.IntegerOrNone("days"), result.Findings.SingleOrDefault().Days);
        });

    static (CheckFacts Facts, CheckResult Result) Split(Row row, string policy)
    {
        var facts = new Situation { Limit = "unlimited", Worth = row.Number("order") }.Facts();
        var earlier = Cells(row, "earlier").ToList();
        var habit = new OrderHabit("C1", [.. earlier.Select(order => Money.Of(order[1], Currency.EUR).Minor)])
        {
            Dates = [.. earlier.Select(order => Today.AddDays(-(int)order[0]))],
        };
        facts = facts with { Habit = habit };
        return (facts, Check.Run(facts, Situation.PolicyWith(policy)));
    }

    static IEnumerable<decimal[]> Cells(Row row, string column) =>
        row.Words(column).Select(cell => cell.Split(':').Select(part => decimal.Parse(part, CultureInfo.InvariantCulture)).ToArray());
}

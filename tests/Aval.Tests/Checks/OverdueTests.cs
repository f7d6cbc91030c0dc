using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>What is late: late enough, enough of it, and enough of all that is owed. The preset asks for 15 days, 500 EUR and 5 percent.</summary>
public sealed class OverdueTests
{
    [Fact]
    public void Days_and_amount_and_share_are_each_enough_when_reached_and_all_are_needed() => Table.Check("""
        triage     amount   days | findings   invoices
        accept     -        -    | -          14:600
        arbitrate  600      15   | overdue    15:600
        accept     -        -    | -          15:499.99
        arbitrate  500      15   | overdue    15:500
        arbitrate  500      20   | overdue    20:250 15:250 14:9000
        arbitrate  500      15   | overdue    15:500 -30:9500
        accept     -        -    | -          15:500 -30:9500.01
        accept     -        -    | -          80:0.40
        """, row => CheckRow(row, "overdue", "{}"));

    [Fact]
    public void The_oldest_items_are_too_old_only_beyond_their_days_and_in_an_amount_that_matters() => Table.Check("""
        triage     amount   days | findings             invoices
        accept     -        -    | -                    90:150
        arbitrate  150      91   | oldest-item-too-old  91:150
        accept     -        -    | -                    91:99.99
        arbitrate  100      91   | oldest-item-too-old  91:100
        arbitrate  100      120  | oldest-item-too-old  120:60 91:40 90:300
        """, row => CheckRow(row, "oldest-item-too-old", "{}"));

    [Fact]
    public void Of_several_pairs_any_is_enough_and_the_largest_sum_is_told() => Table.Check("""
        triage     amount   days | findings   invoices
        accept     -        -    | -          30:999
        arbitrate  1000     30   | overdue    30:1000
        arbitrate  50       60   | overdue    60:50
        arbitrate  1050     60   | overdue    60:50 30:1000
        """, row => CheckRow(row, "overdue", """
            {"rules": [{"rule": "overdue", "severity": "refer",
                        "pairs": [{"minDays": 30, "minAmount": 1000, "minSharePercent": 0}, {"minDays": 60, "minAmount": 50, "minSharePercent": 0}]}]}
            """));

    [Fact]
    public void Uncleared_receipts_do_not_make_a_share_larger_than_it_is()
    {
        var situation = new Situation { Invoices = [(15, 500), (-30, 9500)], AtRisk = 9500 };
        Assert.Equal(500, situation.Check().One("overdue").Major());
        Assert.Empty((situation with { Invoices = [(15, 500), (-30, 9501)] }).Check().Findings);
    }

    [Fact]
    public void Amounts_are_weighed_in_the_currency_of_policy() => Table.Check("""
        rate  invoice | findings
        0.8     624.9 | -
        0.8       625 | overdue
        -         625 | rates-missing
        -           1 | rates-missing
        """, row =>
        {
            var late = new Situation { CreditCurrency = Currency.Of("USD"), Invoices = [(15, row.Number("invoice"))] };
            Assert.Equal(row.Words("findings"), (late with { PolicyRate = row.NumberOrNone("rate") }).Check().Codes());
        });

    [Fact]
    public void A_group_is_as_late_as_its_payers_together()
    {
        var policy = Situation.PolicyWith("""
            {"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "level": "group"}]}
            """);
        var facts = new Situation { GroupLimit = "90000", Invoices = [(15, 300)] }.Facts();
        PayerReceivables Owing(long cents) => new() { Receivables = cents, OpenItems = [new OpenItem("I-9", Situation.Today.AddDays(-40), cents)] };
        PayerReceivables Disputing(long cents) => Owing(cents) with { OpenItems = [new OpenItem("I-9", Situation.Today.AddDays(-40), new OpenParts(cents, 10, 0, 0))] };
        CheckResult With(long cents, decimal? rate, bool disputing = false) => Check.Run(
            facts with
            {
                Group = [new GroupMember("C1", Currency.EUR, facts.Receivables, 1), new GroupMember("C2", Currency.Of("USD"), disputing ? Disputing(cents) : Owing(cents), rate)],
            },
            policy);

        Assert.Empty(With(249_99, 0.8m).Findings);
        var found = With(250_00, 0.8m).One("overdue");
        Assert.Equal(("G0", 500m, 40), (found.Level, found.Major()!.Value, found.Days!.Value));
        Assert.Contains("rates-missing", With(250_00, null).Codes());
        Assert.Empty(With(250_00, 0.8m, disputing: true).Findings);
        Assert.Equal(500m, With(250_10, 0.8m, disputing: true).One("overdue").Major());
    }

    static void CheckRow(Row row, string code, string policy)
    {
        var result = new Situation { Policy = policy, Invoices = [.. row.Words("invoices").Select(Invoice)] }.Check();
        Assert.Equal(row["triage"], result.Triage.ToString().ToLowerInvariant());
        var found = result.Findings.FirstOrDefault(finding => finding.Code == code);
        Assert.Equal((row.NumberOrNone("amount"), row.IntegerOrNone("days")), (found.Major(), found.Days));
        Assert.Equal(row.Has("findings"), result.Findings.Any(finding => finding.Code == row["findings"]));
    }

    static (int, decimal) Invoice(string cell)
    {
        var parts = cell.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), decimal.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}

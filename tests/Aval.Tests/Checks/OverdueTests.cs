using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
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

    /// <summary>The business date is Tuesday, 31 March 2026. Policy wants one day and one cent.</summary>
    [Fact]
    public void Who_pays_on_certain_days_is_late_from_the_run_on_with_which_it_could_have_paid() => Table.Check("""
        run      triage     amount  days | findings  invoices
        -        arbitrate  100     1    | overdue   1:100
        TUE      accept     -       -    | -         1:100
        TUE      accept     -       -    | -         6:100
        TUE      arbitrate  100     7    | overdue   7:100
        TUE      arbitrate  100     7    | overdue   13:60 8:40 6:500
        MON      arbitrate  100     1    | overdue   1:100
        MON      arbitrate  100     1    | overdue   7:100
        MON,THU  arbitrate  100     5    | overdue   7:60 5:40
        15       arbitrate  100     16   | overdue   30:60 16:40 15:500
        31       accept     -       -    | -         30:500
        31       arbitrate  100     31   | overdue   31:100
        30,31    arbitrate  100     1    | overdue   1:100 0:7
        """, row => CheckRow(
            row, "overdue", """{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 1, "minAmount": 0, "minSharePercent": 0}]}""",
            Situation.C1 with { PaymentRun = PaymentRun.TryParse(row["run"], out var run) ? run : null }));

    [Fact]
    public void Days_of_the_tests_are_counted_from_the_run_too() => Table.Check("""
        run  triage     amount  days | findings  invoices
        TUE  accept     -       -    | -         20:500
        TUE  arbitrate  500     21   | overdue   21:500
        """, row => CheckRow(row, "overdue", "{}", Situation.C1 with { PaymentRun = PaymentRun.TryParse(row["run"], out var run) ? run : null }));

    /// <summary>One invoice of 1,000 EUR, 20 days late, promised whole: given so many days ago for a day so many days from today.</summary>
    [Fact]
    public void A_promise_for_a_day_too_far_off_frees_nothing_and_the_check_says_so() => Table.Check("""
        longest  term  | triage     amount  told
        -        60    | accept     -       -
        -        61    | arbitrate  1000    61
        -        26700 | arbitrate  1000    26700
        14       14    | accept     -       -
        14       15    | arbitrate  1000    15
        0        0     | accept     -       -
        0        1     | arbitrate  1000    1
        """, row =>
        {
            var longest = row.Has("longest") ? $", \"longestPromiseDays\": {row["longest"]}" : "";
            var policy = Situation.PolicyWith(
                $$"""{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5{{longest}}}]}""");
            var due = Situation.Today.AddDays(-20);
            var facts = new Situation { Invoices = [(20, 1000)] }.Facts();
            var owed = facts.Receivables with { OpenItems = [new OpenItem("I-1", due, new OpenParts(1000_00, 0, 0, 1000_00))] };
            CheckResult With(bool known, CompiledPolicy asked) => Check.Run(
                facts with
                {
                    Receivables = owed, LongPromises = known && row.Integer("term") > asked.LongestPromise ? [new("P-1", row.Integer("term"), due, 1000_00)] : [],
                },
                asked);
            var result = With(known: true, policy);
            Assert.Equal(row["triage"], result.Triage.ToString().ToLowerInvariant());
            Assert.Equal(row.NumberOrNone("amount"), result.Findings.FirstOrDefault(finding => finding.Code == "overdue").Major());
            var told = result.Findings.FirstOrDefault(finding => finding.Code == "promise-too-long");
            Assert.Equal((row.IntegerOrNone("told"), row.Has("told") ? "P-1" : null), (told.Days, told.Subject));
            Assert.Equal(row.Has("told") ? 20 : null, result.Findings.FirstOrDefault(finding => finding.Code == "overdue").Days);
            Assert.Empty(With(known: false, policy).Findings);
        });

    [Fact]
    public void A_group_is_late_by_each_payers_own_run_and_promises()
    {
        var policy = Situation.PolicyWith("""
            {"rules": [{"rule": "overdue", "severity": "refer", "minDays": 1, "minAmount": 500, "minSharePercent": 0, "level": "group"}]}
            """);
        var facts = new Situation { GroupLimit = "90000", Invoices = [(1, 300)] }.Facts();
        PayerReceivables Owing(OpenParts parts) => new() { Receivables = parts.Open, OpenItems = [new OpenItem("I-9", Situation.Today.AddDays(-1), parts)] };
        CheckResult With(string? run, OpenParts parts, params LongPromise[] promises) => Check.Run(
            facts with
            {
                Group =
                [
                    new GroupMember("C1", Currency.EUR, facts.Receivables, 1),
                    new GroupMember("C2", Currency.EUR, Owing(parts), 1) { PaymentRun = PaymentRun.TryParse(run, out var on) ? on : null, LongPromises = promises },
                ],
            },
            policy);

        Assert.Equal(500m, With(null, new OpenParts(200_00, 0, 0, 0)).One("overdue").Major());
        Assert.Empty(With("TUE", new OpenParts(200_00, 0, 0, 0)).Findings);
        Assert.Empty(With(null, new OpenParts(200_00, 0, 0, 200_00)).Findings);
        var promised = With(null, new OpenParts(200_00, 0, 0, 200_00), new LongPromise("P-2", 400, Situation.Today.AddDays(-1), 200_00));
        Assert.Equal((500m, "C2", "P-2"), (promised.One("overdue").Major()!.Value, promised.One("promise-too-long").Level, promised.One("promise-too-long").Subject));
    }

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

    [Fact]
    public void What_a_group_without_a_limit_owes_late_is_told_of_its_top_and_not_of_who_orders()
    {
        var held = new HeldOrder
        {
            GroupLimit = "90000", SisterInvoices = ["I-9:600@-40"],
            Policy = """{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "level": "group"}]}""",
        }.Asked();
        Assert.Equal("G0", held.Check().One("overdue").Level);
        var limit = held.Root.RowsOf("G0").OfType<Aval.Limits.Rules.Limit>().Single();
        var found = (held with { Root = held.Root.Without(limit) }).Check().One("overdue");
        Assert.Equal(("G0", 600m), (found.Level, found.Major()!.Value));
    }

    static void CheckRow(Row row, string code, string policy, Customer? customer = null)
    {
        var result = new Situation { Policy = policy, Customer = customer ?? Situation.C1, Invoices = [.. row.Words("invoices").Select(Invoice)] }.Check();
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

using System.Collections.Immutable;
using System.Globalization;
using Aval.Checks.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>What disputes, promises, rejected and forgotten documents make the check find: below, at and above each threshold of the preset.</summary>
public sealed class DisputeFindingTests
{
    static readonly DateOnly Today = Situation.Today;

    [Fact]
    public void Overdue_leaves_out_the_parts_that_policy_says() => Table.Check("""
        disputed            promised  company  other  pledged | amount  days
        count               count     300      200    100     | 1000    40
        ignoreCompanyFault  count     300      200    100     | 700     40
        ignore              count     300      200    100     | 500     20
        count               ignore    300      200    100     | 900     40
        ignoreCompanyFault  ignore    300      200    100     | 600     40
        ignore              ignore    300      200    100     | -       -
        ignore              ignore    300      200    0       | 500     20
        ignoreCompanyFault  count     400      0      0       | 600     40
        ignoreCompanyFault  count     600      0      0       | -       -
        ignoreCompanyFault  count     500      0      0       | 500     20
        """, row =>
        {
            // Two items: 500 that are 40 days late, which take the parts first, and 500 that are 20 days late.
            var parts = new[] { row.Number("company"), row.Number("other"), row.Number("pledged") };
            var first = new decimal[3];
            for (var (i, room) = (0, 500m); i < 3; room -= first[i], i++) first[i] = Math.Min(room, parts[i]);
            OpenItem Item(string number, int late, decimal[] told) => new(number, Today.AddDays(-late), new OpenParts(500_00, Cents(told[0]), Cents(told[1]), Cents(told[2])));
            var receivables = new PayerReceivables
            {
                Receivables = 1000_00, OpenItems = [Item("I-1", 40, first), Item("I-2", 20, [.. parts.Zip(first, (all, own) => all - own)])],
            };
            var policy = $$"""
                {"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5,
                            "disputed": "{{row["disputed"]}}", "promised": "{{row["promised"]}}"}]}
                """;
            var found = Run(new Situation().Facts() with { Receivables = receivables }, policy).Findings.Where(finding => finding.Code == "overdue").ToList();
            Assert.Equal(row.NumberOrNone("amount"), found.Count == 0 ? null : found[0].Major());
            Assert.Equal(row.IntegerOrNone("days"), found.Count == 0 ? null : found[0].Days);
        });

    [Fact]
    public void What_is_disputed_through_our_own_fault_is_never_too_old_but_a_promise_makes_nothing_younger() => Table.Check("""
        company  other  pledged | findings
        0        0      0       | oldest-item-too-old
        50       0      0       | oldest-item-too-old
        50.01    0      0       | -
        0        150    0       | oldest-item-too-old
        0        0      150     | oldest-item-too-old
        """, row =>
        {
            var parts = new OpenParts(150_00, Cents(row.Number("company")), Cents(row.Number("other")), Cents(row.Number("pledged")));
            var receivables = new PayerReceivables { Receivables = 150_00, OpenItems = [new OpenItem("I-1", Today.AddDays(-91), parts)] };
            Assert.Equal(row.Words("findings"), Run(new Situation().Facts() with { Receivables = receivables }).Codes());
        });

    [Fact]
    public void Broken_promises_count_within_their_window() => Table.Check("""
        count  window  days  | findings        broken
        1      90      -     | -               -
        1      90      90    | promise-broken  90
        1      90      -     | -               91
        1      90      3     | promise-broken  91 3
        2      30      -     | -               31 30
        2      30      30    | promise-broken  30 30
        2      30      5     | promise-broken  40 30 5
        """, row =>
        {
            var broken = row.Words("broken").Select((days, at) => new Dated(Today.AddDays(-Whole(days)), $"P-{at}")).ToImmutableSortedSet();
            var policy = $$"""{"rules": [{"rule": "brokenPromise", "severity": "refer", "count": {{row["count"]}}, "windowDays": {{row["window"]}}}]}""";
            var result = Run(new Situation().Facts() with { BrokenPromises = broken }, policy);
            Assert.Equal(row.Words("findings"), result.Codes());
            if (row.Has("findings")) Assert.Equal(row.IntegerOrNone("days"), result.One("promise-broken").Days);
        });

    [Fact]
    public void A_dispute_waits_only_so_long_for_a_word_a_person_and_an_end() => Table.Check("""
        age  legitimacy     person  | findings
        5    companyFault   -       | -
        6    companyFault   -       | dispute-unowned
        90   companyFault   Quinn   | -
        91   companyFault   Quinn   | dispute-unresolved
        60   unqualified    Quinn   | -
        61   unqualified    Quinn   | dispute-unqualified
        91   unqualified    -       | dispute-unqualified dispute-unowned dispute-unresolved
        """, row =>
        {
            var dispute = Disputed(row.Integer("age"), dueDaysAgo: 0, row.One<Legitimacy>("legitimacy"), row.Has("person") ? row["person"] : null);
            var result = Run(new Situation().Facts() with { Disputes = PayerDisputes.None.Counted(dispute, +1) });
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.All(result.Findings, finding => Assert.Equal(
                ("D-1", 100m, row.Integer("age"), Severity.Warn), (finding.Subject, finding.Major(), finding.Days, finding.Severity)));
        });

    [Fact]
    public void A_late_dispute_is_tactical_where_most_of_earlier_ones_were_rejected() => Table.Check("""
        age  due  legitimacy    ended  rejected | findings
        5    6    unqualified   3      2        | dispute-tactical
        5    5    unqualified   3      2        | -
        5    6    companyFault  3      2        | -
        5    6    shared        3      2        | dispute-tactical
        5    6    unqualified   2      2        | -
        5    6    unqualified   4      2        | -
        5    6    unqualified   4      3        | dispute-tactical
        0    1    unqualified   3      3        | dispute-tactical
        """, row =>
        {
            var dispute = Disputed(row.Integer("age"), row.Integer("due"), row.One<Legitimacy>("legitimacy"), "Quinn");
            var disputes = PayerDisputes.None.Counted(dispute, +1) with { Record = new DisputeRecord("C1", row.Integer("ended"), row.Integer("rejected")) };
            Assert.Equal(row.Words("findings"), Run(new Situation().Facts() with { Disputes = disputes }).Codes());
        });

    [Fact]
    public void A_rejected_invoice_is_our_defect_or_the_customers_risk_by_its_fault()
    {
        var rejected = new[] { ("I-1", 9, RejectionFault.Customer), ("I-2", 4, RejectionFault.Company), ("I-3", 2, RejectionFault.Company) }
            .Select(invoice => new RejectedInvoice(Today.AddDays(-invoice.Item2), invoice.Item1, invoice.Item3, 100_00)).ToImmutableSortedSet();
        var result = Run(new Situation().Facts() with { Receivables = new PayerReceivables { Rejected = rejected } });
        Assert.Equal(
            [("I-2", 4, Cause.InternalDefect), ("I-1", 9, Cause.CustomerRisk)],
            result.Findings.Select(finding => (finding.Subject!, finding.Days!.Value, Causes.Of(finding))));
    }

    [Fact]
    public void Documents_are_told_when_they_have_waited_too_long_or_say_too_much() => Table.Check("""
        notSent  unbilled  overDelivered  overInvoiced | findings
        5        15        -              -            | -
        6        -         -              -            | invoice-not-sent
        -        16        -              -            | unbilled-too-old
        -        -         0              -            | over-delivered
        -        -         -              0            | over-invoiced
        9        20        1              1            | invoice-not-sent unbilled-too-old over-delivered over-invoiced
        """, row =>
        {
            ImmutableSortedSet<Dated> Ago(string column) => row.Has(column) ? [new Dated(Today.AddDays(-row.Integer(column)), "X")] : [];
            var result = Run(new Situation().Facts() with
            {
                Receivables = new PayerReceivables { NotSent = Ago("notSent"), OverInvoiced = Ago("overInvoiced") },
                UnbilledSince = Ago("unbilled"), OverDelivered = Ago("overDelivered"),
            });
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.All(result.Findings, finding => Assert.Equal((Severity.Warn, "X", Cause.InternalDefect), (finding.Severity, finding.Subject, Causes.Of(finding))));
        });

    [Fact]
    public void An_order_that_needs_no_credit_asks_nothing_of_all_this()
    {
        var facts = new Situation { Worth = 0 }.Facts() with
        {
            BrokenPromises = [new Dated(Today.AddDays(-1), "P-1")], OverDelivered = [new Dated(Today, "SO-7")],
            Disputes = PayerDisputes.None.Counted(Disputed(200, 0, Legitimacy.Unqualified, null), +1),
        };
        Assert.Empty(Run(facts).Findings);
    }

    static Dispute Disputed(int age, int dueDaysAgo, Legitimacy legitimacy, string? person) => new(
        "D-1", "I-1", "C1", "C1", Today.AddDays(-dueDaysAgo), 100_00, 100_00, Currency.EUR, DisputeReason.Quality, legitimacy, OwnerFunction.Quality, person,
        DisputeStatus.Open, Today.AddDays(-age), null, null, null, null, null);

    static CheckResult Run(CheckFacts facts, string policy = "{}") => Check.Run(facts, Situation.PolicyWith(policy));

    static long Cents(decimal amount) => Money.Of(amount, Currency.EUR).Minor;

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

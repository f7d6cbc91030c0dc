using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Measures.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Checks;

namespace Aval.Tests.Measures;

/// <summary>Standing conditions in the check, at, below and above what they ask. C1 owes 4,000 of a limit of 10,000; the day is 31 March 2026.</summary>
public sealed class MeasureTests
{
    [Fact]
    public void Each_kind_asks_what_it_says() => Table.Check("""
        kind              value   order    deposit  terms | findings             amount
        deposit-percent   30       1000       300   -     | -                    -
        deposit-percent   30       1000       299.99 -    | prepayment-required  0.01
        deposit-percent   30       1000         0   -     | prepayment-required  300
        deposit-percent   33.3333  0.10         0   -     | prepayment-required  0.04
        terms-at-most     NET30    1000         0   -     | -                    -
        terms-at-most     NET14    1000         0   -     | terms-deviate        -
        terms-at-most     NET14    1000         0   NET14 | terms-shorter        -
        order-cap         1000     1000         0   -     | -                    -
        order-cap         1000     1000.01      0   -     | order-too-large      1000.01
        staged-invoicing  1000     1000         0   -     | -                    -
        staged-invoicing  1000     1000.01      0   -     | order-too-large      1000.01
        exposure-cap      5000     1000         0   -     | -                    -
        exposure-cap      5000     1000.01      0   -     | limit-exceeded       0.01
        """, row =>
        {
            var situation = new Situation
            {
                Measures = [Measure(row.One<MeasureKind>("kind"), row["value"])], Exposure = 4000, Worth = row.Number("order"), Deposit = row.Number("deposit"),
            };
            if (row.Has("terms")) situation = situation with { Order = situation.Order with { PaymentTerms = row["terms"] } };
            var result = situation.Check();
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.NumberOrNone("amount"), result.Findings.FirstOrDefault().Major());
        });

    [Fact]
    public void A_measure_holds_from_its_first_day_to_its_last() => Table.Check("""
        from        to          ended       | findings
        2026-03-31  2026-12-31  -           | order-too-large
        2026-04-01  2026-12-31  -           | -
        2026-01-01  2026-12-31  2026-03-31  | -
        2026-01-01  2026-12-31  2026-04-01  | order-too-large
        2026-01-01  2026-03-30  2026-03-30  | -
        """, row =>
        {
            var measure = Measure(MeasureKind.OrderCap, "10") with { From = row.Date("from"), To = row.Date("to"), EndedOn = row.DateOrNone("ended") };
            Assert.Equal(row.Words("findings"), new Situation { Measures = [measure] }.Check().Codes());
        });

    [Fact]
    public void The_last_days_of_a_measure_and_its_end_call_for_a_review() => Table.Check("""
        to          ended       followed | severity  days
        2026-04-15  -           no       | -         -
        2026-04-14  -           no       | info      -14
        2026-03-31  -           no       | info      0
        2026-03-30  -           no       | warn      1
        2026-03-30  2026-03-31  no       | -         -
        2026-03-30  -           yes      | -         -
        """, row =>
        {
            var measure = Measure(MeasureKind.OrderCap, "5000") with { To = row.Date("to"), EndedOn = row.DateOrNone("ended") };
            var next = Measure(MeasureKind.OrderCap, "5000") with { Number = "M-2", Entered = 2 };
            var found = new Situation { Measures = row.Flag("followed") ? [measure, next] : [measure] }.Check().Findings;
            var severity = found.Length == 0 ? "" : found.Single().Severity.ToString().ToLowerInvariant();
            Assert.Equal((row["severity"], row.IntegerOrNone("days")), (severity, found.FirstOrDefault().Days));
        });

    [Fact]
    public void A_review_is_overdue_after_its_last_day_and_the_days_that_policy_grants() => Table.Check("""
        review      days | findings        late
        2026-03-31  0    | -               -
        2026-03-30  0    | review-overdue  1
        2026-03-30  1    | -               -
        2026-03-29  1    | review-overdue  2
        -           0    | -               -
        """, row =>
        {
            var result = new Situation
            {
                Customer = Situation.C1 with { NextReview = row.DateOrNone("review") },
                Policy = $$"""{"rules": [{"rule": "reviewOverdue", "severity": "warn", "days": {{row["days"]}}, "measureDays": 14}]}""",
            }.Check();
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.IntegerOrNone("late"), result.Findings.FirstOrDefault().Days);
        });

    [Fact]
    public void What_a_measure_asks_weighs_as_policy_says_and_names_the_measure()
    {
        var capped = new Situation { Measures = [Measure(MeasureKind.ExposureCap, "0")] };
        var finding = capped.Check().One("limit-exceeded");
        Assert.Equal(("measure", "C1", "M-1", Severity.Refer), (finding.Rule, finding.Level, finding.Subject, finding.Severity));
        Assert.Equal(Triage.Accept, (capped with { Policy = """{"rules": [{"rule": "measure", "severity": "warn"}]}""" }).Check().Triage);
        Assert.Empty((capped with { Policy = """{"rules": [{"rule": "measure", "severity": "off"}]}""" }).Check().Codes());
        Assert.Empty((capped with { BeyondHorizon = true }).Check().Codes());
    }

    /// <summary>Half of the order has been billed: the deposit went into that invoice.</summary>
    [Fact]
    public void A_deposit_that_an_invoice_has_taken_is_not_asked_for_again()
    {
        var line = new Aval.Orders.Rules.OrderLine(
            1, "A", Quantity.Of(2), UnitPrice.Of(500), 0, Delivered: Quantity.Of(1), Invoiced: Quantity.Of(1), Billed: 500_00);
        var begun = new Situation { Lines = [line], Measures = [Measure(MeasureKind.DepositPercent, "50")] };
        Assert.Empty(begun.Check().Codes());
        Assert.Equal(100, (begun with { Measures = [Measure(MeasureKind.DepositPercent, "60")] }).Check().One("prepayment-required").Major());
    }

    static AccountMeasure Measure(MeasureKind kind, string value) => new(
        "M-1", "C1", "C1", kind, kind == MeasureKind.DepositPercent ? Number(value) : null,
        kind is MeasureKind.OrderCap or MeasureKind.ExposureCap or MeasureKind.StagedInvoicing ? Money.Of(Number(value), Currency.EUR).Minor : null, Currency.EUR,
        kind == MeasureKind.TermsAtMost ? value : null, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), "late payer", 1);

    static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

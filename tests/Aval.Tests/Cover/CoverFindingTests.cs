using Aval.Checks.Rules;
using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Rates.Rules;
using Aval.Tests.Checks;

namespace Aval.Tests.Cover;

/// <summary>What the check says of insurance, at, below and above each threshold. C1 is insured for 10,000 at 90 %; the day is 31 March 2026.</summary>
public sealed class CoverFindingTests
{
    static readonly InsuranceCover V1 = InsuredPartTests.Cover("V1", 10_000, "2025-01-01", "2026-12-31");

    [Fact]
    public void A_cut_of_the_last_days_is_told_while_more_is_owed_than_it_leaves() => Table.Check("""
        cut   from        owed  guarantee  order | findings       above
        4000  2026-03-31  3000          -   1000 | -              -
        4000  2026-03-31  3000          -   1001 | cover-reduced  1
        4000  2026-03-31  3000          1   1001 | -              -
        4000  2026-03-01  3000          -   1001 | cover-reduced  1
        4000  2026-02-28  3000          -   1001 | -              -
        4000  2026-04-01  3000          -   1001 | -              -
        0     2026-03-15  0             -      1 | cover-reduced  1
        """, row =>
        {
            var securities = PayerSecurities.None.With(V1).With(InsuredPartTests.Cut(V1, row.Number("cut"), row["from"], 1));
            if (row.Has("guarantee"))
                securities = securities.With(new Guarantee(
                    "G1", "C1", "C1", GuaranteeKind.Escrow, Currency.EUR, 100, Currency.EUR, StoredRate.Same(Situation.Today), Situation.Today, Situation.Today, null, null, null,
                    Drawn: 0, Entered: 1));
            var result = Insured(securities, (-30, row.Number("owed")), row.Number("order"));
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.NumberOrNone("above"), result.Findings.FirstOrDefault(finding => finding.Code == "cover-reduced").Major());
        });

    [Fact]
    public void A_cover_that_ended_without_another_in_its_place_is_told_while_something_is_owed() => Table.Check("""
        to          next                   owed | findings       days
        2026-03-31  -                      1000 | -              -
        2026-03-30  -                      1000 | cover-expired  1
        2026-03-30  -                         0 | -              -
        2026-03-30  2026-03-31:2026-12-31  1000 | -              -
        2026-03-30  2026-04-01:2026-12-31  1000 | cover-expired  1
        """, row =>
        {
            var securities = PayerSecurities.None.With(InsuredPartTests.Cover("V1", 10_000, "2025-01-01", row["to"]));
            if (row["next"].Split(':') is [var from, var to]) securities = securities.With(InsuredPartTests.Cover("V2", 10_000, from, to, entered: 2));
            var result = Insured(securities, (-30, row.Number("owed")), 100);
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.IntegerOrNone("days"), result.Findings.FirstOrDefault().Days);
        });

    [Fact]
    public void A_cover_that_was_withdrawn_before_its_end_was_given_up_and_not_forgotten()
    {
        var ended = InsuredPartTests.Cover("V1", 10_000, "2025-01-01", "2026-03-30");
        Assert.Empty(Insured(PayerSecurities.None.With(ended).With(InsuredPartTests.Cut(ended, 0, "2026-02-01", 1)), (-30, 1000), 100).Codes());
    }

    /// <summary>The policy asks for 10 days, the rule warns 7 days before: from the third day past due.</summary>
    [Fact]
    public void The_insurer_is_to_be_told_in_time_of_what_is_overdue_and_only_once() => Table.Check("""
        late  told        from        | findings                days
        2     -           2025-01-01  | -                       -
        3     -           2025-01-01  | cover-notification-due  3
        14    -           2025-01-01  | cover-notification-due  14
        3     2026-03-28  2025-01-01  | cover-notification-due  3
        3     2026-03-29  2025-01-01  | -                       -
        3     -           2026-02-26  | cover-notification-due  3
        3     -           2026-02-27  | -                       -
        """, row =>
        {
            var securities = PayerSecurities.None.With(InsuredPartTests.Cover("V1", 10_000, row["from"], "2026-12-31") with { NotificationDays = 10 });
            if (row.DateOrNone("told") is { } told) securities = securities.With(new CoverNotification("V1:1", "V1", "C1", told, null));
            var result = Insured(securities, (row.Integer("late"), 400), 100);
            Assert.Equal(row.Words("findings"), result.Codes());
            Assert.Equal(row.IntegerOrNone("days"), result.Findings.FirstOrDefault().Days);
        });

    [Fact]
    public void Only_what_is_old_enough_is_in_the_sum_that_the_insurer_must_hear_of()
    {
        var securities = PayerSecurities.None.With(V1 with { NotificationDays = 10 });
        var result = new Situation { Securities = securities, Limit = "unlimited", Invoices = [(1, 500), (5, 70), (3, 7)] }.Check();
        Assert.Equal((77, 5), (result.One("cover-notification-due").Major(), result.One("cover-notification-due").Days));
    }

    static CheckResult Insured(PayerSecurities securities, (int, decimal) invoice, decimal order) =>
        new Situation { Securities = securities, Limit = "unlimited", Invoices = invoice.Item2 == 0 ? [] : [invoice], Worth = order }.Check();
}

using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Measures.Rules;
using Aval.Promises.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>The least burden on the customer first, then the soonest, then what leaves the least at risk.</summary>
public sealed class RankingTests
{
    [Fact]
    public void Options_come_by_burden_then_time_then_risk() => Table.Check("""
        invoices              receipts    terms  | order
        "I-1:9000@20"         -           -      | "temporaryLimit waitForPayment partialRelease laterShipDate stagedInvoicing reduceOrder deposit guarantee"
        "I-1:9000@-9"         -           -      | "temporaryLimit waitForPayment partialRelease stagedInvoicing laterShipDate reduceOrder deposit guarantee"
        "I-1:9000@20"         R-1:5000@9  -      | "applyReceipt temporaryLimit partialRelease laterShipDate stagedInvoicing"
        "I-1:9000@20"         R-1:500@9   -      | "temporaryLimit +waitForPayment partialRelease laterShipDate stagedInvoicing +reduceOrder +deposit +guarantee"
        "I-1:9000@20"         -           NET90  | "+temporaryLimit +waitForPayment +partialRelease +laterShipDate +stagedInvoicing +reduceOrder"
        """, row =>
        {
            var held = new HeldOrder { Invoices = row.Words("invoices"), Receipts = row.Words("receipts"), Lines = ["1x2000"], Terms = row.Has("terms") ? row["terms"] : null };
            var options = Remedies.Of(held.Asked()).Options;
            // What comes besides the agreed terms, or after our own part.
            Assert.Equal(row.Words("order"), options.Select(option => option.And is { } and ? "+" + Words.Of(and.Action) : Words.Of(option.Action)));
            Assert.Equal(row.Has("terms"), options.All(option => option.Action == OptionAction.ShorterTerms));
        });

    /// <summary>9,000 are open. It usually pays on the day; what it has promised or announced is expected when it says, if it has kept at least half of its word.</summary>
    [Fact]
    public void What_is_promised_or_announced_is_expected_on_its_day() => Table.Check("""
        due  told                                    | pays
        20   -                                       | 2026-03-22
        20   promise:9000:10:open                    | 2026-03-12
        20   promise:9000:29:open                    | 2026-03-31
        -5   announcement:9000:4:open                | 2026-03-06
        20   promise:8999:10:open                    | 2026-03-22
        20   "promise:5000:10:open promise:4000:12:open" | 2026-03-14
        20   "promise:9000:10:open promise:9000:12:open" | 2026-03-12
        20   "promise:9000:10:open promise:500:-9:broken" | 2026-03-22
        20   "promise:9000:10:open promise:500:-9:broken promise:500:-9:kept" | 2026-03-12
        20   "promise:9000:10:open promise:500:-9:partiallyKept promise:500:-8:broken promise:500:-9:kept" | 2026-03-22
        -5   promise:9000:0:open                     | -
        """, row =>
        {
            var told = row.Words("told").Select((text, at) => text.Split(':') is var parts
                ? new PromiseToPay(
                    $"PP-{at}", "C1", "C1", Words.Parse<PromiseKind>(parts[0]), Currency.EUR, [new PromisedInvoice("I-1", 100 * long.Parse(parts[1], null))],
                    HeldOrder.Today.AddDays(-20), HeldOrder.Today.AddDays(int.Parse(parts[2], null)), Words.Parse<PromiseStatus>(parts[3]), null, null, null) : null!);
            var asked = new HeldOrder { Invoices = [$"I-1:9000@{row["due"]}"], Lines = ["1x2000"], Others = [.. told] }.Asked();
            var pays = Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.WaitForPayment).Until;
            Assert.Equal(row["pays"], $"{pays:yyyy-MM-dd}");
        });

    /// <summary>It has paid ten days late on average, so what is due in 20 days is expected in 30.</summary>
    [Fact]
    public void Expected_dates_follow_from_how_the_payer_pays() => Table.Check("""
        due  late | pays        ships
        20   0    | 2026-03-22  2026-03-22
        20   7    | 2026-03-29  2026-03-29
        20   10   | 2026-04-01  2026-04-01
        20   12   | 2026-04-03  2026-04-02
        20   -5   | 2026-03-22  2026-03-22
        -5   9    | 2026-03-06  2026-03-06
        -5   3    | -           2026-04-02
        """, row =>
        {
            var days = row.Integer("late");
            var asked = new HeldOrder
            {
                Invoices = [$"I-1:9000@{row["due"]}"], Lines = ["1x2000"],
                Others = [new PaymentBehaviour("C1", new DateOnly(2026, 2, 1), [new PaidMonth(100, 100 * days, 100 * days * days)])],
            }.Asked();
            var options = Remedies.Of(asked).Options;
            string Day(OptionAction action) => options.Single(option => option.Action == action).Until is { } day ? $"{day:yyyy-MM-dd}" : "";
            Assert.Equal((row["pays"], row["ships"]), (Day(OptionAction.WaitForPayment), Day(OptionAction.LaterShipDate)));
        });

    [Fact]
    public void Terms_go_back_to_the_longest_that_the_agreement_and_every_measure_let_pass() => Table.Check("""
        asked  measures       | terms
        NET90  -              | NET30
        NET90  NET14          | NET14
        NET30  NET14          | NET14
        NET60  "NET45 NET14"  | NET14
        NET60  NET45          | NET30
        """, row =>
        {
            var measures = row.Words("measures").Select((terms, at) => new AccountMeasure(
                $"M-{at}", "C1", "C1", MeasureKind.TermsAtMost, null, null, Currency.EUR, terms, HeldOrder.Today, HeldOrder.Today.AddDays(90), "", at + 1));
            var option = Remedies.Of(new HeldOrder { Terms = row["asked"], Lines = ["1x100"], Others = [.. measures] }.Asked()).Options[0];
            Assert.Equal((OptionAction.ShorterTerms, row["terms"]), (option.Action, option.PaymentTerms));
        });

    /// <summary>Policy's step is 1,000 EUR: 2,000 USD, for a payer whose limit is told in dollars.</summary>
    [Fact]
    public void The_step_of_a_temporary_limit_is_told_in_the_limits_currency()
    {
        var usd = Currency.Of("USD");
        var asked = new HeldOrder
        {
            Limit = "none",
            Others =
            [
                Situation.C1 with { Currency = usd },
                new Aval.Limits.Rules.Limit(
                    "L-9", "C1", Aval.Limits.Rules.LimitLevel.Payer, Aval.Limits.Rules.LimitTerm.Standing, Aval.Limits.Rules.LimitKind.Amount, usd, 500_000,
                    HeldOrder.Today, null, null, "", Aval.Limits.Rules.LimitStatus.Approved, 1),
            ],
        }.Asked();
        var order = asked.Order with { Rate = new Aval.Rates.Rules.StoredRate(2, HeldOrder.Today), CreditCurrency = usd };
        var limit = Remedies.Of(asked.With(order) with { Order = order }).Options.Single(option => option.Action == OptionAction.TemporaryLimit);
        Assert.Equal((800_000L, usd), (limit.Amount, limit.Currency));
    }
}

using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Tests.Checks.Options;

/// <summary>What was not looked at is never passed off as looked at: an option that might be smaller says so, and no list is longer than anybody could read.</summary>
public sealed class BoundTests
{
    /// <summary>2,000 too much is owed, and I-1 of 3,000 is enough; that the rule names the next document then is nothing new.</summary>
    [Fact]
    public void The_document_that_a_rule_names_next_is_no_new_reason() => Table.Check("""
        rule             days wrong         | code
        overInvoiced     -    overInvoiced  | over-invoiced
        invoiceNotSent   5    notSent       | invoice-not-sent
        invoiceRejected  -    rejected      | invoice-rejected
        """, row =>
        {
            var parameters = row.Has("days") ? $", \"days\": {row["days"]}" : "";
            var held = new HeldOrder
            {
                Limit = "10000", Lines = ["1x8000"], Invoices = ["I-1:3000@20", "I-2:1000@25"], Wrong = [$"I-1:{row["wrong"]}", $"I-2:{row["wrong"]}"],
                Policy = $$"""{"rules": [{"rule": "{{row["rule"]}}", "severity": "refer"{{parameters}}}]}""",
            }.Asked();
            var wait = Remedies.Of(held).Options.First(option => option.Action == OptionAction.WaitForPayment);
            Assert.Equal((row["code"], "I-1"), (wait.AlsoNeeds.Single(), wait.Invoices.Single()));
        });

    /// <summary>The receipt of I-1 is all that is missing; that I-2 is the document named without it holds nothing anew.</summary>
    [Fact]
    public void Nor_does_it_take_away_from_what_is_our_own_doing()
    {
        var asked = new HeldOrder
        {
            Limit = "10000", Lines = ["1x8000"], Invoices = ["I-1:3000@20", "I-2:1000@25"], Receipts = ["R-1:3000@9=I-1"],
            Wrong = ["I-1:overInvoiced", "I-2:overInvoiced"], Policy = """{"rules": [{"rule": "overInvoiced", "severity": "refer"}]}""",
        }.Asked();
        Assert.Equal(Cause.InternalDefect, Diagnosis.Of(asked, asked.Check()).OfBlock);
    }

    /// <summary>All of them are too old, so all of them must be paid.</summary>
    [Theory]
    [InlineData(40, true)]
    [InlineData(50, true)]
    [InlineData(60, false)]
    [InlineData(120, false)]
    [InlineData(170, false)]
    public void No_more_than_fifty_invoices_are_named_and_of_more_the_amount(int late, bool named)
    {
        var held = new HeldOrder { Limit = "900000", Lines = ["1x15000"], Invoices = [.. Enumerable.Range(1, late).Select(at => $"I-{at}:5000@-95")] };
        var options = Remedies.Of(held.Asked()).Options;
        Assert.All(options, option => Assert.InRange(option.Invoices.Length, 0, PaymentOptions.MostNamed));
        var wait = options.Single(option => option.Action == OptionAction.WaitForPayment);
        Assert.Equal((late * 500_000L, named ? late : 0, true), (wait.Amount, wait.Invoices.Length, wait.Approximate));
    }

    /// <summary>Late by 15 days and 500 or more holds the order. Whoever pays what is due first pays one more than it must: 499 may stay late.</summary>
    [Fact]
    public void Of_more_late_invoices_than_can_be_named_those_due_first_are_waited_for() => Table.Check("""
        late each limit  order | options
        50   500  100000 1000  | "waitForPayment:25000 prepayment:1000"
        51   500  100000 1000  | "waitForPayment:25500 prepayment:1000"
        51   499  100000 1000  | "waitForPayment:24950 prepayment:1000"
        3000 40   130000 50000 | "waitForPayment:119520 prepayment:50000"
        3000 40   100000 50000 | "waitForPayment:119520 prepayment:50000"
        """, row =>
        {
            var late = Enumerable.Range(1, row.Integer("late")).Select(at => $"I-{at:0000}:{row["each"]}@-{16 + ((3000 - at) / 40)}");
            var options = Remedies.Of(new HeldOrder { Limit = row["limit"], Lines = [$"1x{row["order"]}"], Invoices = [.. late] }.Asked()).Options;
            Assert.Equal(row.Words("options"), options.Where(option => option.And is null).Select(option => $"{Words.Of(option.Action)}:{option.Amount / 100}"));
        });

    [Fact]
    public void What_is_waited_for_without_a_list_is_told_by_its_amount()
    {
        var held = new HeldOrder { Limit = "900000", Lines = ["1x1000"], Invoices = [.. Enumerable.Range(1, 51).Select(at => $"I-{at}:500@-29")] };
        var wait = Remedies.Of(held.Asked()).Options[0];
        Assert.Equal("Wait until 25,500.00 EUR of what is owed is paid, oldest due first.", OptionText.Sentence(wait, Language.English).Replace('\u00A0', ' '));
        Assert.Contains("payées les premières", OptionText.Sentence(wait, Language.French), StringComparison.Ordinal);
        Assert.Contains("das Älteste zuerst", OptionText.Sentence(wait, Language.German), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ten_thousand_open_invoices_half_of_them_late_enough_are_waited_for()
    {
        var held = new HeldOrder
        {
            Limit = "2000000", Lines = ["1x1000"], Invoices = [.. Enumerable.Range(1, 10_000).Select(at => $"I-{at:00000}:100@{(at / 40) - 141}")],
        }.Asked();
        var wait = Remedies.Of(held).Options.Single(option => option.Action == OptionAction.WaitForPayment);
        // Of 5,079 late ones 258 may stay: less than a twentieth of what is owed then.
        Assert.Equal((482_100_00L, 0), (wait.Amount, wait.Invoices.Length));
    }

    /// <summary>A few large ones and very many small ones that were due before them: the large ones are enough.</summary>
    [Fact]
    public void Of_very_many_late_invoices_the_largest_are_named()
    {
        var invoices = Enumerable.Range(1, 80).Select(at => $"I-{at}:5@-40").Concat(Enumerable.Range(101, 10).Select(at => $"I-{at}:1000@-30"));
        var options = Remedies.Of(new HeldOrder { Lines = ["1x100"], Limit = "50000", Invoices = [.. invoices] }.Asked()).Options;
        var wait = options.First(option => option.Action == OptionAction.WaitForPayment);
        Assert.InRange(wait.Invoices.Length, 9, 10);
        Assert.True(wait.Approximate);
    }

    /// <summary>Each day a little comes in, and it takes seventy of them before there is room.</summary>
    [Theory]
    [InlineData(50, false)]
    [InlineData(75, true)]
    public void A_day_that_was_found_without_looking_at_all_of_them_is_approximate(int days, bool approximate)
    {
        var held = new HeldOrder
        {
            Limit = "8000", Lines = [$"1x{(days * 100) - 50}"], Policy = """{"horizonDays": 90}""",
            Invoices = [.. Enumerable.Range(1, 80).Select(at => $"I-{at}:100@{at}")],
        };
        var options = Remedies.Of(held.Asked()).Options;
        Assert.Equal(approximate, options.First(option => option.Action == OptionAction.LaterShipDate).Approximate);
        Assert.Equal(approximate, options.First(option => option.Action == OptionAction.TemporaryLimit).Approximate);
    }

    /// <summary>What is late and promised for a day beyond the horizon holds the order at the horizon's end, and not on the day on which it is to be paid.</summary>
    [Theory]
    [InlineData(5, 5)]
    [InlineData(40, 40)]
    public void An_order_may_ship_on_the_day_of_a_promise_that_lies_beyond_the_horizon(int promisedIn, int shipsIn)
    {
        var held = new HeldOrder
        {
            Limit = "50000", Lines = ["1x100"], Invoices = ["I-1:9000@-30"], Promises = [$"PP-1:I-1:9000@{promisedIn}"],
            Policy = """
                {"horizonDays": 10, "rules": [
                    {"rule": "overdue", "severity": "refer", "minDays": 5, "minAmount": 100, "minSharePercent": 5, "promised": "count", "longestPromiseDays": 90}]}
                """,
        };
        var asked = held.Asked();
        Assert.Equal(asked.Today.AddDays(shipsIn), Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.LaterShipDate).Until);
    }

    /// <summary>Of sixty disputes the fifty largest are weighed, whoever's they are.</summary>
    [Theory]
    [InlineData(50, false)]
    [InlineData(60, true)]
    public void Disputes_that_were_chosen_among_more_than_were_weighed_are_approximate(int disputes, bool approximate)
    {
        var numbers = Enumerable.Range(1, disputes).Select(at => at.ToString(CultureInfo.InvariantCulture)).ToList();
        var held = new HeldOrder
        {
            Limit = $"{disputes * 100}", Lines = ["1x500"], Invoices = [.. numbers.Select(at => $"I-{at}:100@20")],
            Disputes = [.. numbers.Select(at => $"D-{at}:I-{at}:100:unqualified")], Policy = OptionTests.Leaving,
        };
        var qualify = Remedies.Of(held.Asked()).Options.First(option => option.Action == OptionAction.QualifyDispute);
        Assert.Equal((5, approximate), (qualify.Documents.Length, qualify.Approximate));
    }

    /// <summary>However many invoices are open, the least of what nobody disputes is asked for: they come to more than the limit by the order's 500, and one is disputed.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(2_000)]
    public void The_undisputed_balance_of_very_many_invoices_is_asked_for_too(int invoices)
    {
        var held = new HeldOrder
        {
            Limit = $"{invoices * 100}", Lines = ["1x500"], Invoices = [.. Enumerable.Range(1, invoices).Select(at => $"I-{at:00000}:100@{1 + (at / 40)}")],
            Disputes = ["D-1:I-00002:100:customerFault"], Policy = OptionTests.Leaving,
        };
        var pay = Remedies.Of(held.Asked()).Options.Single(option => option.Action == OptionAction.PayUndisputed);
        Assert.Equal((50_000, "I-00002", false), (pay.Amount, pay.Invoices.Single(), pay.Approximate));
    }
}

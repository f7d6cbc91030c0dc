using System.Globalization;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;

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
    [InlineData(300, false)]
    public void No_more_than_fifty_invoices_are_named(int late, bool named)
    {
        var held = new HeldOrder { Limit = "900000", Lines = ["1x150000"], Invoices = [.. Enumerable.Range(1, late).Select(at => $"I-{at}:5000@-95")] };
        var options = Remedies.Of(held.Asked()).Options;
        Assert.All(options, option => Assert.InRange(option.Invoices.Length, 0, PaymentOptions.MostNamed));
        Assert.Equal(named, options.Any(option => option.Action == OptionAction.WaitForPayment));
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

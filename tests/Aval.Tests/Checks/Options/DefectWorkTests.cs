using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;

namespace Aval.Tests.Checks.Options;

/// <summary>What telling the cause costs a payer with thousands of receipts that nobody has matched, counted and not timed: it is done while a commit holds the root.</summary>
public sealed class DefectWorkTests
{
    [Fact]
    public void Telling_the_cause_does_not_grow_quadratically_with_the_receipts()
    {
        Bytes(Held(200));
        var (few, many) = (Bytes(Held(1_000)), Bytes(Held(5_000)));
        Assert.InRange(many, 1, 10 * few);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void The_orders_that_a_commit_checks_again_ask_for_it_once(int receipts)
    {
        var asked = Held(receipts);
        var first = Bytes(asked);
        var next = asked.Order with { Number = "SO-2" };
        var again = Bytes(asked with { Root = asked.Root.With(next), Order = next });
        Assert.InRange(again, 1, first / 20);
    }

    [Fact]
    public void What_is_known_of_other_receivables_or_another_day_is_not_told_again()
    {
        var asked = Held(20);
        Assert.Equal(20, Defects.Of(asked).Length);
        var receipt = asked.Root.Find<Aval.Receivables.Rules.Receipt>("R-7")!;
        Assert.Equal(19, Defects.Of(asked.With(receipt with { Allocated = receipt.Amount })).Length);
        Assert.Equal(Defects.Of(asked)[0].AgeDays + 1, Defects.Of(asked with { Today = asked.Today.AddDays(1) })[0].AgeDays);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void Within_a_commit_no_more_is_tried_than_the_effort_allows(int receipts)
    {
        var asked = Held(receipts);
        var booked = asked.Check();
        var effort = new Effort(Effort.InCommit);
        var named = Diagnosis.DefectsThatMatter(asked, booked, effort);
        Assert.InRange(effort.Left, (Effort.InCommit / 2) - 1, Effort.InCommit - 1);
        Assert.True(Defects.Without(asked, named).Check().Passes);
        Assert.Single(named);
        Assert.Equal("R-0", named[0].Document);
    }

    [Fact]
    public void What_ends_before_the_fewest_are_known_says_so_and_leaves_effort_for_the_options()
    {
        var asked = Held(400, large: 0, order: 700);
        var effort = new Effort(60);
        var named = Diagnosis.DefectsThatMatter(asked, asked.Check(), effort);
        Assert.All(named, defect => Assert.True(defect.Approximate));
        Assert.True(Defects.Without(asked, named).Check().Passes);
        Assert.InRange(effort.Left, 29, 60);
    }

    /// <summary>Silent money, of which not every invoice can be tried for every receipt.</summary>
    [Fact]
    public void Receipts_beyond_the_work_go_to_what_is_due_first_and_say_so()
    {
        var defects = Defects.Of(Held(1_000, named: false));
        Assert.False(defects[0].Approximate);
        Assert.True(defects[^1].Approximate);
        Assert.DoesNotContain(Defects.Of(Held(100, each: 100)), defect => defect.Approximate);
    }

    static long Bytes(WhatIf asked)
    {
        var booked = asked.Check();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Cause.InternalDefect, Diagnosis.Of(asked, booked).OfBlock);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>As many open invoices as receipts of some euros, each naming its invoice, and one receipt that alone lets the order go.</summary>
    static WhatIf Held(int receipts, int large = 500, int order = 400, bool named = true, int each = 2) => new HeldOrder
    {
        Limit = $"{receipts * 100}", Lines = [$"1x{order}"], Invoices = [.. Enumerable.Range(0, receipts).Select(at => $"INV-{10_000 + at}:100@{1 + (at % 60)}")],
        Receipts = [.. Enumerable.Range(0, receipts).Select(at => $"R-{at}:{(at == 0 && large > 0 ? large : each)}@{1 + (at % 30)}{(named ? $"=INV-{10_000 + at}" : "")}")],
    }.Asked();
}

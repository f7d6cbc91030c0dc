using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Tests.Checks.Options;

namespace Aval.Tests.Checks;

/// <summary>Policy lets an order go that only our own omissions around the payer's money hold; what is ours for another reason is put right first.</summary>
public sealed class ReleaseAndFixTests
{
    [Fact]
    public void What_is_ours_by_its_code_alone_goes_on_holding()
    {
        var held = 0;
        foreach (var kind in FindingKinds.All.Where(kind => kind.Nature == Cause.InternalDefect))
        {
            var asked = EveryFinding.Of(kind.Code);
            if (!asked.Check().One(kind.Code).Blocks) continue;
            held++;
            Assert.True(MayGo(asked, null) is null, kind.Code);
            // Money that waits to be applied, but not enough to settle what it is about, changes nothing.
            Assert.True(MayGo(asked.With(Waiting(1)), null) is null, $"{kind.Code} with a receipt");
        }

        // Of these only shorter terms never hold an order.
        Assert.Equal(FindingKinds.All.Count(kind => kind.Nature == Cause.InternalDefect) - 1, held);
    }

    [Fact]
    public void An_order_goes_when_nothing_would_hold_it_had_we_done_our_part() => Table.Check("""
        limit  order  invoices      receipts  credited     disputes                terms  run-out | goes
        10000  4000   I-1:9000@20   3000@9    -            -                       -      -       | yes
        10000  4000   I-1:9000@20   2999@9    -            -                       -      -       | no
        10000  4000   I-1:9000@20   -         CP-1:I-1:3000 -                      -      -       | yes
        10000  4000   I-1:600@-21   600@9     -            -                       -      -       | yes
        10000  4000   I-1:600@-21   600@9     -            -                       NET90  -       | no
        -      4000   I-1:600@-21   600@9     -            -                       -      yes     | no
        -      999000 -             600@9     -            -                       -      yes     | no
        10000  11000  -             600@9     -            -                       -      -       | no
        """, row =>
        {
            var held = new HeldOrder
            {
                Limit = row.Has("limit") ? row["limit"] : "none", Lines = ["1x" + row["order"]], Invoices = row.Words("invoices"),
                Receipts = [.. row.Words("receipts").Select(receipt => "R-1:" + receipt)], PromisedCreditNotes = row.Words("credited"),
                Disputes = row.Words("disputes"), Terms = row.Has("terms") ? row["terms"] : null,
            };
            var asked = held.Asked();
            if (row.Has("run-out")) asked = asked.With(EveryFinding.Of("limit-expired").Root.RowsOf("C1").OfType<Aval.Limits.Rules.Limit>().Single());
            Assert.False(asked.Check().Passes);
            Assert.Equal(row.Flag("goes"), MayGo(asked, null) is not null);
            Assert.Null(CheckOrder.Judge(asked).MayGo);
        });

    [Fact]
    public void It_goes_up_to_the_amount_that_policy_says() => Table.Check("""
        up-to    | goes
        -        | yes
        4000.01  | yes
        4000     | yes
        3999.99  | no
        0        | no
        """, row => Assert.Equal(
            row.Flag("goes"), MayGo(new HeldOrder { Invoices = ["I-1:9000@20"], Receipts = ["R-1:3000@9"] }.Asked(), row.NumberOrNone("up-to")) is not null));

    [Fact]
    public void What_it_found_stays_on_the_check_with_its_cause()
    {
        var asked = Fixing(new HeldOrder { Invoices = ["I-1:9000@20"], Receipts = ["R-1:3000@9"] }.Asked(), null);
        var (facts, result, ofBlock, mayGo) = CheckOrder.Judge(asked);
        Assert.Equal((facts.Value.Open, Cause.InternalDefect), (mayGo, ofBlock));
        Assert.Equal(Cause.InternalDefect, result.One("limit-exceeded").Cause);
    }

    /// <summary>What is left to do is what the verdict wants: our own part is not waited for, and nobody pays it a second time. Beyond what policy lets go, it is.</summary>
    [Fact]
    public void Options_are_solved_for_the_verdict_and_not_for_the_findings() => Table.Check("""
        invoices                     receipts    order up-to | options
        "I-1:3000@-30 I-2:2000@-20"  3000@9=I-1  1x100 -     | "waitForPayment:2000 prepayment:100"
        "I-1:3000@-30 I-2:2000@-20"  4500@9=I-1  1x100 100   | "waitForPayment:500 prepayment:100"
        "I-1:3000@-30 I-2:2000@-20"  3000@9=I-1  1x100 99    | "applyReceipt:3000+waitForPayment:2000 prepayment:100"
        "I-1:3000@-30"               3000@9=I-1  1x100 99    | "applyReceipt:3000 partialRelease:99 stagedInvoicing:50"
        "I-1:3000@-30"               3000@9=I-1  1x100 100   | -
        """, row =>
        {
            var asked = Fixing(
                new HeldOrder { Invoices = row.Words("invoices"), Receipts = [.. row.Words("receipts").Select(receipt => "R-1:" + receipt)], Lines = [row["order"]] }.Asked(),
                row.NumberOrNone("up-to"));
            static string Told(Option option) => $"{Aval.Kernel.Storage.Words.Of(option.Action)}:{option.Amount / 100}{(option.And is { } and ? "+" + Told(and) : "")}";
            var options = Remedies.Of(asked).Options;
            Assert.Equal(row.Words("options"), options.Select(Told));
            Assert.All(options, option => Assert.NotNull(CheckOrder.Judge(OptionTaken.Of(asked, option)).MayGo));
        });

    static long? MayGo(WhatIf asked, decimal? upTo) => CheckOrder.Judge(Fixing(asked, upTo)).MayGo;

    internal static WhatIf Fixing(WhatIf asked, decimal? upTo) => asked with
    {
        Policy = new CompiledPolicy(1, asked.Policy.Policy with { InternalDefect = new InternalDefect(DefectAct.ReleaseAndFix, upTo) }),
    };

    static Receipt Waiting(int amount) => new HeldOrder { Receipts = [$"R-7:{amount}@9"] }.Asked().Root.RowsOf("C1").OfType<Receipt>().Single();
}

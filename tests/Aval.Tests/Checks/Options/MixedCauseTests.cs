using System.Collections.Immutable;
using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>Part of it is ours and part theirs: we do our part first, and the customer is asked for what is left, never for what it has paid already.</summary>
public sealed class MixedCauseTests
{
    /// <summary>What is asked of the customer; our own part stands before it, with <c>+</c>. Late by 15 days and 500 or more holds the order.</summary>
    [Fact]
    public void The_customer_is_asked_for_what_is_left_once_we_have_done_our_part() => Table.Check("""
        invoices                     receipts     credited     order | cause          asked
        "I-1:3000@-30 I-2:2000@-20"  3000@9=I-1   -            100   | mixed          "R-1+waitForPayment:2000:I-2 prepayment:100"
        "I-1:3000@-30 I-2:2000@-20"  5000@9       -            100   | internalDefect R-1
        "I-1:3000@-30 I-2:2000@-20"  4501@9=I-1   -            100   | internalDefect R-1
        "I-1:3000@-30 I-2:2000@-20"  4500@9=I-1   -            100   | mixed          "R-1+waitForPayment:500:I-2 prepayment:100"
        "I-1:3000@-30 I-2:2000@-20"  -            CP-1:I-1:3000 100   | mixed          "CP-1+waitForPayment:2000:I-2 prepayment:100"
        "I-1:3000@-30 I-2:2000@-20"  -            -            100   | customerRisk   "waitForPayment:5000:I-1,I-2 prepayment:100"
        "I-1:4000@20 I-2:6000@25"    1000@9       -            4000  | mixed          "R-1+waitForPayment:3000:I-1 R-1+reduceOrder:1000 R-1+deposit:3000 R-1+guarantee:3000"
        "I-1:4000@20 I-2:6000@25"    4000@9       -            4000  | internalDefect R-1
        """, row =>
        {
            var asked = Held(row).Asked();
            Assert.Equal(row["cause"], Words.Of(Diagnosis.Of(asked, asked.Check()).OfBlock!.Value));
            Assert.Equal(row.Words("asked"), Remedies.Of(asked).Options.Where(option => option.Last.AsksCustomer || option.And is null && IsOurs(option)).Select(Told));
        });

    /// <summary>What we can do at once is offered beside it, on the books as they are.</summary>
    [Fact]
    public void What_asks_nothing_of_the_customer_stays_a_single_action()
    {
        var options = Remedies.Of(new HeldOrder { Invoices = ["I-1:4000@20", "I-2:5000@25"], Receipts = ["R-1:1000@9"], Lines = ["40x100"] }.Asked()).Options;
        Assert.Contains("partialRelease:1000", options.Select(Told));
        Assert.Contains("temporaryLimit:13000", options.Select(Told));
        Assert.DoesNotContain(options, option => option.Last.Action == OptionAction.PartialRelease && option.And is not null);
    }

    [Fact]
    public void The_customers_text_asks_only_for_what_is_left() => Table.Check("""
        invoices                     receipts    credited     order | left
        "I-1:3000@-30 I-2:2000@-20"  3000@9=I-1  -            100   | I-2
        "I-1:3000@-30 I-2:2000@-20"  5000@9      -            100   | -
        "I-1:3000@-30 I-2:2000@-20"  -           -            100   | all
        """, row =>
        {
            var asked = Held(row).Asked();
            var (_, result, _, _) = CheckOrder.Judge(asked);
            var remedies = Remedies.Of(asked);
            foreach (var (language, rest, all) in new[]
            {
                (Language.English, "Please pay what is open of {0}, or tell us", "Some of your invoices"),
                (Language.French, "Veuillez régler ce qui reste dû de {0}, ou", "Certaines de vos factures"),
                (Language.German, "Bitte begleichen Sie, was von {0} noch offen ist,", "Einige Ihrer Rechnungen"),
            })
            {
                var text = CheckTexts.Of("SO-1", result.Findings, remedies.Defects, language, new OwnDebt(true, true, [.. remedies.StillToPay])).Customer;
                Assert.DoesNotContain("I-1", text, StringComparison.Ordinal);
                Assert.Equal(row["left"] == "all", text.Contains(all, StringComparison.Ordinal));
                Assert.Equal(row["left"] == "I-2", text.Contains(string.Format(CultureInfo.InvariantCulture, rest, "I-2"), StringComparison.Ordinal));
            }
        });

    /// <summary>The receipt goes to its owner whatever is decided: what is decided is the wait for the rest.</summary>
    [Fact]
    public void What_is_decided_of_such_a_pair_is_the_customers_part()
    {
        var pair = Remedies.Of(Held("I-1:3000@-30 I-2:2000@-20".Split(' '), ["R-1:3000@9=I-1"]).Asked()).Options[0];
        Assert.Equal((OptionAction.WaitForPayment, "I-2"), (pair.Decided!.Action, pair.Decided.Invoices.Single()));
        Assert.Null(new Option(OptionAction.WaitForPayment, OwnerFunction.Credit).Then(new Option(OptionAction.PartialRelease, OwnerFunction.Credit)).Decided);
    }

    static HeldOrder Held(Row row) =>
        Held(row.Words("invoices"), [.. row.Words("receipts").Select(receipt => "R-1:" + receipt)], row.Words("credited"), "1x" + row["order"]);

    static HeldOrder Held(IReadOnlyList<string> invoices, IReadOnlyList<string> receipts, IReadOnlyList<string>? credited = null, string line = "1x100") =>
        new() { Invoices = invoices, Receipts = receipts, PromisedCreditNotes = credited ?? [], Lines = [line] };

    static bool IsOurs(Option option) => option.Action is OptionAction.ApplyReceipt or OptionAction.IssueCreditNote;

    static string Told(Option option)
    {
        var amount = option is { Amount: { } minor, Currency: { } currency } ? new Money(minor, currency).Major.ToString("0.##", CultureInfo.InvariantCulture) : "-";
        var one = IsOurs(option) ? string.Join(',', option.Documents)
            : $"{Words.Of(option.Action)}:{amount}{(option.Action == OptionAction.WaitForPayment ? ":" + string.Join(',', option.Invoices) : "")}";
        return option.And is { } and ? $"{one}+{Told(and)}" : one;
    }
}

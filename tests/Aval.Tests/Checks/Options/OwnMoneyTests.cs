using System.Globalization;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>What we have of the customer's and have not booked: it is named with what it settles, and nothing of it is asked for a second time.</summary>
public sealed class OwnMoneyTests
{
    /// <summary>Of two equal receipts the second is kept: it pays what is due first, though beside the other it would have paid what was left.</summary>
    [Fact]
    public void A_receipt_is_named_with_what_it_pays_when_it_alone_is_applied() => Table.Check("""
        limit invoices                      receipts                    order | applies
        20000 "I-1:2500.50@-16 I-2:700@30"  "R-1:3000.25@9 R-2:3000.25@9" 400  | R-2:I-1,I-2
        10000 "I-1:3000@20"                 "R-1:3000@9 R-2:3000@8"     9000  | R-2:I-1
        10000 "I-1:3000@20 I-2:900@25"      "R-1:3000@9 R-2:3000@8"     8500  | R-2:I-1
        10000 "I-1:3000@20 I-2:3000@25"     "R-1:3000@9 R-2:3000@8=I-2" 6500  | R-2:I-2
        """, row =>
        {
            var asked = Held(row, []).Asked();
            var remedies = Remedies.Of(asked);
            Assert.Equal([row["applies"]], remedies.Defects.Select(defect => $"{defect.Document}:{string.Join(',', defect.Invoices)}"));
            Assert.Equal(row["applies"], $"{remedies.Options[0].Documents.Single()}:{string.Join(',', remedies.Options[0].Invoices)}");
            Assert.True(AsNamed(asked, remedies.Options[0]).Check().Passes);
        });

    /// <summary>Where one finding vanishes and another only shrinks, all that makes either smaller is ours to do first.</summary>
    [Fact]
    public void The_customer_is_asked_for_what_is_left_after_all_of_its_money_is_applied() => Table.Check("""
        limit  invoices                    receipts                  credited      order | ours     asked
        10000  "I-1:6000@-29"              "R-1:2000@9 R-2:2000@8"   -             6000  | R-1,R-2  "waitForPayment:2000 prepayment:6000"
        10000  "I-1:6000@-29"              "R-1:2000@9"              CP-1:I-1:2000 6000  | R-1,CP-1 "waitForPayment:2000 prepayment:6000"
        10000  "I-1:700@-29 I-2:7500@18"   "R-1:3000@9 R-2:3000@8"   -             12000 | R-1,R-2  "deposit:4200 guarantee:4200 reduceOrder:7800"
        100000 "I-1:6000@-29"              "R-1:2000@9"              CP-1:I-1:2000 600   | R-1,CP-1 "waitForPayment:2000 prepayment:600"
        """, row =>
        {
            var remedies = Remedies.Of(Held(row, row.Words("credited")).Asked());
            Assert.Equal(row["ours"].Split(',').Order(), remedies.Defects.Select(defect => defect.Document).Order());
            var asked = remedies.Options.Where(option => option.Last.AsksCustomer).ToList();
            Assert.Equal(row.Words("asked").Order(), asked.Select(option => Told(option.Last)).Order());
            Assert.All(asked.Where(option => option.Last.Action != OptionAction.Prepayment), option => Assert.Equal(row["ours"].Split(',').Order(), Ours(option).Order()));
        });

    /// <summary>C2 is late by 1,000 and has paid; policy looks at the whole group, and C1 orders.</summary>
    [Fact]
    public void Money_of_a_sister_is_applied_where_it_is_late_for_the_group() => Table.Check("""
        own            sister         receipts     | asked
        -              J-1:1000@-30   S-1:1000@9   | S-1
        -              J-1:1000@-30   S-1:600@9    | S-1
        -              J-1:2000@-30   S-1:600@9    | "S-1+waitForPayment:1400 prepayment:100"
        I-1:900@-20    J-1:1000@-30   S-1:1000@9   | "S-1+waitForPayment:900 prepayment:100"
        -              J-1:1000@-30   -            | "waitForPayment:1000 prepayment:100"
        """, row =>
        {
            var options = Remedies.Of(new HeldOrder
            {
                GroupLimit = "90000", Invoices = row.Words("own"), SisterInvoices = row.Words("sister"), SisterReceipts = row.Words("receipts"), Lines = ["1x100"],
                Policy = """{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "level": "group"}]}""",
            }.Asked()).Options;
            Assert.Equal(row.Words("asked"), options.Select(option => option.Action == OptionAction.ApplyReceipt && option.And is { } and
                ? $"{string.Join(',', option.Documents)}+{Told(and)}" : option.Action == OptionAction.ApplyReceipt ? string.Join(',', option.Documents) : Told(option)));
            Assert.All(options.Where(option => option.Action == OptionAction.ApplyReceipt), option => Assert.Contains(new DocumentElsewhere("S-1", "C2"), option.Elsewhere));
        });

    /// <summary>I-1 was promised by five days ago. Money that came in time keeps the promise; what came later does not.</summary>
    [Fact]
    public void A_promise_that_our_own_doing_broke_asks_for_no_payment_in_advance() => Table.Check("""
        receipts  | options
        R-1:100@9 | R-1
        R-1:100@3 | prepayment:100
        -         | prepayment:100
        """, row =>
        {
            var broken = new Aval.Promises.Rules.PromiseToPay(
                "PP-1", "C1", "C1", Aval.Promises.Rules.PromiseKind.Promise, Currency.EUR, [new Aval.Promises.Rules.PromisedInvoice("I-1", 100_00)],
                HeldOrder.Today.AddDays(-9), HeldOrder.Today.AddDays(-5), Aval.Promises.Rules.PromiseStatus.Broken, HeldOrder.Today, null, null);
            var held = new HeldOrder { Invoices = ["I-1:100@-6"], Receipts = row.Words("receipts"), Lines = ["1x100"], Others = [broken] };
            Assert.Equal(
                row.Words("options"),
                Remedies.Of(held.Asked()).Options.Select(option => option.Action == OptionAction.ApplyReceipt ? string.Join(',', option.Documents) : Told(option)));
        });

    /// <summary>As somebody who reads it would: each receipt on the invoices that are named, in their order.</summary>
    static WhatIf AsNamed(WhatIf asked, Option option)
    {
        foreach (var receipt in option.Documents.Select(number => asked.Root.Find<Receipt>(number)!))
        {
            var left = receipt.Open;
            foreach (var invoice in option.Invoices.Select(number => asked.Root.Find<Invoice>(number)!))
            {
                var paid = Math.Min(left, invoice.Open);
                asked = asked.With(invoice with { Settled = invoice.Settled + paid });
                left -= paid;
            }

            asked = asked.With(receipt with { Allocated = receipt.Allocated + receipt.Open - left });
        }

        return asked;
    }

    static HeldOrder Held(Row row, IReadOnlyList<string> credited) => new()
    {
        Limit = row["limit"], Invoices = row.Words("invoices"), Receipts = row.Words("receipts"), PromisedCreditNotes = credited,
        Lines = ["1x" + row["order"]],
    };

    static IEnumerable<string> Ours(Option option) => option.And is { } and ? option.Documents.Concat(Ours(and)) : [];

    static string Told(Option option) =>
        $"{Words.Of(option.Action)}:{new Money(option.Amount!.Value, option.Currency!.Value).Major.ToString("0.##", CultureInfo.InvariantCulture)}";
}

using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>Money that waits for us pays what the cascade says it was meant for, and only the rest what is due first: so a customer who pays around a late invoice is not
/// excused.</summary>
public sealed class MoneyMeantTests
{
    /// <summary>In the references a plus parts two numbers, and RF: stands for a creditor reference of the number behind it.</summary>
    [Fact]
    public void Money_goes_where_the_cascade_would_post_it_and_the_rest_to_what_is_due_first() => Table.Check("""
        invoices                             receipts                        | cause          pays
        "I-1:1000@-40 I-5:1000@10 I-6:1000@9" "R-1:2000@9=I-5+I-6"           | customerRisk   "I-6 I-5"
        "I-1:1000@-40 I-5:1000@10"           "R-1:1000@9=RF:I-5"             | customerRisk   I-5
        "I-1:1000@-40 I-5:1000@10"           "R-1:1000@9=RF:I-1"             | internalDefect I-1
        "I-1:1000@-40 I-5:1000@10"           "R-1:1000@9=whatever"           | internalDefect I-1
        "I-1:1000@-40 I-5:733.17@10 I-6:651.48@9 I-7:418.03@8" "R-1:1384.65@9" | customerRisk "I-6 I-5"
        "I-1:1000@-40 I-5:733.17@10"         "R-1:733.17@9"                  | customerRisk   I-5
        "I-1:1000@-40 I-5:500@10"            "R-1:1500@9=invoice+I-5"        | internalDefect "I-1 I-5"
        "I-1:1000@-40 I-2:1000@-39 I-5:1000@10" "R-1:1000@9=I-5 R-2:2000@8"  | internalDefect "I-5 I-1 I-2"
        "I-1:1000@-40 I-2:1000@-39 I-5:1000@10" "R-1:1000@9=I-5 R-2:1000@8=I-2" | mixed "I-5 I-2"
        """, row =>
        {
            var asked = Held(row.Words("invoices"), row.Words("receipts")).Asked();
            Assert.Equal(row["cause"], Words.Of(Diagnosis.Of(asked, asked.Check()).OfBlock!.Value));
            Assert.Equal(row.Words("pays"), Defects.Of(asked).SelectMany(defect => defect.Invoices));
        });

    [Fact]
    public void A_credit_note_that_the_payer_names_is_netted_with_it()
    {
        var note = new CreditNote("CN-7", "C1", "C1", null, HeldOrder.Today.AddDays(-20), Currency.EUR, 200_00, Currency.EUR, StoredRate.Same(HeldOrder.Today), 0);
        var asked = (Held(["I-1:1000@-40", "I-5:1000@10"], ["R-1:800@9=I-5+CN-7"]) with { Others = [note] }).Asked();
        var mended = Defects.Mended(asked, "C1").Without.Root;
        Assert.Equal((1000_00, 200_00, 0), (mended.Find<Invoice>("I-5")!.Settled, mended.Find<CreditNote>("CN-7")!.Applied, mended.Find<Invoice>("I-1")!.Settled));
        Assert.Equal(Cause.CustomerRisk, Diagnosis.Of(asked, asked.Check()).OfBlock);
    }

    [Fact]
    public void A_cash_discount_in_time_closes_what_was_paid_with_it()
    {
        var asked = (Held(["I-1:1000@-40", "I-5:1000@55"], ["R-1:980@0"]) with { Others = [Situation.C1 with { PaymentTerms = "2/10 NET60", RiskClass = "B" }] }).Asked();
        var mended = Defects.Mended(asked, "C1").Without.Root;
        Assert.Equal((false, true), (mended.Find<Invoice>("I-5")!.IsOpen, mended.Find<Invoice>("I-1")!.IsOpen));
    }

    /// <summary>Some of the receipts mended: each keeps to what it was meant for, whichever others are left out.</summary>
    [Fact]
    public void The_receipts_named_are_those_that_were_meant_for_what_is_late()
    {
        var asked = Held(["I-1:1000@-40", "I-5:1000@10", "I-6:1000@9"], ["R-1:1000@9=I-5", "R-2:1000@8=I-1", "R-3:1000@7=I-6"]).Asked();
        Assert.Equal(["R-2"], Diagnosis.DefectsThatMatter(asked, asked.Check()).Select(defect => defect.Document));
    }

    static HeldOrder Held(string[] invoices, string[] receipts) => new()
    {
        Limit = "100000", Invoices = invoices, Lines = ["1x10"], Receipts = [.. receipts.Select(Said)],
    };

    static string Said(string receipt) =>
        receipt.Split("=RF:") is [var before, var number] ? $"{before}={CreditorReference.Create(number)}" : receipt.Replace('+', ' ');
}

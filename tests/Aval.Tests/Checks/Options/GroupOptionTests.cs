using Aval.Checks;
using Aval.Checks.Rules.Options;
using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>A limit of the group has room again when any company under it pays, and the option says whose document it is.</summary>
public sealed class GroupOptionTests
{
    /// <summary>C1 orders for 1,000. The group may owe 10,000; C1 itself more than enough, but in the last row.</summary>
    [Fact]
    public void Sister_companies_pay_and_are_paid_for_where_the_group_holds_the_order() => Table.Check("""
        limit own            sister                     receipts      | pays              of applies   of2
        50000 "I-1:4000@20"  "J-1:5500@20"              -             | I-1               -  -         -
        50000 "I-1:100@20"   "J-1:9300@20"              -             | J-1               C2 -         -
        50000 -              "J-1:9000@20 J-2:600@-30"  -             | J-2               C2 -         -
        50000 "I-1:300@20"   "J-1:300@20 J-2:9100@20"   -             | J-2               C2 -         -
        50000 "I-1:9400@20"  -                          S-1:500@9     | I-1               -  -         -
        50000 -              "J-1:9600@20"              S-1:600@9     | -                 -  S-1       C2
        50000 -              "J-1:9600@20"              S-1:599@9     | J-1               C2 S-1       C2
        1500  "I-1:1000@20"  "J-1:9000@20"              -             | I-1               -  -         -
        """, row =>
        {
            var options = Remedies.Of(new HeldOrder
            {
                Limit = row["limit"], GroupLimit = "10000", Invoices = row.Words("own"), SisterInvoices = row.Words("sister"), SisterReceipts = row.Words("receipts"),
                Lines = ["1x1000"],
            }.Asked()).Options;
            var pays = options.SingleOrDefault(option => option.Last.Action == OptionAction.WaitForPayment)?.Last;
            var applies = options.FirstOrDefault(option => option.Action == OptionAction.ApplyReceipt);
            Assert.Equal(
                (Told(row, "pays"), Told(row, "of"), Told(row, "applies"), Told(row, "of2")),
                (string.Join(' ', pays?.Invoices ?? []), Payers(pays), string.Join(' ', applies?.Documents ?? []), Payers(applies)));
        });

    /// <summary>Where an insurer bears most of one member's debt, that member's money makes less room: the least amount cannot be told by looking at the own payer first.</summary>
    [Fact]
    public void What_one_member_pays_is_approximate_where_an_insurer_bears_a_part_of_it()
    {
        var held = new HeldOrder
        {
            Limit = "50000", GroupLimit = "10000", Invoices = ["I-1:4000@20"], SisterInvoices = ["J-1:9000@20", "J-2:700@20"], Lines = ["1x1000"],
            Others =
            [
                new InsuranceCover(
                    "IC-1", "C1", "C1", CoverKind.Named, Currency.EUR, 900_000, Currency.EUR, StoredRate.Same(HeldOrder.Today), 90, 30, HeldOrder.Today.AddDays(-200),
                    HeldOrder.Today.AddDays(165), "Insurer", null, null, null, 1),
            ],
        };
        var pays = Remedies.Of(held.Asked()).Options.Single(option => option.Action == OptionAction.WaitForPayment);
        Assert.True(pays.Approximate);
        var alone = held with { Others = [] };
        Assert.False(Remedies.Of(alone.Asked()).Options.Single(option => option.Action == OptionAction.WaitForPayment).Approximate);
    }

    [Fact]
    public void A_document_of_a_sister_is_told_with_its_owner() => Assert.Contains(
        "Wait until invoice J-1 (C2) of 9,000.00 EUR is paid, expected by 22 March 2026.",
        Remedies.Of(new HeldOrder { Limit = "50000", GroupLimit = "9500", SisterInvoices = ["J-1:9000@20"], Lines = ["1x1000"] }.Asked()).Options
            .Select(option => OptionText.Sentence(option, Language.English).Replace('\u00A0', ' ')));

    /// <summary>The sister owes in dollars, two to the euro: 18,000 USD are 9,000 EUR.</summary>
    [Fact]
    public void What_a_sister_owes_in_another_currency_is_told_in_the_payers_own()
    {
        var asked = new HeldOrder
        {
            Limit = "50000", GroupLimit = "9500", SisterInvoices = ["J-1:17000@20", "J-2:1000@20"], SisterCurrency = Currency.Of("USD"), Lines = ["1x1000"],
        }.Asked();
        var pays = Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.WaitForPayment);
        Assert.Equal(("J-2", 50_000L, Currency.EUR), (pays.Invoices.Single(), pays.Amount, pays.Currency));
    }

    /// <summary>C2 is late by 700, of which 300 are disputed: policy looks at the whole group, and lets pass what is below 500.</summary>
    [Fact]
    public void The_undisputed_balance_of_a_sister_is_paid_where_policy_looks_at_the_group()
    {
        var held = new HeldOrder
        {
            GroupLimit = "90000", SisterInvoices = ["J-1:700@-30"], Lines = ["1x100"],
            Policy = """{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "level": "group"}]}""",
        };
        var asked = held.Asked();
        var invoice = asked.Root.Find<Aval.Receivables.Rules.Invoice>("J-1")!;
        asked = asked.With(invoice with { Parts = [new(Aval.Receivables.Rules.PartKind.Disputed, "D-9", 30_000, HeldOrder.Today, Aval.Policies.Rules.Legitimacy.CustomerFault)] });
        var pay = Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.PayUndisputed);
        Assert.Equal((20_001L, "J-1", new DocumentElsewhere("J-1", "C2")), (pay.Amount, pay.Invoices.Single(), pay.Elsewhere.Single()));
    }

    static string Told(Row row, string column) => string.Join(' ', row.Words(column));

    static string Payers(Option? option) => string.Join(' ', (option?.Elsewhere ?? []).Select(one => one.Payer).Distinct());
}

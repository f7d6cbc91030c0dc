using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

/// <summary>Findings in words: a sentence for each code in each language, and three texts for three readers.</summary>
public sealed class TextTests
{
    static readonly Finding Overrun = new("limit-exceeded", Severity.Refer, OwnerFunction.Credit, "limit", "C2", 1, Currency.EUR);
    static readonly Finding Missing = new("purchase-order-missing", Severity.Complete, OwnerFunction.CustomerService, "purchaseOrderMissing");

    [Fact]
    public void Every_code_has_its_sentence_in_every_language() =>
        Golden.Equal(
            "findings.txt",
            string.Join('\n', Enum.GetValues<Language>().SelectMany(language => FindingKinds.All.Select(kind => Sample(kind, language)))));

    [Fact]
    public void A_sentence_names_the_cent() =>
        Assert.Equal("The order would exceed the limit of C2 by 0.01\u00A0EUR.", FindingText.Sentence(Overrun, Language.English));

    [Fact]
    public void A_code_that_means_several_things_says_which() => Table.Check("""
        code                subject         text
        order-unusual       "frequency 30"  "C2 orders again after 2 days; usually 30 days lie between its orders."
        order-unusual       "item A 7"      "Most of the order is for items that C2 never ordered, such as A 7."
        order-unusual       "shipTo Lyon"   "The goods go to a place where C2 never had any sent: Lyon."
        legal-entity-wrong  -               "C2 has not been active for 2 days."
        order-too-large     -               "The order is worth , more than policy lets pass of C2, a customer for 2 days, without a decision."
        payment-behaviour   "trend 4.2"     "C2 pays 4.2 days later from month to month."
        """, row =>
        {
            var finding = new Finding(row["code"], Severity.Warn, OwnerFunction.Credit, null, "C2", Days: 2, Subject: row.Has("subject") ? row["subject"] : null);
            Assert.Equal(row["text"], FindingText.Sentence(finding, Language.English));
            foreach (var language in Enum.GetValues<Language>()) Assert.DoesNotContain("{", FindingText.Sentence(finding, language), StringComparison.Ordinal);
        });

    [Fact]
    public void Amounts_have_the_decimals_of_their_currency_and_the_separators_of_the_language() => Table.Check("""
        language  currency  minor       | text
        English   EUR       123456789   | 1,234,567.89 EUR
        German    EUR       123456789   | 1.234.567,89 EUR
        French    EUR       123456789   | 1 234 567,89 EUR
        English   JPY       1234567     | 1,234,567 JPY
        English   KWD       1234567     | 1,234.567 KWD
        """, row =>
        {
            var finding = Overrun with { Amount = long.Parse(row["minor"], null), Currency = Currency.Of(row["currency"]) };
            var sentence = FindingText.Sentence(finding, row.One<Language>("language"));
            Assert.Contains(row["text"], sentence.Replace('\u00A0', ' '), StringComparison.Ordinal);
        });

    [Fact]
    public void Customer_service_reads_its_own_tasks_first_and_whom_the_rest_waits_for()
    {
        var texts = CheckTexts.Of("SO-1", [Overrun, Missing], [], Language.English);
        Assert.Equal(
            "Order SO-1 is held. Customer Service: The payer's purchase order number is missing. "
            + "Credit: The order would exceed the limit of C2 by 0.01\u00A0EUR.",
            texts.CustomerService);
    }

    [Fact]
    public void The_customer_reads_what_it_can_do_and_nothing_of_limits_classes_and_reasons()
    {
        Finding[] findings =
        [
            Overrun, Missing, new("risk-class-blocked", Severity.Refer, OwnerFunction.Credit, "riskClass", "C2", Subject: "E"),
            new("forced-hold", Severity.Refer, OwnerFunction.Credit, "forcedHold", "C2", Days: 3, Subject: "cheated us"),
            new("overdue", Severity.Refer, OwnerFunction.Credit, "overdue", "C2", 60000, Currency.EUR, 21),
        ];
        var text = CheckTexts.Of("SO-1", findings, [], Language.English).Customer;
        Assert.Equal(
            "Thank you for your order SO-1. Please send us your purchase order number, so that your invoice finds its way. "
            + "Some of your invoices are past due; please pay them, or tell us when we may expect your payment. "
            + "We are still looking into it and will come back to you shortly.",
            text);
        foreach (var language in Enum.GetValues<Language>())
            foreach (var secret in new[] { "risk", "Risi", "risque", "limit", "Limit", "cheated", "600" })
                Assert.DoesNotContain(secret, CheckTexts.Of("SO-1", findings, [], language).Customer, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_is_free_is_confirmed_even_with_a_warning()
    {
        var warning = new Finding("tax-id-invalid", Severity.Warn, OwnerFunction.MasterData, "taxIdInvalid", "C1", Subject: "FR1");
        var texts = CheckTexts.Of("SO-1", [warning], [], Language.English);
        Assert.Equal("Thank you: your order SO-1 is confirmed.", texts.Customer);
        Assert.Equal("Nothing stands in the way of order SO-1. The VAT number FR1 of C1 cannot be right.", texts.Internal);
        Assert.Equal("Nothing stands in the way of order SO-1.", texts.CustomerService);
    }

    [Fact]
    public void What_a_measure_asks_names_the_measure()
    {
        string[] codes = ["limit-exceeded", "order-too-large", "prepayment-required", "review-overdue", "terms-deviate"];
        foreach (var language in Enum.GetValues<Language>())
            foreach (var kind in FindingKinds.All.Where(kind => codes.Contains(kind.Code)))
                foreach (var days in new[] { 3, -3 })
                    Assert.Matches(
                        "M-1.* C1|C1.* M-1", FindingText.Sentence(new Finding(kind.Code, Severity.Refer, kind.Owner, "measure", "C1", 100, Currency.EUR, days, "M-1"), language));
    }

    static string Sample(FindingKind kind, Language language)
    {
        var subject = kind.Code switch
        {
            "rates-missing" => "GBP",
            "forced-hold" => "goods not returned",
            "condition-broken" => "SO-1",
            "risk-class-blocked" => "E",
            "purchase-order-malformed" => "PO-12",
            "purchase-order-duplicate" => "SO-9",
            "terms-deviate" or "terms-shorter" => "NET45",
            "cover-reduced" or "cover-expired" or "cover-notification-due" => "V-1",
            "discount-undocumented" => "3",
            "price-deviates" => "1, 3",
            "tax-id-invalid" => "FR12",
            "order-unusual" => "2.5",
            "payment-behaviour" => "level 18.4, trend 4.2, deviation 25",
            "overruns-repeated" or "order-splitting" or "dunning-level" => "3",
            "legal-entity-wrong" => "FR12",
            "account-link-wrong" => "C9",
            "portal-requirement-missing" => "costCentre, portalReference",
            "promise-broken" or "promise-too-long" => "P-4",
            "dispute-unqualified" or "dispute-unowned" or "dispute-unresolved" or "dispute-tactical" => "D-5",
            "invoice-rejected" or "invoice-not-sent" or "over-invoiced" => "I-6",
            "unbilled-too-old" or "over-delivered" => "SO-7",
            _ => null,
        };
        var finding = new Finding(kind.Code, Severity.Refer, kind.Owner, null, kind == FindingKinds.OrderTooLarge ? null : "C1", 1_234_50, Currency.EUR, 21, subject);
        if (kind == FindingKinds.Concentration) finding = finding with { Subject = "segment retail", Share = new Share(31.25m, new DateOnly(2026, 3, 30)) };
        return $"{kind.Code}: " + FindingText.Sentence(finding, language).Replace('\u00A0', ' ');
    }
}

using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel.Storage;

namespace Aval.Tests.Checks.Options;

/// <summary>Nothing that can hold an order is passed over in silence: there is an option, or it is said why there is none.</summary>
public sealed class CureTests
{
    /// <summary>An order that is held for this finding alone: what is offered, the least burden first, and who acts where that varies; else why nothing is.</summary>
    const string Offered = """
        code                       | offers                                                            remains
        payer-unknown              | -                                                                 entry
        rates-missing              | -                                                                 entry
        authorization-expired      | correctData:customerService                                       -
        forced-hold                | -                                                                 decision
        condition-broken           | -                                                                 decision
        limit-not-set              | "correctLimit prepayment"                                         -
        limit-expired              | "correctLimit prepayment"                                         -
        limit-exceeded             | "temporaryLimit partialRelease stagedInvoicing laterShipDate reduceOrder deposit guarantee" -
        limit-near                 | -                                                                 -
        overdue                    | "waitForPayment prepayment"                                       -
        oldest-item-too-old        | "waitForPayment prepayment"                                       -
        promise-broken             | prepayment                                                        -
        promise-too-long           | -                                                                 -
        dispute-unqualified        | "qualifyDispute:quality prepayment"                               -
        dispute-unowned            | "correctData:accountsReceivable prepayment"                       -
        dispute-unresolved         | "qualifyDispute:quality prepayment"                               -
        dispute-tactical           | "qualifyDispute:credit prepayment"                                -
        invoice-rejected           | "correctData:billing prepayment"                                  -
        invoice-not-sent           | "correctData:billing prepayment"                                  -
        unbilled-too-old           | "correctData:billing prepayment"                                  -
        over-delivered             | "correctData:customerService prepayment"                          -
        over-invoiced              | "correctData:billing prepayment"                                  -
        risk-class-missing         | "correctData:credit prepayment"                                   -
        risk-class-blocked         | prepayment                                                        -
        prepayment-required        | prepayment                                                        -
        order-too-large            | "partialRelease stagedInvoicing reduceOrder prepayment"           -
        review-overdue             | "correctData:credit prepayment"                                   -
        cover-reduced              | "waitForPayment laterShipDate prepayment guarantee"               -
        cover-expired              | "correctData:credit prepayment"                                   -
        cover-notification-due     | "correctData:credit prepayment"                                   -
        concentration              | prepayment                                                        -
        payment-behaviour          | prepayment                                                        -
        overruns-repeated          | prepayment                                                        -
        order-splitting            | prepayment                                                        -
        dunning-level              | prepayment                                                        -
        rates-stale                | "correctData:masterData prepayment"                               -
        purchase-order-missing     | correctData:customerService                                       -
        purchase-order-malformed   | correctData:customerService                                       -
        purchase-order-duplicate   | correctData:customerService                                       -
        buyer-reference-missing    | correctData:customerService                                       -
        billing-address-incomplete | correctData:customerService                                       -
        terms-deviate              | shorterTerms                                                      -
        terms-shorter              | -                                                                 -
        discount-undocumented      | correctData:sales                                                 -
        price-deviates             | correctData:sales                                                 -
        tax-id-invalid             | correctData:masterData                                            -
        order-unusual              | correctData:customerService                                       -
        legal-entity-wrong         | correctData:masterData                                            -
        account-link-wrong         | correctData:masterData                                            -
        portal-requirement-missing | correctData:customerService                                       -
        delivery-details-missing   | correctData:customerService                                       -
        """;

    [Fact]
    public void Every_finding_ends_in_an_option_or_in_a_reason_why_there_is_none()
    {
        var rows = new Dictionary<string, (string Offers, string Remains)>(StringComparer.Ordinal);
        Table.Check(Offered, row => rows.Add(row["code"], (string.Join(' ', row.Words("offers")), string.Join(' ', row.Words("remains")))));
        Assert.Equal(FindingKinds.All.Select(kind => kind.Code), rows.Keys);
        foreach (var kind in FindingKinds.All)
        {
            var asked = EveryFinding.Of(kind.Code);
            var found = Assert.Single(asked.Check().Findings, finding => finding.Code == kind.Code || finding.Blocks);
            var remedies = Remedies.Of(asked);
            Assert.Equal(
                (kind.Code, rows[kind.Code]),
                (found.Code, (string.Join(' ', remedies.Options.Select(option => Told(option))),
                    string.Join(' ', remedies.Remaining.Select(remaining => Words.Of(remaining.Cure))))));
            if (found.Blocks) Assert.NotEqual(remedies.Options.IsEmpty, remedies.Remaining.IsEmpty);
        }
    }

    [Fact]
    public void What_is_only_asked_to_be_confirmed_is_decided_by_a_person_where_policy_says_so()
    {
        var asked = EveryFinding.Unusual("refer");
        var remedies = Remedies.Of(asked);
        Assert.Empty(remedies.Options);
        Assert.Equal("It also takes a word that the order is meant as it stands (Customer Service).", OptionText.Sentence(Assert.Single(remedies.Remaining), Language.English));
    }

    [Fact]
    public void An_owner_is_told_all_documents_that_wait_not_only_the_oldest()
    {
        var option = Assert.Single(Remedies.Of(EveryFinding.NotSent(3)).Options, option => option.Action == OptionAction.CorrectData);
        Assert.Equal("To complete or correct (Billing): the sending of the invoice (N-1, N-2, N-3).", OptionText.Sentence(option, Language.English));
    }

    static string Told(Option option) => option.Action is OptionAction.CorrectData or OptionAction.QualifyDispute
        ? $"{Words.Of(option.Action)}:{Words.Of(option.Owner)}" : Words.Of(option.Action);
}

using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What we can mend ourselves: our own defects, data that is wrong or missing, terms that were never agreed.</summary>
static class OwnOptions
{
    /// <summary>Mending the defects that matter, all of them; null when that alone does not pass.</summary>
    public static Option? Defects(WhatIf asked, Proof proof, ImmutableArray<Defect> defects) =>
        defects.IsEmpty ? null : proof.Of(Rules.Defects.Without(asked, defects), Mending(defects));

    /// <summary>One option for all defects of a kind; of several kinds, one with the others besides.</summary>
    public static Option Mending(ImmutableArray<Defect> defects)
    {
        Option? all = null;
        foreach (var kind in defects.GroupBy(defect => defect.Kind).OrderByDescending(kind => kind.Key))
        {
            var oneCurrency = kind.Select(defect => defect.Currency).Distinct().Count() == 1;
            all = new Option(ActionOf(kind.Key), kind.First().Owner)
            {
                Amount = oneCurrency ? kind.Sum(defect => defect.Amount) : null, Currency = oneCurrency ? kind.First().Currency : null,
                Documents = [.. kind.Select(defect => defect.Document)],
                Invoices = [.. kind.SelectMany(defect => defect.Invoices).Distinct(StringComparer.Ordinal)], And = all,
            };
        }

        return all!;
    }

    /// <summary>The terms agreed with who orders; null unless longer ones hold the order.</summary>
    public static Option? Terms(WhatIf asked, Proof proof) => !proof.Blocks(FindingKinds.TermsDeviate) || asked.Facts().Customer is not { } customer
        ? null
        : proof.Of(asked.Under(customer.PaymentTerms), new Option(OptionAction.ShorterTerms, OwnerFunction.CustomerService) { PaymentTerms = customer.PaymentTerms });

    /// <summary>Where only data holds the order: by owner, what to complete or correct.</summary>
    public static IEnumerable<Option> Data(WhatIf asked, Proof proof)
    {
        if (proof.HasCurable) yield break;
        var wrong = proof.Booked.Findings.Where(finding => finding.Blocks && FindingKinds.Of(finding).Family == RuleFamily.OrderQuality).ToList();
        foreach (var owner in wrong.GroupBy(finding => finding.Owner).OrderBy(owner => owner.Key))
        {
            var codes = owner.Select(finding => finding.Code).ToHashSet(StringComparer.Ordinal);
            var option = new Option(OptionAction.CorrectData, owner.Key) { Documents = [.. codes.Order(StringComparer.Ordinal)] };
            if (proof.Of(Corrected(asked, codes), option) is { } corrected && !corrected.AlsoNeeds.Any(codes.Contains)) yield return corrected;
        }
    }

    static OptionAction ActionOf(DefectKind kind) => kind switch
    {
        DefectKind.UnappliedReceipt => OptionAction.ApplyReceipt,
        DefectKind.PromisedCreditNote or DefectKind.CompanyFaultDispute => OptionAction.IssueCreditNote,
        DefectKind.RejectedInvoice => OptionAction.CorrectData,
    };

    /// <summary>The facts with this data as it should be: what is missing there, what is wrong no longer said.</summary>
    static WhatIf Corrected(WhatIf asked, HashSet<string> codes)
    {
        var facts = asked.Facts();
        var changed = asked with { Order = Corrected(asked.Order, codes) };
        foreach (var party in new[] { facts.Customer, facts.Payer }.OfType<Customer>()) changed = changed.With(Corrected(party, codes));
        return changed;
    }

    static Order Corrected(Order order, HashSet<string> codes) => order with
    {
        Lines = [.. order.Lines.Select(line => line with
        {
            DiscountApproval = codes.Contains(FindingKinds.DiscountUndocumented.Code) ? "approved" : line.DiscountApproval,
            ListPrice = codes.Contains(FindingKinds.PriceDeviates.Code) ? null : line.ListPrice,
        })],
    };

    static Customer Corrected(Customer party, HashSet<string> codes)
    {
        var askedFor = codes.Overlaps([FindingKinds.PurchaseOrderMissing.Code, FindingKinds.PurchaseOrderMalformed.Code, FindingKinds.BuyerReferenceMissing.Code]);
        return party with
        {
            Profile = askedFor ? PayabilityProfile.None : party.Profile,
            VatId = codes.Contains(FindingKinds.TaxIdInvalid.Code) ? null : party.VatId,
            BillingAddress = codes.Contains(FindingKinds.BillingAddressIncomplete.Code)
                ? new PostalAddress("known", "known", "known", party.Country) : party.BillingAddress,
        };
    }
}

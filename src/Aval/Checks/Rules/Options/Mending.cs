using Aval.Cover.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Measures.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>One thing completed or corrected, on the facts: what was missing stands there, what was wrong does not.</summary>
static class Mending
{
    /// <summary>In place of what only its owner knows.</summary>
    const string Known = "@known";

    static readonly PostalAddress Somewhere = new(Known, Known, Known, "FR");

    /// <summary>The question once this finding's owner has done what it asks; null where nobody can but by a decision.</summary>
    /// <param name="rules">In force: the worst class that policy accepts is told by them.</param>
    public static WhatIf? Of(WhatIf asked, Finding finding, RuleSet rules) => finding.Code switch
    {
        "purchase-order-missing" or "purchase-order-malformed" or "purchase-order-duplicate" => Ordered(asked),
        "buyer-reference-missing" => asked with { Order = asked.Order with { BuyerReference = Known } },
        "portal-requirement-missing" => asked with { Order = asked.Order with { CostCentre = Known, PortalReference = Known } },
        "delivery-details-missing" => asked with { Order = asked.Order with { ShipTo = Somewhere } },
        "account-link-wrong" => asked with { Order = asked.Order with { BillTo = null } },
        "authorization-expired" => asked with { Order = asked.Order with { Marks = [.. asked.Order.Marks.Where(mark => mark != Order.AuthorizationExpired)] } },
        "discount-undocumented" => asked with { Order = asked.Order with { Lines = [.. asked.Order.Lines.Select(line => line with { DiscountApproval = Known })] } },
        "price-deviates" => asked with { Order = asked.Order with { Lines = [.. asked.Order.Lines.Select(line => line with { ListPrice = null })] } },
        "order-unusual" => Confirmed(asked, finding),
        "billing-address-incomplete" => Party(asked, finding, party => party with { BillingAddress = Somewhere }),
        "tax-id-invalid" => Party(asked, finding, party => party with { VatId = null }),
        "legal-entity-wrong" when finding.Subject is null => Party(asked, finding, party => party with { InactiveSince = null }),
        "legal-entity-wrong" => asked with { Order = asked.Order with { VatId = null, RegistrationId = null } },
        "risk-class-missing" => Policy.RiskClasses.LastOrDefault(one => rules.RiskClass?.Classes.Contains(one) != true) is { } worst
            ? Party(asked, finding, party => party with { RiskClass = worst }) : null,
        "review-overdue" when finding.Subject is null => Party(asked, finding, party => party with { NextReview = null }),
        "review-overdue" => Row<AccountMeasure>(asked, finding, measure => measure with { EndedOn = asked.Today }),
        "dispute-unowned" => Row<Dispute>(asked, finding, dispute => dispute with { Person = Known }),
        // Whoever's fault it turns out to be: the customer's is what helps least.
        "dispute-unqualified" => Disputed(asked, finding, Legitimacy.CustomerFault, ended: null),
        "dispute-unresolved" or "dispute-tactical" => Disputed(asked, finding, null, asked.Today),
        "invoice-rejected" => Row<Invoice>(asked, finding, invoice => invoice with { Life = new InvoiceLife(InvoiceStage.Corrected, asked.Today) }),
        "invoice-not-sent" => Row<Invoice>(asked, finding, invoice => invoice with { Life = new InvoiceLife(InvoiceStage.Sent, asked.Today) }),
        "over-invoiced" => Row<Invoice>(asked, finding, invoice => invoice with { Marks = [.. invoice.Marks.Where(mark => mark != Billing.OverInvoiced)] }),
        "over-delivered" => OnOrder(asked, finding, order => order with { Marks = [.. order.Marks.Where(mark => mark != Deliver.OverDelivered)] }),
        "unbilled-too-old" => OnOrder(asked, finding, order => order with { UnbilledSince = null }),
        "cover-expired" => Row<InsuranceCover>(asked, finding, cover => cover with { ValidTo = asked.Today }),
        "cover-notification-due" => asked.With(new CoverNotification(Known, finding.Subject!, asked.Order.Payer, asked.Today, null)),
        "rates-stale" => Rated(asked),
        _ => null,
    };

    /// <summary>Whether the finding's subject is a document that somebody is to look up.</summary>
    public static bool NamesDocument(Finding finding) => finding.Subject is not null && finding.Code is
        "review-overdue" or "dispute-unowned" or "dispute-unqualified" or "dispute-unresolved" or "dispute-tactical" or "invoice-rejected" or "invoice-not-sent"
        or "over-invoiced" or "over-delivered" or "unbilled-too-old" or "cover-expired" or "cover-notification-due";

    /// <summary>With a purchase order number that nobody else has and that has the form which the payer accepts.</summary>
    static WhatIf Ordered(WhatIf asked)
    {
        var facts = asked.Facts();
        var changed = asked with { Order = asked.Order with { PurchaseOrder = Known } };
        foreach (var party in new[] { facts.Customer, facts.Payer }.OfType<Customer>())
            if (party.Profile.PurchaseOrderPattern is not null) changed = changed.With(party with { Profile = party.Profile with { PurchaseOrderPattern = null } });
        return changed;
    }

    /// <summary>The customer was asked and means it: that is recorded as set aside, where it may be.</summary>
    static WhatIf? Confirmed(WhatIf asked, Finding finding) => !finding.CanBeWaived
        ? null
        : asked.With(new Waiver(
            Known + finding.Subject, asked.Order.Number, asked.Order.Customer, finding.Code, finding.Level, finding.Subject, finding.Amount, finding.Days, "", "",
            asked.Today, null));

    static WhatIf? Party(WhatIf asked, Finding finding, Func<Customer, Customer> mend) => Row(asked, finding.Level, mend);

    static WhatIf? Row<T>(WhatIf asked, Finding finding, Func<T, T> mend) where T : class => Row(asked, finding.Subject, mend);

    static WhatIf? Row<T>(WhatIf asked, string? key, Func<T, T> mend) where T : class =>
        key is not null && asked.Root.Find<T>(key) is { } row ? asked.With(mend(row)) : null;

    static WhatIf? Disputed(WhatIf asked, Finding finding, Legitimacy? legitimacy, DateOnly? ended)
    {
        if (asked.Root.Find<Dispute>(finding.Subject!) is not { } dispute) return null;
        var changed = asked.With(dispute with { Legitimacy = legitimacy ?? dispute.Legitimacy, Ended = ended });
        if (asked.Root.Find<Invoice>(dispute.Invoice) is not { } invoice) return changed;
        var part = invoice.Parts.FirstOrDefault(part => part.Kind == PartKind.Disputed && part.Document == dispute.Number);
        return part is null ? changed : changed.With(invoice.With(part with { Legitimacy = legitimacy ?? part.Legitimacy, To = ended }));
    }

    /// <summary>Another order of the payer, or the very one that is asked about.</summary>
    static WhatIf? OnOrder(WhatIf asked, Finding finding, Func<Order, Order> mend) =>
        finding.Subject == asked.Order.Number ? asked with { Order = mend(asked.Order) } : Row(asked, finding, mend);

    /// <summary>Today's rates are entered, as they were.</summary>
    static WhatIf Rated(WhatIf asked)
    {
        var facts = asked.Facts();
        var order = asked.Order.Rate is { } rate ? asked.Order with { Rate = rate with { Date = asked.Order.OrderDate } } : asked.Order;
        var company = asked.Company;
        foreach (var other in facts.Nodes.Select(node => node.Currency).Append(facts.PolicyCurrency).Distinct())
            if (facts.Payer is { } payer && other != payer.Currency && company.Get<Rates.RatesFacts>().Find(payer.Currency, other, asked.Today) is { } known)
                company = company.With(new Rates.Rules.Rate(asked.Today, payer.Currency, other, known.Factor));
        return asked with { Order = order, Company = company };
    }
}

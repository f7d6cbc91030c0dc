using System.Globalization;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What makes an invoice come back or be argued about: where it goes, under which terms, at which prices.</summary>
static class InvoicingRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        var billed = Billed(facts);
        if (rules.BillingAddressIncomplete is { } address) Addresses(facts, billed, address, ref found);
        if (rules.TermsDeviate is { } terms) Terms(facts, terms, ref found);
        if (rules.DiscountUndocumented is { } discount) Discounts(facts.Order, discount, ref found);
        if (rules.PriceDeviates is { } price) Prices(facts.Order, price, ref found);
        if (rules.TaxIdInvalid is { } tax) VatIds(facts, billed, tax, ref found);
        if (rules.OrderUnusual is { } unusual) HabitRules.Find(facts, unusual, ref found);
    }

    /// <summary>The payer, unless the order is to be billed to who ordered, or the payer is unknown.</summary>
    public static Customer Billed(CheckFacts facts) =>
        facts.Payer is null || facts.Order.BillTo == facts.Customer.Number ? facts.Customer : facts.Payer;

    /// <summary>Who is billed needs an address. Who orders and is not billed needs none, but half a one ends on a delivery note, and on an invoice some day.</summary>
    static void Addresses(CheckFacts facts, Customer billed, BillingAddressIncompleteRule rule, ref Found found)
    {
        if (billed.BillingAddress is not { } address || !IsComplete(address)) found.Add(FindingKinds.BillingAddressIncomplete, rule, level: billed.Number);
        if (facts.Customer.Number != billed.Number && facts.Customer.BillingAddress is { } own && !IsComplete(own))
            found.Add(FindingKinds.BillingAddressIncomplete, rule, level: facts.Customer.Number);
    }

    /// <summary>With line, city, postal code and country.</summary>
    static bool IsComplete(PostalAddress address) =>
        !(IsBlank(address.Line1) || IsBlank(address.City) || IsBlank(address.PostalCode) || IsBlank(address.Country));

    /// <summary>Longer than agreed with who orders is credit given by the back door; shorter ends in a dispute and is only warned of.</summary>
    static void Terms(CheckFacts facts, TermsDeviateRule rule, ref Found found)
    {
        var (asked, agreed) = (facts.Order.PaymentTerms, facts.Customer.PaymentTerms);
        if (asked is null || asked == agreed) return;
        var known = PaymentTerms.TryParse(asked, out var wanted) & PaymentTerms.TryParse(agreed, out var given);
        // Terms that cannot be read cannot be ranked: they fail closed.
        if (!known || wanted.IsLongerThan(given)) found.Add(FindingKinds.TermsDeviate, rule, subject: asked);
        else if (given.IsLongerThan(wanted))
            found.Add(new Finding(FindingKinds.TermsShorter.Code, Severity.Warn, FindingKinds.TermsShorter.Owner, rule.Name, Subject: asked, Scope: Found.ScopeOf(rule)));
    }

    static void Discounts(Order order, DiscountUndocumentedRule rule, ref Found found)
    {
        string? lines = null;
        decimal given = 0;
        for (var at = 0; at < order.Lines.Count; at++)
        {
            var line = order.Lines[at];
            if (line.DiscountPercent <= rule.AbovePercent || !IsBlank(line.DiscountApproval)) continue;
            lines = Listed(lines, line);
            given += Bounded(line.Quantity.Value * line.UnitPrice.Value) * line.DiscountPercent / 100;
        }

        if (lines is not null) found.Add(FindingKinds.DiscountUndocumented, rule, amount: Worth(given, order), currency: order.Currency, subject: lines);
    }

    /// <summary>What the lines are off by, so that who sets it aside does so up to an amount.</summary>
    static long Worth(decimal major, Order order) => Money.Round(Bounded(major), order.Currency).Minor;

    static decimal Bounded(decimal major) => Math.Min(major, Money.Bound);

    /// <summary>Either way: too cheap is margin that nobody allowed, too dear is an invoice that will be disputed.</summary>
    static void Prices(Order order, PriceDeviatesRule rule, ref Found found)
    {
        string? lines = null;
        decimal sum = 0;
        for (var at = 0; at < order.Lines.Count; at++)
        {
            var line = order.Lines[at];
            if (line.ListPrice is not { } list || list == line.UnitPrice) continue;
            var off = Math.Abs(line.UnitPrice.Value - list.Value);
            if (off * 100 <= rule.TolerancePercent * list.Value) continue;
            lines = Listed(lines, line);
            sum += Bounded(off * line.Quantity.Value);
        }

        if (lines is not null) found.Add(FindingKinds.PriceDeviates, rule, amount: Worth(sum, order), currency: order.Currency, subject: lines);
    }

    /// <summary>Of who is billed, and of who receives the goods: where they are taxed depends on both.</summary>
    static void VatIds(CheckFacts facts, Customer billed, TaxIdInvalidRule rule, ref Found found)
    {
        VatId(billed, rule, ref found);
        if (facts.Customer.Number != billed.Number) VatId(facts.Customer, rule, ref found);
    }

    static void VatId(Customer billed, TaxIdInvalidRule rule, ref Found found)
    {
        if (billed.VatId is not { } id) return;
        var isWrong = TaxId.Check(billed.Country, id) switch
        {
            TaxIdVerdict.Malformed or TaxIdVerdict.WrongCheckDigit => true,
            TaxIdVerdict.Valid or TaxIdVerdict.UnknownCountry => false,
        };
        if (isWrong) found.Add(FindingKinds.TaxIdInvalid, rule, level: billed.Number, subject: id);
    }

    static string Listed(string? lines, OrderLine line)
    {
        var number = line.Line.ToString(CultureInfo.InvariantCulture);
        return lines is null ? number : $"{lines}, {number}";
    }

    static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);
}

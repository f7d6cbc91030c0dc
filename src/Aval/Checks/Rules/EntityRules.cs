using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether the order names the right legal entities: active ones, with the ids the customer states, billed where it belongs.</summary>
static class EntityRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        if (rules.LegalEntityWrong is { } entity)
        {
            Inactive(facts, facts.Payer, entity, ref found);
            if (facts.Customer.Number != facts.Payer?.Number) Inactive(facts, facts.Customer, entity, ref found);
            Ids(facts, entity, ref found);
        }

        if (rules.AccountLinkWrong is { } link && facts.Order.BillTo is { } billTo && billTo != facts.Customer.Number && billTo != facts.Order.Payer)
            found.Add(FindingKinds.AccountLinkWrong, link, level: facts.Customer.Number, subject: billTo);
    }

    static void Inactive(CheckFacts facts, Customer? customer, LegalEntityWrongRule rule, ref Found found)
    {
        if (customer?.InactiveSince is { } since)
            found.Add(FindingKinds.LegalEntityWrong, rule, level: customer.Number, days: facts.Today.DayNumber - since.DayNumber);
    }

    /// <summary>What the customer states against what we know of who is billed; where we know nothing there is nothing to compare.</summary>
    static void Ids(CheckFacts facts, LegalEntityWrongRule rule, ref Found found)
    {
        var billed = InvoicingRules.Billed(facts);
        var (vatId, registrationId) = (facts.Order.VatId, facts.Order.RegistrationId);
        if (Differ(vatId, billed.VatId)) found.Add(FindingKinds.LegalEntityWrong, rule, level: billed.Number, subject: vatId);
        if (Differ(registrationId, billed.RegistrationId)) found.Add(FindingKinds.LegalEntityWrong, rule, level: billed.Number, subject: registrationId);
    }

    /// <summary>Blanks, dots and dashes are a matter of taste, and so is the case.</summary>
    static bool Differ(string? stated, string? known) =>
        !string.IsNullOrWhiteSpace(stated) && !string.IsNullOrWhiteSpace(known) && !string.Equals(Bare(stated), Bare(known), StringComparison.OrdinalIgnoreCase);

    static string Bare(string id) => string.Concat(id.Where(char.IsAsciiLetterOrDigit));
}

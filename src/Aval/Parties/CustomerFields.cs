using Aval.Kernel;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>What a customer's fields may hold, and how given ones are laid over known ones.</summary>
static class CustomerFields
{
    const int LongestSalesOwner = 100;

    static readonly string[] RiskClasses = ["A", "B", "C", "D", "E"];

    public static Problem? Refuse(string number, CustomerBody body)
    {
        if (Numbers.Refuse("number", number) is { } badNumber) return badNumber;
        foreach (var (field, value) in new[] { ("payer", body.Payer.Value), ("group", body.Group.Value) })
            if (value is not null && Numbers.Refuse(field, value) is { } badAbove) return badAbove;
        if (body.Group.Value == number) return PartyProblems.GroupCycle.With($"{number} cannot stand above itself.", "group");
        if (body.Name.IsGiven && string.IsNullOrWhiteSpace(body.Name.Value)) return KernelProblems.Invalid("name", "must not be empty");
        if (body.Country.IsGiven && !Country.IsKnown(body.Country.Value)) return KernelProblems.Invalid("country", "must be an ISO 3166-1 code of two capital letters");
        if (body.BillingAddress.Value?.Country is { } country && !Country.IsKnown(country))
            return KernelProblems.Invalid("billingAddress.country", "must be an ISO 3166-1 code of two capital letters");
        if (body.Currency is { IsGiven: true, Value: null }) return KernelProblems.Invalid("currency", "must not be null");
        if (body.PaymentTerms.IsGiven && !PaymentTerms.TryParse(body.PaymentTerms.Value, out _))
            return KernelProblems.Invalid("paymentTerms", "must be terms such as NET30, EOM15, PREPAID, COD or 2/10 NET30");
        if (body.PaymentRun.Value is { } run && !PaymentRun.TryParse(run, out _))
            return KernelProblems.Invalid("paymentRun", "must be weekdays and days of the month, each once, such as TUE,THU or 10,25,31");
        if (body.SalesOwner.Value is { } seller && (string.IsNullOrWhiteSpace(seller) || seller.Trim().Length > LongestSalesOwner))
            return KernelProblems.Invalid("salesOwner", $"must be 1 to {LongestSalesOwner} characters, or null");
        if (body.RiskClass.Value is { } risk && !RiskClasses.Contains(risk)) return KernelProblems.Invalid("riskClass", "must be one of A, B, C, D, E");
        if (body.Lei.Value is { } lei && !Lei.IsValid(lei)) return KernelProblems.Invalid("lei", "must be an ISO 17442 identifier with its check digits");
        if (body.Profile.Value?.PurchaseOrderPattern.Value is { } pattern && !PurchaseOrderPattern.IsValid(pattern))
            return KernelProblems.Invalid("profile.purchaseOrderPattern", "must be a regular expression without look-arounds or back-references");
        return null;
    }

    /// <summary>On which a customer starts for which nobody answerable has agreed others: none asks for less credit.</summary>
    public const string TermsOfNew = "PREPAID";

    /// <param name="saysTerms">Whether who enters it may agree terms; who may not leaves them out.</param>
    public static Problem? MissingOfNew(CustomerBody body, bool saysTerms)
    {
        string? missing = !body.Name.IsGiven ? "name" : !body.Country.IsGiven ? "country" : !body.Currency.IsGiven ? "currency"
            : saysTerms && !body.PaymentTerms.IsGiven ? "paymentTerms" : null;
        return missing is null ? null : KernelProblems.Invalid(missing, "is required for a new customer");
    }

    public static Customer Apply(string number, CustomerBody body, Customer? before, DateOnly today) => new(
        number,
        body.Name.Or(before?.Name)!,
        body.Country.Or(before?.Country)!,
        (body.Currency.IsGiven ? body.Currency.Value : before?.Currency) ?? default,
        body.PaymentTerms.IsGiven && PaymentTerms.TryParse(body.PaymentTerms.Value, out var terms) ? terms.ToString() : before?.PaymentTerms ?? TermsOfNew,
        SelfIsNone(number, body.Payer.Or(before?.Payer)),
        body.Group.Or(before?.Group),
        body.VatId.Or(before?.VatId),
        body.RegistrationId.Or(before?.RegistrationId),
        body.Lei.Or(before?.Lei),
        body.BillingAddress.Or(before?.BillingAddress),
        body.RiskClass.Or(before?.RiskClass),
        body.CustomerSince.Or(before?.CustomerSince),
        body.LargeAccount.Or(before?.LargeAccount) ?? false,
        body.Segment.Or(before?.Segment),
        !body.Profile.IsGiven ? before?.Profile ?? PayabilityProfile.None : body.Profile.Value?.Over(before?.Profile ?? PayabilityProfile.None) ?? PayabilityProfile.None,
        body.Contacts.Or(before?.Contacts) ?? [],
        before?.Hold)
    {
        InactiveSince = !body.Active.IsGiven ? before?.InactiveSince : body.Active.Value == false ? before?.InactiveSince ?? today : null, Dunning = before?.Dunning,
        NextReview = body.NextReview.Or(before?.NextReview), ProposedRiskClass = before?.ProposedRiskClass,
        PaymentRun = !body.PaymentRun.IsGiven ? before?.PaymentRun : PaymentRun.TryParse(body.PaymentRun.Value, out var run) ? run : null,
        SalesOwner = body.SalesOwner.Or(before?.SalesOwner)?.Trim(),
    };

    /// <summary>Whoever names itself as its payer pays itself.</summary>
    static string? SelfIsNone(string number, string? payer) => payer == number ? null : payer;
}

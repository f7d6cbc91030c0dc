using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>A customer as answered.</summary>
/// <param name="ProposedRiskClass">A better class that waits for approval and has no effect yet; <c>none</c> for taking the class back; null when none is proposed.</param>
/// <param name="Above">What it hangs under: its payer, else its group; null at the top.</param>
/// <param name="SalesOwner">The name of the user or key who sells to it; null when nobody in particular does.</param>
public sealed record CustomerAnswer(
    string Number, string Name, string Country, Currency Currency, string PaymentTerms, string? Payer, string? Group, string? Above, string? VatId, string? RegistrationId,
    string? Lei, PostalAddress? BillingAddress, string? RiskClass, DateOnly? CustomerSince, bool LargeAccount, string? Segment, PayabilityProfile Profile,
    IReadOnlyList<Contact> Contacts, AccountHold? Hold, bool Active, DateOnly? InactiveSince, Dunning? Dunning, DateOnly? NextReview, string? PaymentRun,
    string? ProposedRiskClass, string? SalesOwner)
{
    public static CustomerAnswer Of(Customer customer) => new(
        customer.Number, customer.Name, customer.Country, customer.Currency, customer.PaymentTerms, customer.Payer, customer.Group, customer.Above, customer.VatId,
        customer.RegistrationId, customer.Lei, customer.BillingAddress, customer.RiskClass, customer.CustomerSince, customer.LargeAccount, customer.Segment,
        customer.Profile, customer.Contacts, customer.Hold, customer.InactiveSince is null, customer.InactiveSince, customer.Dunning, customer.NextReview,
        customer.PaymentRun?.ToString(), customer.ProposedRiskClass, customer.SalesOwner);
}

/// <summary>Reads one customer.</summary>
static class GetCustomer
{
    internal static void Map(Api api) => api.Get<CustomerAnswer>("/customers/{number}", PartyPermissions.Read, "A customer",
        async (request, cancel) => await request.Desk.ViewAsync(request.Route("number"), cancel) is { } view
            && view.Root.Find<Customer>(request.Route("number")) is { } customer
                ? Shown(customer, request)
                : PartyProblems.CustomerUnknown.With($"customer {request.Route("number")} is not known.", "number"),
        problems: [PartyProblems.CustomerUnknown]);

    static CustomerAnswer Shown(Customer customer, ApiRequest request)
    {
        request.ShowEdition(PartiesFacts.Table, customer);
        return CustomerAnswer.Of(customer);
    }
}

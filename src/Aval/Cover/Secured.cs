using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Rates;
using Aval.Rates.Rules;

namespace Aval.Cover;

/// <summary>Whose debts a guarantee or cover secures: always the payer's. Whoever names a branch has it recorded for the branch's payer, since that is who owes.</summary>
/// <param name="Rate">By which its amounts count in the payer's credit currency.</param>
sealed record Secured(Customer Payer, StoredRate Rate)
{
    /// <summary>Refuses with <c>payer-missing</c>, <c>rate-missing</c> and <c>field-invalid</c>.</summary>
    public static Problem? Find(Case @case, string customer, Money amount, out Secured secured)
    {
        secured = null!;
        var parties = @case.Facts.Get<PartiesFacts>();
        var named = parties.Customers[customer];
        if (parties.PayerOf(named) is not { } payer) return PartyProblems.PayerMissing.With($"{named.Payer}, the payer of {customer}, has not been entered.", "customer");
        if (@case.Company.Get<RatesFacts>().Find(amount.Currency, payer.Currency, @case.Today) is not { } rate)
            return CoverProblems.RateMissing.With($"No rate between {amount.Currency} and {payer.Currency}, the credit currency of {payer.Number}, is known.", "currency");
        if (!rate.Fits(amount)) return KernelProblems.FieldInvalid.With($"amount must come to less than 10^13 in {payer.Currency}, the credit currency.", "amount");
        secured = new Secured(payer, rate);
        return null;
    }

    public static Problem Invalid(string field, Wording rule) => KernelProblems.FieldInvalid.With($"{field} {rule}.", field);

    /// <summary>The securities of the customer's payer as they stand today; a problem when there is no such customer.</summary>
    public static async Task<Answered<Looked>> LookAsync(ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Customer>(number) is not { } customer)
            return PartyProblems.CustomerUnknown.With($"customer {number} is not known.", "number");
        var securities = await request.Desk.SeesAsync(customer.PayerNumber, cancel) ? view.Root.Get<CoverFacts>().Of(customer.PayerNumber) : null;
        return new Looked(securities ?? PayerSecurities.None, view.Company.Through);
    }
}

/// <param name="Today">The business date.</param>
sealed record Looked(PayerSecurities Securities, DateOnly Today);

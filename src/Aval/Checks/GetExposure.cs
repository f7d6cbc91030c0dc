using Aval.Checks.Rules;
using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Policies;

namespace Aval.Checks;

/// <summary>Reads the exposure of a customer's payer.</summary>
public static class GetExposure
{
    const string AsOf = "A business date up to today, which is the default: what stood at its end, as it is known now. Documents, deliveries and what was billed count by their "
        + "own dates; what an order was and claimed counts by the date on which that was recorded.";

    internal static void Map(Api api) => api.Get<ExposureFigures>(
        "/customers/{number}/exposure", PartyPermissions.Read, "The exposure of the customer's payer",
        async (request, cancel) =>
        {
            var found = await SeenAsync(request, cancel);
            return found.Value is { } view ? ExposureFigures.Of(view.Seen) : found.Problem!;
        },
        [new("asOf", typeof(DateOnly), AsOf)], [PartyProblems.CustomerUnknown]);

    /// <summary>The payer's figures on the facts given.</summary>
    public static ExposureSeen Seen(Facts facts, Facts company, string payer, DateOnly asOf)
    {
        var netting = company.Get<PoliciesFacts>().Current.Policy.Netting;
        var currency = facts.Find<Parties.Rules.Customer>(payer)?.Currency ?? default;
        return ExposureFigures.Seen(
            ExposureOf.Payer(facts, payer, currency, asOf), LimitInForce.On(facts.Get<LimitsFacts>().Of(payer), LimitLevel.Payer, asOf), netting, adds: 0);
    }

    internal static async Task<Answered<View>> SeenAsync(ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Parties.Rules.Customer>(number) is not { } customer)
            return PartyProblems.CustomerUnknown.With($"customer {number} is not known.", "number");
        var asOf = request.Query<DateOnly?>("asOf") ?? view.Company.Through;
        if (asOf > view.Company.Through) return KernelProblems.FieldInvalid.With($"asOf must not be after the business date {view.Company.Through:yyyy-MM-dd}.", "asOf");
        var payer = customer.PayerNumber;
        var facts = asOf == view.Company.Through ? view.Root : await ExposureThen.ReadAsync(request.Desk.Everything, view.Root, payer, asOf, cancel);
        return new View(facts, payer, asOf, view.Company.Get<PoliciesFacts>().Current.Policy.Netting, Seen(facts, view.Company, payer, asOf));
    }

    internal sealed record View(Facts Facts, string Payer, DateOnly AsOf, Policies.Rules.Netting Netting, ExposureSeen Seen);
}

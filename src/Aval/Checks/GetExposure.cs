using Aval.Checks.Rules;
using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Parties;
using Aval.Policies;

namespace Aval.Checks;

/// <param name="Payer">Whose exposure it is.</param>
/// <param name="Term">The figure that the row is part of.</param>
/// <param name="Amount">In <paramref name="Currency"/>; the rows of a term add up to its figure.</param>
public sealed record ExposureRowAnswer(string Payer, string Term, string Kind, string Number, string Customer, decimal Amount, Currency Currency, DateOnly? Date);

public sealed record ExposureRowsAnswer(IReadOnlyList<ExposureRowAnswer> Rows, decimal Total);

/// <summary>Reads the exposure of a customer's payer, and the documents behind each figure.</summary>
public static class GetExposure
{
    internal static void Map(Api api)
    {
        api.Get<ExposureFigures>(
            "/customers/{number}/exposure", PartyPermissions.Read, "The exposure of the customer's payer",
            async (request, cancel) =>
            {
                var found = await SeenAsync(request, cancel);
                return found.Value is { } view ? ExposureFigures.Of(view.Seen) : found.Problem!;
            },
            [new("asOf", typeof(DateOnly), "A business date up to today: what was known at its end. Today when absent.")], [PartyProblems.CustomerUnknown]);
        api.Get<ExposureRowsAnswer>(
            "/customers/{number}/exposure/rows", PartyPermissions.Read, "The documents behind the figures of the customer's payer",
            async (request, cancel) =>
            {
                var found = await SeenAsync(request, cancel);
                if (found.Value is not { } view) return found.Problem!;
                var term = request.Query<string>("term");
                var rows = ExposureOf.Rows(view.Facts, view.Payer, view.Netting, view.AsOf).Where(row => term is null || row.Term == term)
                    .Select(row => new ExposureRowAnswer(
                        view.Payer, row.Term, row.Kind, row.Number, row.Customer, new Money(row.Amount, view.Seen.Currency).Major, view.Seen.Currency, row.Date))
                    .ToArray();
                return new ExposureRowsAnswer(rows, rows.Sum(row => row.Amount));
            },
            [new("term", typeof(string), "One figure: openOrders, receivables, …; all when absent"), new("asOf", typeof(DateOnly), "As for the exposure.")],
            [PartyProblems.CustomerUnknown]);
    }

    /// <summary>The payer's figures on the facts given.</summary>
    public static ExposureSeen Seen(Facts facts, Facts company, string payer, DateOnly asOf)
    {
        var netting = company.Get<PoliciesFacts>().Current.Policy.Netting;
        var currency = facts.Find<Parties.Rules.Customer>(payer)?.Currency ?? default;
        return ExposureFigures.Seen(
            ExposureOf.Payer(facts, payer, currency, asOf), LimitInForce.On(facts.Get<LimitsFacts>().Of(payer), LimitLevel.Payer, asOf), netting, adds: 0);
    }

    static async Task<Answered<View>> SeenAsync(ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Parties.Rules.Customer>(number) is not { } customer)
            return PartyProblems.CustomerUnknown.With($"customer {number} is not known.", "number");
        var asOf = request.Query<DateOnly?>("asOf") ?? view.Company.Through;
        if (asOf > view.Company.Through) return KernelProblems.FieldInvalid.With($"asOf must not be after the business date {view.Company.Through:yyyy-MM-dd}.", "asOf");
        var facts = asOf == view.Company.Through ? view.Root : await AtEndOfAsync(request, view.Root.Root, asOf, cancel);
        var payer = facts.Find<Parties.Rules.Customer>(number)?.PayerNumber ?? customer.PayerNumber;
        return new View(facts, payer, asOf, view.Company.Get<PoliciesFacts>().Current.Policy.Netting, Seen(facts, view.Company, payer, asOf));
    }

    /// <summary>The root's facts as its journal tells them at the end of a past business date.</summary>
    static async Task<Facts> AtEndOfAsync(ApiRequest request, string root, DateOnly asOf, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var format = new EntryFormat(request.Store.Composition);
        var facts = request.Store.Composition.Empty(root);
        await foreach (var entry in reader.EntriesAsync([(root, 0)], cancel))
        {
            if (entry.BusinessDate > asOf) break;
            facts = format.Read(entry.Body).ApplyTo(facts) with { Sequence = entry.Sequence };
        }

        return facts with { Through = asOf };
    }

    sealed record View(Facts Facts, string Payer, DateOnly AsOf, Policies.Rules.Netting Netting, ExposureSeen Seen);
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Promises.Rules;
using Aval.Rates;

namespace Aval.Promises;

/// <summary>What is promised of one invoice, and what came of it in time.</summary>
/// <param name="Dropped">What nobody owes any more, since a credit note, a write-off or earlier money took it.</param>
public sealed record PromisedInvoiceAnswer(string Invoice, decimal Amount, decimal Paid, decimal Dropped);

/// <summary>A promise to pay as answered; amounts in the invoices' currency.</summary>
/// <param name="Paid">Cleared money that was ours by the date.</param>
/// <param name="Ended">The business date on which its outcome was known; null while it is open.</param>
public sealed record PromiseAnswer(
    string Number, string Customer, string Payer, PromiseKind Kind, Currency Currency, decimal Amount, decimal Paid, DateOnly Made, DateOnly Date, PromiseStatus Status,
    DateOnly? Ended, IReadOnlyList<PromisedInvoiceAnswer> Invoices, string? Contact, string? Note)
{
    public static PromiseAnswer Of(PromiseToPay promise)
    {
        decimal Major(long minor) => new Money(minor, promise.Currency).Major;
        return new PromiseAnswer(
            promise.Number, promise.Customer, promise.Payer, promise.Kind, promise.Currency, Major(promise.Amount), Major(promise.Paid), promise.Made, promise.Date,
            promise.Status, promise.Ended,
            [.. promise.Invoices.Select(part => new PromisedInvoiceAnswer(part.Invoice, Major(part.Amount), Major(part.Paid), Major(part.Dropped)))],
            promise.Contact, promise.Note);
    }
}

/// <summary>A payer's promises and how it keeps them.</summary>
/// <param name="KeptRate">Share, from 0 to 1, of the promises over that were kept whole; null while none is over.</param>
/// <param name="KeptValueRate">Share of their value, each in the payer's credit currency at the rate of its day, that came in time; null while none is over, or none has
/// a rate.</param>
/// <param name="Promises">Those with the latest date first, at most as many as asked for.</param>
public sealed record PromisesAnswer(
    string Customer, string Payer, int Open, int Kept, int PartiallyKept, int Broken, decimal? KeptRate, decimal? KeptValueRate, IReadOnlyList<PromiseAnswer> Promises);

/// <summary>Reads promises to pay: one, and a payer's. What the date has brought is told before the due run has recorded it.</summary>
static class ReadPromises
{
    const int Most = 500;

    internal static void Map(Api api)
    {
        api.Get<PromiseAnswer>(
            "/promises/{number}", PromisePermissions.Read, "A promise to pay, and what came of it",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                return await request.Desk.Directory.PartyOfAsync(RecordPromise.Scope, number, cancel) is { } party
                    && await request.Desk.ViewAsync(party, cancel) is { } view && view.Root.Find<PromiseToPay>(number) is { } promise
                        ? PromiseAnswer.Of(promise)
                        : PromiseProblems.PromiseUnknown.With($"Promise {number} is not known.", "number");
            },
            problems: [PromiseProblems.PromiseUnknown]);
        api.Get<PromisesAnswer>(
            "/customers/{number}/promises", PromisePermissions.Read, "The promises of the customer's payer, and its kept rate",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Customer>(number) is not { } customer)
                    return PartyProblems.CustomerUnknown.With($"Customer {number} is not known.", "number");
                var limit = request.Query<int?>("limit") ?? 100;
                IReadOnlyList<PromiseToPay> promises = !await request.Desk.SeesAsync(customer.PayerNumber, cancel) ? []
                    : [.. view.Root.Get<PromisesFacts>().Of(customer.PayerNumber)];
                return limit is < 1 or > Most
                    ? KernelProblems.FieldInvalid.With($"limit must be from 1 to {Most}.", "limit")
                    : Of(customer, promises, view.Root.Get<PartiesFacts>().PayerOf(customer)?.Currency, view.Company, limit);
            },
            [new("limit", typeof(int), $"Promises to list, 1 to {Most}; 100 when absent.")], [PartyProblems.CustomerUnknown]);
    }

    static PromisesAnswer Of(Customer customer, IReadOnlyList<PromiseToPay> promises, Currency? credit, Facts company, int limit)
    {
        int Count(PromiseStatus status) => promises.Count(promise => promise.Status == status);
        var over = promises.Where(promise => promise.Status != PromiseStatus.Open).ToList();
        decimal promised = 0, paid = 0;
        foreach (var promise in over)
            if (credit is { } to && company.Get<RatesFacts>().Find(promise.Currency, to, promise.Made) is { } rate)
            {
                // What is no longer owed was not withheld: it stands on neither side.
                promised += new Money(promise.Amount - promise.Invoices.Sum(part => part.Dropped), promise.Currency).Major * rate.Factor;
                paid += new Money(promise.Paid, promise.Currency).Major * rate.Factor;
            }

        var (kept, partially, broken) = (Count(PromiseStatus.Kept), Count(PromiseStatus.PartiallyKept), Count(PromiseStatus.Broken));
        return new PromisesAnswer(
            customer.Number, customer.PayerNumber, Count(PromiseStatus.Open), kept, partially, broken, over.Count == 0 ? null : Share(kept, over.Count),
            promised == 0 ? null : Share(paid, promised),
            [.. promises.OrderByDescending(promise => promise.Date).ThenBy(promise => promise.Number, StringComparer.Ordinal).Take(limit).Select(PromiseAnswer.Of)]);
    }

    /// <summary>To four places, half away from zero: hundredths of a percent.</summary>
    static decimal Share(decimal part, decimal whole) => Math.Round(part / whole, 4, MidpointRounding.AwayFromZero);
}

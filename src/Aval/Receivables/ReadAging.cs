using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How old a payer's receivables are, in its credit currency, at the end of a day as it is known now.</summary>
/// <param name="Currency">Null while the payer has not been entered.</param>
/// <param name="NotDue">Not past due; by document date, of the day itself.</param>
/// <param name="Total">The sum of the buckets. Money of uncleared receipts is still owed.</param>
/// <param name="Disputed">Of which disputed.</param>
/// <param name="Unconverted">Open invoices that are missing from the sums, since no rate is known for them.</param>
public sealed record AgingAnswer(
    string Customer, string Payer, Currency? Currency, DateOnly AsOf, AgingBasis Basis, decimal NotDue, decimal D1to30, decimal D31to60, decimal D61to90, decimal Over90,
    decimal Total, decimal Disputed, int Unconverted);

/// <summary>Reads the aging of a customer's payer.</summary>
static class ReadAging
{
    public static readonly IReadOnlyList<QueryField> Query =
    [
        new("asOf", typeof(DateOnly), "The day to look at, not after the business date, which is the default."),
        new("basis", typeof(AgingBasis), "Whether age is counted from the due date, which is the default, or from the document's."),
    ];

    internal static void Map(Api api) => api.Get<AgingAnswer>(
        "/customers/{number}/aging", ReceivablesPermissions.Read, "How old the receivables of the customer's payer are, on any day",
        async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Customer>(number) is not { } customer)
                return PartyProblems.CustomerUnknown.With($"Customer {number} is not known.", "number");
            var asOf = request.Query<DateOnly?>("asOf") ?? view.Company.Through;
            if (RefuseFuture(asOf, view.Company.Through) is { } refusal) return refusal;
            var basis = request.Query<AgingBasis?>("basis") ?? AgingBasis.DueDate;
            var open = await new ReceivablesQuery(request.Desk.Everything).OpenAsync(customer.PayerNumber, asOf, cancel);
            return Of(customer, view.Root.Get<PartiesFacts>().PayerOf(customer)?.Currency, asOf, basis, Aging.InCreditCurrency(open, asOf, basis));
        },
        Query, [PartyProblems.CustomerUnknown]);

    /// <summary>A day that has not come is not known.</summary>
    public static Problem? RefuseFuture(DateOnly asOf, DateOnly today) =>
        asOf <= today ? null : KernelProblems.FieldInvalid.With($"asOf must not be after the business date {today:yyyy-MM-dd}.", "asOf");

    static AgingAnswer Of(Customer customer, Currency? currency, DateOnly asOf, AgingBasis basis, Aging aging)
    {
        // Without a payer there is no credit currency, and every document is unconverted.
        decimal Major(long minor) => currency is { } known ? new Money(minor, known).Major : 0;
        var (notDue, d1To30, d31To60, d61To90, over90) = aging.Buckets;
        return new AgingAnswer(
            customer.Number, customer.PayerNumber, currency, asOf, basis, Major(notDue), Major(d1To30), Major(d31To60), Major(d61To90), Major(over90),
            Major(aging.Buckets.Total), Major(aging.Disputed), aging.Unconverted);
    }
}

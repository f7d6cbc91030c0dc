using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Orders;
using Aval.Rates;
using Aval.Web;

namespace Aval.Exposure;

/// <summary>What the live orders of all payers add to their exposures, in minor units of the company's currency.</summary>
/// <param name="Amount">Open and delivered but not billed, each payer's sum converted once at today's rate.</param>
/// <param name="Orders">How many were looked at.</param>
public sealed record OrdersOwed(long Amount, int Orders);

/// <summary>The part of the whole gross exposure that nobody has been invoiced for yet; with <see cref="Receivables.OwedNow"/> it is all of it.</summary>
public sealed class OrdersNow(TimeProvider clock)
{
    /// <summary>So many orders are added up while the reader waits.</summary>
    const int Many = 2_000;

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    readonly KeptFigures<(string? Sight, DateOnly Today), OrdersOwed> kept = new(clock, owed => owed.Orders > Many);

    /// <returns>The sum, and when it was counted where something has changed since; null while a large company is being counted for the first time.</returns>
    public Task<(OrdersOwed Figures, DateTimeOffset? Since)?> SoonAsync(PageRequest request, CancellationToken cancel)
    {
        var (store, company) = (request.Store, request.Company);
        return kept.SoonAsync((Reach.Of(request.Actor), request.Today), store, async () =>
        {
            var (sums, orders) = await OpenOrderSums.AllAsync(store, CancellationToken.None);
            var (home, rates) = (company.Get<CompanyFacts>().Main!.Currency, company.Get<RatesFacts>());
            return new OrdersOwed(
                sums.Sum(sum => rates.Converted(new Money(sum.OpenOrders + sum.Unbilled, sum.Credit), home, company.Through)?.Minor ?? 0), orders);
        }, Patience, cancel);
    }
}

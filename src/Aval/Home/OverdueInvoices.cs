using Aval.Access;
using Aval.Receivables;
using Aval.Web;

namespace Aval.Home;

/// <summary>How many invoices are overdue: a count over all that is open, kept where that is much.</summary>
sealed class OverdueInvoices(TimeProvider clock)
{
    /// <summary>So many overdue ones stand for a store in which nobody should wait for the count.</summary>
    const int Many = 5_000;

    readonly KeptFigures<(string? Sight, DateOnly Today), int> kept = new(clock, overdue => overdue > Many);

    /// <returns>How many, and when they were counted where something has changed since; null where nothing has.</returns>
    public Task<(int Figures, DateTimeOffset? Since)> CountAsync(PageRequest request, CancellationToken cancel)
    {
        var (store, company) = (request.Store, request.Company);
        return kept.OfAsync(
            (Reach.Of(request.Actor), request.Today), store,
            async () => (await InvoiceSearch.FindAsync(store, new InvoiceFilter(null, null, InvoiceState.Overdue), company, null, false, 0, 0, CancellationToken.None)).Total,
            cancel);
    }
}

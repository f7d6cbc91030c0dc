using Aval.Access;
using Aval.Receivables.Rules;
using Aval.Web;

namespace Aval.Receivables;

/// <summary>What is owed, payer by payer.</summary>
/// <param name="Payers">In order of their numbers.</param>
public sealed record OwedSums(IReadOnlyList<PayerAging> Payers)
{
    public PayerAging All { get; } = PayerAging.SumOf(Payers);
}

/// <summary>What all payers owe now, by how late it is: the one figure of the aging and of every home that tells it.</summary>
public sealed class OwedNow(TimeProvider clock)
{
    /// <summary>So many open invoices are added up while the reader waits.</summary>
    const int Many = 20_000;

    readonly KeptFigures<(string? Sight, DateOnly Today), OwedSums> kept = new(clock, owed => owed.All.Invoices > Many);

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <returns>The sums, and when they were counted where something has changed since; null where nothing has.</returns>
    public Task<(OwedSums Figures, DateTimeOffset? Since)> OfAsync(PageRequest request, CancellationToken cancel) =>
        kept.OfAsync((Reach.Of(request.Actor), request.Today), request.Store, Counting(request), cancel);

    /// <returns>The same; null while a large company is being counted for the first time.</returns>
    public Task<(OwedSums Figures, DateTimeOffset? Since)?> SoonAsync(PageRequest request, CancellationToken cancel) =>
        kept.SoonAsync((Reach.Of(request.Actor), request.Today), request.Store, Counting(request), Patience, cancel);

    static Func<Task<OwedSums>> Counting(PageRequest request)
    {
        var (store, company) = (request.Store, request.Company);
        return async () => new OwedSums(await CountOwed.AllAsync(store, company, CancellationToken.None));
    }
}

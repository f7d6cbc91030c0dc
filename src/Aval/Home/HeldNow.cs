using Aval.Access;
using Aval.Checks;
using Aval.Web;

namespace Aval.Home;

/// <param name="Sums">Held orders by what they wait for, by cause and by currency.</param>
/// <param name="Hours">For which the blocks of the last days that have ended were open; the shortest first.</param>
sealed record HeldFigures(IReadOnlyList<HeldSum> Sums, IReadOnlyList<double> Hours);

/// <summary>What is held in the whole company, and for how long orders were: counted once for all panels and homes that tell it.</summary>
sealed class HeldNow(TimeProvider clock)
{
    /// <summary>Hours are told of blocks that were opened so many days back.</summary>
    public const int DaysBack = 30;

    /// <summary>So many blocks are counted while the reader waits.</summary>
    const int Many = 2_000;

    readonly KeptFigures<(string? Sight, DateOnly Today), HeldFigures> kept = new(clock, held => held.Sums.Sum(sum => sum.Count) + held.Hours.Count >= Many);

    /// <returns>The figures, and when they were counted where something has changed since; null where nothing has.</returns>
    public Task<(HeldFigures Figures, DateTimeOffset? Since)> OfAsync(PageRequest request, CancellationToken cancel)
    {
        var (store, from) = (request.Store, request.Today.AddDays(-DaysBack));
        return kept.OfAsync((Reach.Of(request.Actor), request.Today), store, async () => new HeldFigures(
            await HeldOrders.SumsAsync(store, new HeldFilter(), new HeldMeant(), CancellationToken.None),
            await BlockFigures.HoursOpenAsync(store, from, Many, CancellationToken.None)), cancel);
    }
}

using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Web;
using Aval.Work;

namespace Aval.Casework;

/// <summary>How many lines several lists show together, each line once, and for how many the time has passed.</summary>
/// <param name="HeldUp">What all held orders on them come to, each counted once, in the company's currency.</param>
public readonly record struct WorkSums(int Lines, int Late, Money HeldUp);

/// <summary>What lies on all lists, as somebody sees it.</summary>
/// <param name="Lists">Of each owner; what is put off counts.</param>
/// <param name="Lines">Lines that each list shows: what is put off is left out, what is told to it because it is late is among them.</param>
/// <param name="Own">Of the lists of whoever looks those on which something lies.</param>
public sealed record ListFigures(IReadOnlyList<WorkListAnswer> Lists, IReadOnlyDictionary<string, int> Lines, IReadOnlyList<string> Own, WorkSums All, WorkSums Mine)
{
    public static async Task<ListFigures> CountAsync(Store store, Facts company, IReadOnlyList<string> own, bool noLimits, CancellationToken cancel)
    {
        var (all, today) = (new WorkFilter(NoLimits: noLimits), company.Through);
        var lists = WorkListAnswer.Of(await WorkSearch.SumsAsync(store, all, today, cancel), company);
        var lines = await WorkSearch.CountsAsync(store, all, today, cancel);
        List<string> mine = [.. own.Where(owner => lines.ContainsKey(owner) || lists.Any(list => list.Owner == owner))];
        return new ListFigures(lists, lines, mine, await SumsAsync(all), mine.Count == 0 ? default : await SumsAsync(all with { Owners = mine }));

        async Task<WorkSums> SumsAsync(WorkFilter filter)
        {
            var (_, lines, late) = await WorkSearch.WithTotalsAsync(store, filter, today, 0, 1, cancel);
            var home = company.Get<CompanyFacts>().Main!.Currency;
            var held = await WorkSearch.HeldUpAsync(store, filter, today, cancel);
            return new WorkSums(lines, late, new Money(held.Sum(sum => company.Get<RatesFacts>().Converted(sum, home, today)?.Minor ?? 0), home));
        }
    }
}

/// <summary>The figures of the lists for the screens: those of long lists as they were a moment ago, while they are counted again.</summary>
sealed class KeptListFigures(TimeProvider clock)
{
    /// <summary>So many lines are counted while the reader waits.</summary>
    const int Many = 2_000;

    readonly KeptFigures<(string? Sight, bool NoLimits, string Own, DateOnly Today), ListFigures> kept =
        new(clock, figures => figures.Lists.Sum(list => list.Lines) > Many);

    /// <returns>The figures, and when they were counted where something has changed since; null where nothing has.</returns>
    public Task<(ListFigures Figures, DateTimeOffset? Since)> OfAsync(PageRequest request, bool noLimits, CancellationToken cancel)
    {
        var (own, store, company) = (WhoseWork.OwnersOf(request.Actor), request.Store, request.Company);
        return kept.OfAsync(
            (Reach.Of(request.Actor), noLimits, string.Join(' ', own), request.Today), store,
            () => ListFigures.CountAsync(store, company, own, noLimits, CancellationToken.None), cancel);
    }
}

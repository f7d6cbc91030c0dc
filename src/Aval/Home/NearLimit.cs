using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Policies;
using Aval.Receivables;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <param name="Name">The payer's; its number where that is not known.</param>
/// <param name="Percent">Of its limit that is used.</param>
public sealed record NearAccount(string Payer, string Name, decimal Percent, Money Headroom);

/// <param name="Text">Part of a payer's number or name; null for all.</param>
public sealed record NearLimitView(ListShown Shown, string? Text, IReadOnlyList<NearAccount> Rows, int Total);

/// <summary>Of the payers that ordered last those whose limit is almost used, or passed; the fullest first.</summary>
static class NearLimit
{
    public const string Path = "/near-limit";

    /// <summary>Days back in which a payer's order was checked.</summary>
    public const int DaysBack = 30;

    /// <summary>Payers that are looked at for the first page; the list looks at all.</summary>
    public const int MostForHome = 60;

    /// <summary>Payers that are looked at beside each other.</summary>
    const int AtOnce = 50;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, ReceivablesPermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "near-limit", Path, ["q"], NearLimitPage.Columns.Sorts());
        var (found, text) = ((await FindAsync(request, int.MaxValue, cancel)).Found, request.Query("q"));
        var meant = found.Where(account => text is null || account.Payer.Contains(text, StringComparison.OrdinalIgnoreCase)
            || account.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
        var rows = shown.Ordered(meant, NearLimitPage.Columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("Accounts near their limit"), NearLimitPage.Columns, rows)
            : PageAnswer.Of<NearLimitPage, NearLimitView>(T("Accounts near their limit"), new NearLimitView(shown, text, shown.PageOf(rows), rows.Count));
    });

    /// <param name="most">So many payers are looked at.</param>
    /// <returns>Those near their limit, and whether all payers of the days back were looked at.</returns>
    public static async Task<(IReadOnlyList<NearAccount> Found, bool IsAll)> FindAsync(PageRequest request, int most, CancellationToken cancel)
    {
        var payers = await BlockFigures.PayersCheckedAsync(request.Store, request.Today.AddDays(-DaysBack), most, cancel);
        var near = new List<NearAccount>();
        foreach (var some in payers.Chunk(AtOnce)) near.AddRange((await Task.WhenAll(some.Select(payer => OfAsync(request, payer, cancel)))).OfType<NearAccount>());
        var names = await CustomerSearch.NamesAsync(request.Store, near.Select(account => account.Payer), cancel);
        return (
        [
            .. near.OrderByDescending(account => account.Percent).ThenBy(account => account.Payer, StringComparer.Ordinal)
                .Select(account => account with { Name = names.GetValueOrDefault(account.Payer, account.Payer) }),
        ], payers.Count < most);
    }

    static async Task<NearAccount?> OfAsync(PageRequest request, string payer, CancellationToken cancel) =>
        await request.Desk.ViewAsync(payer, cancel) is var (root, company)
        && GetExposure.Seen(root, company, payer, request.Today) is { Limit.Amount: > 0 and var limit, Headroom: { } headroom } seen
        && LimitRules.IsNear(seen.Compared, limit, company.Get<PoliciesFacts>().Current.Policy.WatchPercent)
            ? new NearAccount(payer, payer, seen.Compared * 100m / limit, new Money(headroom, seen.Currency))
            : null;
}

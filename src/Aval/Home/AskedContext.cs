using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <param name="CustomerName">Its number where the name is not known.</param>
public sealed record AskedRow(Block Block, string CustomerName)
{
    public Money Amount => new(Block.Amount, Block.Currency);
}

/// <param name="Text">Part of an order's number, or of its customer's number or name; null for all.</param>
public sealed record AskedContextView(ListShown Shown, string? Text, IReadOnlyList<AskedRow> Rows, int Total);

/// <summary>Held orders that Credit is to decide without knowing what Customer Service knows: those due first before others.</summary>
static class AskedContext
{
    public const string Path = "/context-asked";

    /// <summary>Blocks that are looked at for the first page; the list looks at all.</summary>
    public const int MostForHome = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, BlockPermissions.FillContext, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "context-asked", Path, ["q"], AskedContextPage.Columns.Sorts());
        var (asked, text) = ((await FindAsync(request, int.MaxValue, cancel)).Asked, request.Query("q"));
        var names = await CustomerSearch.NamesAsync(request.Store, asked.Select(block => block.Customer).Distinct(StringComparer.Ordinal), cancel);
        var meant = asked.Select(block => new AskedRow(block, names.GetValueOrDefault(block.Customer, block.Customer)))
            .Where(row => text is null || new[] { row.Block.Order, row.Block.Customer, row.CustomerName }.Any(told => told.Contains(text, StringComparison.OrdinalIgnoreCase)));
        var rows = shown.Ordered(meant, AskedContextPage.Columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("What Credit asks before it decides"), AskedContextPage.Columns, rows)
            : PageAnswer.Of<AskedContextPage, AskedContextView>(
                T("What Credit asks before it decides"), new AskedContextView(shown, text, shown.PageOf(rows), rows.Count));
    });

    /// <returns>Of the first so many blocks that are to be decided those without a context card, and whether these are all blocks.</returns>
    public static async Task<(IReadOnlyList<Block> Asked, bool IsAll)> FindAsync(PageRequest request, int most, CancellationToken cancel)
    {
        var blocks = await BlockFigures.ToDecideAsync(request.Store, most, cancel);
        if (blocks.Count == 0) return ([], true);
        var filled = await ContextCard.FilledAsync(request.Store, [.. blocks.Select(block => block.Id)], cancel);
        return ([.. blocks.Where(block => !filled.Contains(block.Id))], blocks.Count < most);
    }
}

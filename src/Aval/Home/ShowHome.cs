using Aval.Access;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>A panel with the kind it is of.</summary>
public sealed record PanelShown(string Id, string Follows, Panel Panel);

/// <param name="Next">What to do first: the first line that waits for the one who looks; null when nothing does.</param>
public sealed record HomeView(string Name, PanelLine? Next, IReadOnlyList<PanelShown> Panels);

/// <summary>Where one begins.</summary>
static class WhereToBegin
{
    /// <summary>With what is one's own work, as long as any of it asks for something; else with all of it.</summary>
    /// <param name="own">So many panels in front hold it.</param>
    public static PanelLine? Of(IReadOnlyList<Panel> panels, int own) => Of([.. panels.Take(own)]) ?? Of(panels);

    /// <summary>What has been late the longest, on whichever panel it stands; else the first line of the first panel that asks for something.</summary>
    public static PanelLine? Of(IReadOnlyList<Panel> panels) =>
        panels.SelectMany(panel => panel.Asks).Where(line => line is { IsLate: true, Day: not null }).MinBy(line => line.Day)
            ?? panels.Select(panel => panel.Next).FirstOrDefault(line => line is not null);
}

/// <summary>The first page: the panels of one's roles, read again together when something changes. Each stands under an address of its own too.</summary>
static class ShowHome
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/", Permissions.Read, async (request, cancel) =>
        {
            // Beside each other: the embedded store reads while its caller waits.
            var panels = await Task.WhenAll(Panels.Of(request.Actor).Select(kind => Task.Run(() => ShownAsync(kind, request, cancel), cancel)));
            var own = Panels.Of(request.Actor).TakeWhile(kind => Panels.BeginsFor(kind, request.Actor)).Count();
            var next = WhereToBegin.Of([.. panels.Select(shown => shown.Panel)], own);
            return PageAnswer.Of<HomePage, HomeView>(T("Home"), new HomeView(request.Actor.Name, next, panels));
        });
        pages.MapPage("/panels/{panel}", Permissions.Read, async (request, cancel) =>
            Panels.Of(request.Actor).FirstOrDefault(kind => kind.Id == request.Route("panel")) is { } kind && await ShownAsync(kind, request, cancel) is { } shown
                ? PageAnswer.Of<PanelPage, PanelShown>(shown.Panel.Title, shown)
                : PageAnswer.Missing(T("There is no such part of your home.")));
        AskedContext.MapPages(pages);
        NearLimit.MapPages(pages);
    }

    static async Task<PanelShown> ShownAsync(PanelKind kind, PageRequest request, CancellationToken cancel) =>
        new(kind.Id, kind.Follows, await kind.ReadAsync(request, cancel));
}

using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <param name="Asked">By what it is filtered.</param>
public sealed record AccessLogView(ListShown Shown, IReadOnlyList<AccessEntry> Entries, int Total, AccessAsked Asked, AccessPlaces Places);

/// <summary>Shows who came in, who was refused, and what was administered; the last first.</summary>
static class ShowAccessLog
{
    const string Path = "/access-log";

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, Permissions.ReadAccessLog, async (request, cancel) =>
    {
        var asked = new AccessAsked(request.Day("from"), request.Day("to"), request.Query("who"), request.Word<AccessEvent>("event"));
        var (log, shown) = (request.Get<AccessLog>(), ListShown.Of(request, "log", Path, ["who", "event", "from", "to"], AccessLog.Sorting.Names));
        if (shown.Form is not null)
            return ListFile.OfEach(request, shown, T("Access log"), AccessLogPage.Columns, token => log.AllAsync(asked, shown.By, shown.Descending, token));
        var (entries, total) = await log.PageAsync(asked, shown.By, shown.Descending, shown.Skip, shown.Most, cancel);
        return PageAnswer.Of<AccessLogPage, AccessLogView>(
            T("Access log"), new AccessLogView(shown, entries, total, asked, AccessPlaces.Of(request.Actor)));
    });
}

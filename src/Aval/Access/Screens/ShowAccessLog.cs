using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <param name="Next">The address of the entries before; null when there are none.</param>
public sealed record AccessLogView(IReadOnlyList<AccessEntry> Entries, string? Who, DateOnly? From, DateOnly? To, string? Next, AccessPlaces Places);

/// <summary>Shows who came in, who was refused, and what was administered; the last first.</summary>
static class ShowAccessLog
{
    const string Path = "/access-log";

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, Permissions.ReadAccessLog, async (request, cancel) =>
    {
        var (who, from, to) = (request.Query("who"), request.Day("from"), request.Day("to"));
        var entries = await request.Get<AccessLog>().ReadAsync(from, to, who, request.Query("cursor"), Pager.PageSize + 1, cancel);
        var next = entries.Count <= Pager.PageSize ? null : Links.With(
            Path, ("who", who), ("from", request.Query("from")), ("to", request.Query("to")), ("cursor", entries[Pager.PageSize - 1].Id));
        return PageAnswer.Of<AccessLogPage, AccessLogView>(
            T("Access log"), new AccessLogView([.. entries.Take(Pager.PageSize)], who, from, to, next, AccessPlaces.Of(request.Actor)));
    });
}

using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>A page of the access log, the last entry first.</summary>
/// <param name="Next">What to send as <c>cursor</c> for the entries before; null when there are none.</param>
public sealed record AccessLogAnswer(IReadOnlyList<AccessEntry> Entries, string? Next);

static class ReadAccessLog
{
    const int MostEntries = 500;
    const int UsualEntries = 100;

    internal static void Map(Api api) => api.Get<AccessLogAnswer>(
        "/access-log", Permissions.ReadAccessLog, "Reads who came in, who was refused, and what was done to users and keys, the last first.",
        async (request, cancel) =>
        {
            var most = request.Query<int?>("limit") ?? UsualEntries;
            if (most is < 1 or > MostEntries) return KernelProblems.Invalid("limit", $"must be from 1 to {MostEntries}");
            var cursor = request.Query<string>("cursor");
            if (cursor is not null && Numbers.Refuse("cursor", cursor) is not null) return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
            var entries = await request.Get<AccessLog>().ReadAsync(
                new AccessAsked(request.Query<DateOnly?>("from"), request.Query<DateOnly?>("to"), request.Query<string>("who")), cursor, most + 1, cancel);
            return new AccessLogAnswer([.. entries.Take(most)], entries.Count > most ? entries[most - 1].Id : null);
        },
        [
            new("from", typeof(DateOnly), "The first day, UTC; by default the beginning."), new("to", typeof(DateOnly), "The last day, UTC; by default today."),
            new("who", typeof(string), "Whose: a user's or key's name, or nobody."), new("cursor", typeof(string), "The next of the page before."),
            new("limit", typeof(int), $"Entries of a page, from 1 to {MostEntries}; by default {UsualEntries}."),
        ]);
}

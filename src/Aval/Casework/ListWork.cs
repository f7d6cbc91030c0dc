using Aval.Checks;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record WorkLinesAnswer(IReadOnlyList<WorkAnswer> Work, string? Next);

public sealed record WorkListsAnswer(IReadOnlyList<WorkListAnswer> Lists);

/// <summary>Reads the work lists: how much lies on each, the lines, and one of them.</summary>
static class ListWork
{
    /// <summary>Held orders read for the lines of one page.</summary>
    public const int MostBehind = 5000;

    /// <summary>Requests for limits are seen by whoever can ask for one or answer it.</summary>
    public static bool Sees(Actor actor, WorkItem item) => item.Kind != WorkKind.LimitRequest || WorkPermissions.SeeLimitRequests.IsGrantedTo(actor);

    internal static void Map(Api api)
    {
        api.Get<WorkListsAnswer>(
            "/work-lists", OrderPermissions.Read, "How much lies on each work list: lines, how old, how late, and the money that is held up",
            async (request, cancel) => new WorkListsAnswer(WorkListAnswer.Of(
                await WorkSearch.SumsAsync(request.Store, new WorkFilter(NoLimits: !SeesLimits(request.Actor)), (await request.Desk.CompanyAsync(cancel)).Through, cancel),
                await request.Desk.CompanyAsync(cancel))));
        api.Get<WorkLinesAnswer>(
            "/work", OrderPermissions.Read, "Lines of the work lists, the earliest deadline first", ReadAsync,
            [
                new("owner", typeof(string), "a function or role: its list, and what it is told of because it is late; all when absent"),
                new("person", typeof(string), "who has taken it; all when absent"), new("kind", typeof(WorkKind), "all when absent"),
                new("customer", typeof(string), "all when absent"), new("free", typeof(bool), "true for what nobody has taken"),
                new("late", typeof(bool), "true for what its time has passed for"), new("snoozed", typeof(bool), "true for what is put off, too"),
                .. DayPage.Fields("lines"),
            ]);
        api.Get<WorkAnswer>(
            "/work/{id}", OrderPermissions.Read, "A line of a work list, or what became of it", (request, cancel) => WorkAnswer.ReadAsync(request, request.Route("id"), cancel),
            problems: [WorkProblems.WorkUnknown]);
    }

    static async Task<Answered<WorkLinesAnswer>> ReadAsync(ApiRequest request, CancellationToken cancel)
    {
        var asked = DayPage.Of(request);
        if (asked.Value is not { } page) return asked.Problem!;
        var owner = request.Query<string>("owner");
        if (owner is not null && !WhoseWork.Owners.Contains(owner)) return KernelProblems.Invalid("owner", $"must be one of {string.Join(", ", WhoseWork.Owners)}");
        var filter = new WorkFilter(
            owner is null ? null : [owner], request.Query<string>("person"), request.Query<WorkKind?>("kind"), request.Query<string>("customer"),
            request.Query<bool?>("free") == true, request.Query<bool?>("late") == true, request.Query<bool?>("snoozed") == true, !SeesLimits(request.Actor));
        var today = (await request.Desk.CompanyAsync(cancel)).Through;
        var found = await WorkSearch.PageAsync(request.Store, filter, today, page.After, 0, page.Limit + 1, cancel);
        var shown = found.Take(page.Limit).ToList();
        var behind = await WorkSearch.BehindAsync(request.Store, [.. shown.Select(row => row.First)], MostBehind, cancel);
        var lines = new List<WorkAnswer>(shown.Count);
        var unseen = new Unseen(request.Desk, cancel);
        foreach (var row in shown) lines.Add(await (await WorkAnswer.Of(row, behind, today).FilledAsync(request.Desk, cancel)).SeenAsync(unseen, row.First));
        return new WorkLinesAnswer(lines, page.Next(found, row => (row.Due, row.First.Id)));
    }

    public static bool SeesLimits(Actor actor) => WorkPermissions.SeeLimitRequests.IsGrantedTo(actor);
}

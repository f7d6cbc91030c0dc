using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Orders;
using Aval.Parties;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Casework;

/// <summary>Which lines the screen shows. Every field has its place in its address.</summary>
/// <param name="Owner">A function or role; null for all.</param>
/// <param name="Mine">Only what the one who looks has taken.</param>
public sealed record WorkShown(string? Owner, WorkKind? Kind, bool Mine, bool Free, bool Late, bool Snoozed)
{
    public const string Path = "/work";

    public static WorkShown Of(PageRequest request) => new(
        request.Query("owner") is { } owner && WhoseWork.Owners.Contains(owner) ? owner : null, request.Word<WorkKind>("kind"), request.Query("mine") is not null,
        request.Query("free") is not null, request.Query("late") is not null, request.Query("snoozed") is not null);

    public bool IsNarrowed => Kind is not null || Mine || Free || Late || Snoozed;

    public string Address(int page = 1) => Links.With(
        Path, ("owner", Owner), ("kind", Kind is { } kind ? Words.Of(kind) : null), ("mine", Flag(Mine)), ("free", Flag(Free)), ("late", Flag(Late)), ("snoozed", Flag(Snoozed)),
        ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    static string? Flag(bool set) => set ? "1" : null;
}

/// <param name="Lists">All lists, those of the one who looks first.</param>
/// <param name="Own">The owners on whose lists the one who looks works.</param>
/// <param name="Refused">Why what was sent was refused, and for which line; null when nothing was.</param>
public sealed record WorkView(
    WorkShown Shown, IReadOnlyList<WorkListAnswer> Lists, IReadOnlyList<string> Own, IReadOnlyList<WorkRow> Rows, IReadOnlyList<WorkItem> Behind,
    IReadOnlyDictionary<string, string> Names, int Total, int Page, Actor Actor, (string Id, Problem Problem)? Refused);

/// <summary>Shows the work lists, and takes what people do with a line. It needs no script.</summary>
static class ShowWork
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(WorkShown.Path, OrderPermissions.Read, (request, cancel) => ShowAsync(request, WorkShown.Of(request), null, cancel));
        Take(pages, "claim", WorkPermissions.Handle, (id, _) => new ClaimWork(id));
        Take(pages, "hand-over", WorkPermissions.Handle, (id, form) => new HandOverWork(id, new HandOverBody(Text(form, "reason") ?? "", Text(form, "to"), Text(form, "person"))));
        Take(pages, "snooze", WorkPermissions.Handle, (id, form) =>
            DateOnly.TryParseExact(Text(form, "until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)
                ? new SnoozeWork(id, new SnoozeBody(until, Text(form, "reason") ?? ""))
                : KernelProblems.Invalid("until", "must be a day"));
        Take(pages, "answer", WorkPermissions.Handle, (id, form) => new AnswerWork(id, new AnswerBody(Text(form, "answer") ?? "", form["outcome"] == "upheld")));
        Take(pages, "limit", LimitPermissions.RecordLimits, (id, form) => form["outcome"] == "approved"
            ? new ApproveLimit(Text(form, "limit") ?? "", new ApprovalBody(Text(form, "reason")))
            : new RefuseLimit(Text(form, "limit") ?? "", new RefusalBody(Text(form, "reason") ?? "")));
        pages.MapForm("/blocks/{id}/appeal", WorkPermissions.Appeal, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var done = await SubmitAsync(request, new AppealBlock(request.Route("id"), new AppealBody(Text(form, "reason") ?? "")), cancel);
            return done is null ? PageAnswer.To(Links.Block(request.Route("id"))) : Refused(done);
        });
        pages.MapForm("/customers/{number}/limit-challenge", WorkPermissions.ChallengeLimits, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var done = await SubmitAsync(request, new ChallengeLimit(request.Route("number"), new ChallengeBody(Text(form, "reason") ?? "")), cancel);
            return done is null ? PageAnswer.To(Links.Local(form["return"])) : Refused(done);
        });
    }

    /// <summary>What a line's form sends; done, it leads back to where it was sent from.</summary>
    static void Take(IEndpointRouteBuilder pages, string act, Permission permission, Func<string, IFormCollection, Asked> command) =>
        pages.MapForm($"/work/{{id}}/{act}", permission, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var asked = command(request.Route("id"), form);
            var refused = asked.Problem ?? await SubmitAsync(request, asked.Command!, cancel);
            if (refused is null) return PageAnswer.To(Links.Local(form["return"]));
            return await ShowAsync(request, WorkShown.Of(request), (request.Route("id"), refused), cancel);
        });

    static PageAnswer Refused(Problem problem) => PageAnswer.Told(problem.Kind.Status, problem.Kind.Title, problem.Detail, problem.Kind.Remedy);

    static async Task<Problem?> SubmitAsync(PageRequest request, Command command, CancellationToken cancel) =>
        (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem;

    static async Task<PageAnswer> ShowAsync(PageRequest request, WorkShown shown, (string Id, Problem Problem)? refused, CancellationToken cancel)
    {
        var noLimits = !ListWork.SeesLimits(request.Actor);
        var own = WhoseWork.OwnersOf(request.Actor);
        var filter = new WorkFilter(
            shown.Owner is { } owner ? [owner] : null, shown.Mine ? request.Actor.Name : null, shown.Kind, null, shown.Free, shown.Late, shown.Snoozed, noLimits);
        var lists = WorkListAnswer.Of(await WorkSearch.SumsAsync(request.Store, new WorkFilter(NoLimits: noLimits), request.Today, cancel), request.Company);
        var rows = await WorkSearch.PageAsync(request.Store, filter, request.Today, null, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
        var behind = await WorkSearch.BehindAsync(request.Store, [.. rows.Select(row => row.First)], ListWork.MostBehind, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, rows.Select(row => row.First.Customer), cancel);
        var view = new WorkView(
            shown, [.. lists.OrderByDescending(list => own.Contains(list.Owner)).ThenBy(list => list.Owner, StringComparer.Ordinal)], own, rows, behind, names,
            await WorkSearch.CountAsync(request.Store, filter, request.Today, cancel), request.PageNumber, request.Actor, refused);
        return PageAnswer.Of<WorkPage, WorkView>("Work lists", view, refused?.Problem.Kind.Status ?? StatusCodes.Status200OK);
    }

    static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}

using Aval.Blocks;
using Aval.Checks;
using Aval.Cover;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Orders;
using Aval.Parties;
using Aval.Rates;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Casework;

/// <summary>Which lines the screen shows. Every field has its place in its address.</summary>
/// <param name="Owner">A function or role; null for one's own.</param>
/// <param name="All">Everybody's lists.</param>
/// <param name="Mine">Only what the one who looks has taken.</param>
/// <param name="Own">One's own lists even where they are empty.</param>
/// <param name="Else">All but held orders to decide or to complete.</param>
public sealed record WorkShown(
    string? Owner, WorkKind? Kind, bool Mine, bool Free, bool Late, bool Snoozed, bool All = false, bool Own = false, bool Else = false)
{
    public const string Path = "/work";
    public const string Everybody = "all";
    public const string Oneself = "own";
    public const string Other = "else";

    /// <summary>What lies on one's own lists, and nothing else where they are empty.</summary>
    /// <param name="kind">Null for all but held orders to decide or to complete.</param>
    public static string OfOwn(WorkKind? kind) => new WorkShown(null, kind, false, false, false, false, Own: true, Else: kind is null).Address();

    /// <summary>Lines of a page: each brings the forms of all that can be done with it.</summary>
    public const int PageSize = 20;

    public static WorkShown Of(PageRequest request) => new(
        request.Query("owner") is { } owner && WhoseWork.Owners.Contains(owner) ? owner : null, request.Word<WorkKind>("kind"), request.Query("mine") is not null,
        request.Query("free") is not null, request.Query("late") is not null, request.Query("snoozed") is not null, request.Query("owner") == Everybody,
        request.Query("owner") == Oneself, request.Query("kind") == Other);

    public bool IsNarrowed => Kind is not null || Else || Mine || Free || Late || Snoozed;

    /// <summary>What narrows a list; whose list it is, is chosen beside it.</summary>
    public static readonly string[] Filters = ["kind", "mine", "free", "late", "snoozed"];

    public string? Whose => All ? Everybody : Owner ?? (Own ? Oneself : null);

    public string Address() => Links.With(
        Path, ("owner", Whose), ("kind", Else ? Other : Kind is { } kind ? Words.Of(kind) : null), ("mine", Flag(Mine)), ("free", Flag(Free)), ("late", Flag(Late)),
        ("snoozed", Flag(Snoozed)));

    static string? Flag(bool set) => set ? "1" : null;
}

/// <summary>A line as it is shown to somebody.</summary>
/// <param name="Item">The first of it, as far as whoever looks may read it.</param>
/// <param name="CustomerName">Its number where the name is not known.</param>
/// <param name="Held">The held orders that wait for it; none where they are not told.</param>
/// <param name="Return">Where an act leads back to.</param>
public sealed record WorkLineShown(WorkRow Row, WorkItem Item, string CustomerName, IReadOnlyList<WorkItem> Held, Actor Actor, DateOnly Today, string Return);

/// <param name="Lists">All lists, those of the one who looks first.</param>
/// <param name="Since">When the figures of the lists were counted, where something has changed since; null where nothing has.</param>
public sealed record WorkView(
    ListShown Shown, WorkShown Asked, IReadOnlyList<WorkListAnswer> Lists, ListFigures Figures, DateTimeOffset? Since, IReadOnlyList<WorkLineShown> Rows, int Total);

/// <summary>Shows the work lists, and takes what people do with a line. It needs no script.</summary>
static class ShowWork
{
    const string Approved = "approved";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(WorkShown.Path, OrderPermissions.Read, (request, cancel) => ShowAsync(request, WorkShown.Of(request), cancel));
        pages.MapPage(WorkShown.Path + "/{id}", OrderPermissions.Read, ShowWorkItem.ShowAsync);
        Take(pages, "claim", WorkPermissions.Handle, (id, _) => new ClaimWork(id));
        Take(pages, "hand-over", WorkPermissions.Handle, (id, sent) => new HandOverWork(id, new HandOverBody(sent.Needed("reason"), sent.Text("to"), sent.Text("person"))));
        Take(pages, "snooze", WorkPermissions.Handle, (id, sent) => new SnoozeWork(id, new SnoozeBody(sent.NeededDay("until"), sent.Needed("reason"))));
        Take(pages, "answer", WorkPermissions.Handle, (id, sent) => new AnswerWork(id, new AnswerBody(sent.Needed("answer"), sent.Text("outcome") == "upheld")));
        pages.MapOnce("/work/{id}/limit", LimitPermissions.RecordLimits, async (request, sent, cancel) => await AnsweredAsync(request, sent, sent.Text("outcome") == Approved
            ? new ApproveLimit(sent.Needed("limit"), new ApprovalBody(sent.Text("reason")))
            : new RefuseLimit(sent.Needed("limit"), new RefusalBody(sent.Needed("reason"))), cancel));
        pages.MapOnce("/work/{id}/approval", LimitPermissions.ApproveHeadroom, ApproveAsync);
        pages.MapForm("/blocks/{id}/appeal", BlockPermissions.Appeal, async (request, cancel) =>
        {
            var (id, sent) = (request.Route("id"), await request.SentAsync(cancel));
            return await DoneAsync(request, sent, new AppealBlock(id, new AppealBody(sent.Needed("reason"))), Links.Block(id), cancel);
        });
        pages.MapForm("/customers/{number}/limit-challenge", LimitChallenges.Permission, async (request, cancel) =>
        {
            var sent = await request.SentAsync(cancel);
            return await DoneAsync(request, sent, new ChallengeLimit(request.Route("number"), new ChallengeBody(sent.Needed("reason"))), Links.Local(sent.Text("return")), cancel);
        });
    }

    /// <summary>What a line's form sends; done or refused, it leads back to where it was sent from.</summary>
    static void Take(IEndpointRouteBuilder pages, string act, Permission permission, Func<string, SentForm, Command> command) =>
        pages.MapOnce($"/work/{{id}}/{act}", permission, async (request, sent, cancel) =>
            (await request.SubmitOnceAsync(sent, command(request.Route("id"), sent), cancel)).Problem is { } refused
                ? PageAnswer.Of(refused)
                : PageAnswer.To(Links.Local(sent.Text("return"))));

    /// <summary>What is asked on a line is answered where it stands, as long as the line is as it was read.</summary>
    static async Task<PageAnswer> AnsweredAsync(PageRequest request, SentForm sent, Command command, CancellationToken cancel)
    {
        var id = request.Route("id");
        if (sent.Fault is null && sent.Needed("edition") is { Length: > 0 } read)
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            if (await reader.FindAsync(WorkFacts.Table, WorkLine.ScopeOf(id), id, id, cancel) is not { } item || Edition.TagOf(WorkFacts.Table, item) != read)
                return PageAnswer.Of(KernelProblems.VersionStale.With($"{id} is not as it was read."));
        }

        return (await request.SubmitOnceAsync(sent, command, cancel)).Problem is { } refused ? PageAnswer.Of(refused) : PageAnswer.To(Links.Local(sent.Text("return")));
    }

    /// <summary>What waits to free headroom, answered from its line.</summary>
    static async Task<PageAnswer> ApproveAsync(PageRequest request, SentForm sent, CancellationToken cancel)
    {
        var (subject, reason, approves) = (sent.Needed("limit"), sent.Text("reason"), sent.Text("outcome") == Approved);
        Command? command = sent.NeededWord<WorkKind>("kind") switch
        {
            WorkKind.GuaranteeRequest => new AnswerGuarantee(subject, approves, reason),
            WorkKind.CoverRequest => new AnswerCover(subject, approves, reason),
            WorkKind.RiskClassRequest => new AnswerRiskClass(subject, approves, reason),
            WorkKind.QualificationRequest => new AnswerQualification(subject, await DisputeHistory.InvoiceOfAsync(request.Store, subject, cancel) ?? "", approves, reason),
            WorkKind.Decide or WorkKind.Confirm or WorkKind.Mend or WorkKind.Defect or WorkKind.Challenge or WorkKind.Appeal or WorkKind.LimitRequest => null,
        };
        return command is null
            ? PageAnswer.Of(KernelProblems.Invalid("kind", "must be of what waits for approval"))
            : await AnsweredAsync(request, sent, command, cancel);
    }

    static async Task<PageAnswer> DoneAsync(PageRequest request, SentForm sent, Command command, string to, CancellationToken cancel) =>
        (sent.Fault ?? (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem) is { } refused ? PageAnswer.Of(refused) : PageAnswer.To(to);

    static async Task<PageAnswer> ShowAsync(PageRequest request, WorkShown asked, CancellationToken cancel)
    {
        var noLimits = !ListWork.SeesLimits(request.Actor);
        var own = WhoseWork.OwnersOf(request.Actor);
        var (figures, since) = await request.Get<KeptListFigures>().OfAsync(request, noLimits, cancel);
        var mine = figures.Own;
        // Whose own lists are empty looks at those of all.
        if (asked is { Owner: null, Own: false } && mine.Count == 0) asked = asked with { All = true };
        var filter = new WorkFilter(
            asked.Owner is { } owner ? [owner] : asked.All ? null : mine, asked.Mine ? request.Actor.Name : null, asked.Kind, null,
            asked.Free, asked.Late, asked.Snoozed, noLimits, LateFirst: true, But: asked.Else ? WorkKind.Decide : null);
        var shown = ListShown.Of(request, "work", WorkShown.Path, WorkShown.Filters, WorkSearch.Sorting.Names) with
        {
            Chooses = [("owner", asked.Whose)], Size = WorkShown.PageSize,
        };
        var weights = Weights.Of(request.Company);
        var order = shown.By is null ? null : WorkSearch.Sorting.Sql(shown.By, shown.Descending, amount => weights.Compared(amount, "currency"));
        if (shown.Form is not null)
            return ListFile.Of(request, shown, T("Work lists"), WorkPage.Columns, async part =>
                await LinesAsync(await WorkSearch.PageAsync(request.Store, filter, request.Today, null, part.Skip, part.Most, cancel, order), []));
        var (rows, total, _) = await WorkSearch.WithTotalsAsync(request.Store, filter, request.Today, shown.Skip, shown.Most, cancel, order);
        var behind = await WorkSearch.BehindAsync(request.Store, [.. rows.Select(row => row.First)], ListWork.MostBehind, cancel);
        var view = new WorkView(
            shown, asked, [.. figures.Lists.OrderByDescending(list => own.Contains(list.Owner)).ThenBy(list => list.Owner, StringComparer.Ordinal)], figures, since,
            await LinesAsync(rows, behind), total);
        return PageAnswer.Of<WorkPage, WorkView>(T("Work lists"), view);

        async Task<IReadOnlyList<WorkLineShown>> LinesAsync(IReadOnlyList<WorkRow> lines, IReadOnlyList<WorkItem> held)
        {
            var names = await CustomerSearch.NamesAsync(request.Store, lines.Select(row => row.First.Customer), cancel);
            var seen = await Unseen.EachAsync(lines.Select(row => row.First), new Unseen(request.Desk, cancel).OfAsync);
            return
            [
                .. lines.Zip(seen, (row, item) => new WorkLineShown(
                    row, item, names.GetValueOrDefault(item.Customer, item.Customer),
                    [.. held.Where(other => other.About == row.First.About && other.Owner == item.Owner && other.Order is not null)],
                    request.Actor, request.Today, shown.Address(shown.Page))),
            ];
        }
    }
}

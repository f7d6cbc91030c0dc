using System.Globalization;
using Aval.Checks;
using Aval.Company;
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
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Casework;

/// <summary>Which lines the screen shows. Every field has its place in its address.</summary>
/// <param name="Owner">A function or role; null for one's own.</param>
/// <param name="All">Everybody's lists.</param>
/// <param name="Mine">Only what the one who looks has taken.</param>
public sealed record WorkShown(string? Owner, WorkKind? Kind, bool Mine, bool Free, bool Late, bool Snoozed, bool All = false)
{
    public const string Path = "/work";
    public const string Everybody = "all";

    /// <summary>Lines of a page: each brings the forms of all that can be done with it.</summary>
    public const int PageSize = 20;

    public static WorkShown Of(PageRequest request) => new(
        request.Query("owner") is { } owner && WhoseWork.Owners.Contains(owner) ? owner : null, request.Word<WorkKind>("kind"), request.Query("mine") is not null,
        request.Query("free") is not null, request.Query("late") is not null, request.Query("snoozed") is not null, request.Query("owner") == Everybody);

    public bool IsNarrowed => Kind is not null || Mine || Free || Late || Snoozed;

    public string Address(int page = 1) => AsList.Address(page);

    /// <summary>As every list is told that can be taken along as a file.</summary>
    internal ListShown AsList => new(
        "work", Path,
        [
            ("owner", All ? Everybody : Owner), ("kind", Kind is { } kind ? Words.Of(kind) : null), ("mine", Flag(Mine)), ("free", Flag(Free)), ("late", Flag(Late)),
            ("snoozed", Flag(Snoozed)),
        ],
        null, false, 1, null, null);

    static string? Flag(bool set) => set ? "1" : null;
}

/// <param name="Lists">All lists, those of the one who looks first.</param>
/// <param name="HasOwn">Something lies on the lists of the one who looks.</param>
/// <param name="HeldUp">What all held orders on the lists come to, each counted once, in the company's currency.</param>
/// <param name="Refused">Why what was sent was refused, and for which line; null when nothing was.</param>
public sealed record WorkView(
    WorkShown Shown, IReadOnlyList<WorkListAnswer> Lists, IReadOnlyList<WorkRow> Rows, IReadOnlyList<WorkItem> Behind,
    IReadOnlyDictionary<string, string> Names, int Total, int Page, Actor Actor, (string Id, Problem Problem)? Refused, bool HasOwn, Money HeldUp,
    Money HeldUpByOwn)
{
    /// <summary>Lines that each list shows: what is put off is left out, what is told to it because it is late is among them.</summary>
    public required IReadOnlyDictionary<string, int> Lines { get; init; }

    public required WorkSums All { get; init; }
    public required WorkSums Mine { get; init; }

    /// <summary>What the one who looks may read of the lines, by id.</summary>
    public IReadOnlyDictionary<string, WorkItem> Seen { get; init; } = new Dictionary<string, WorkItem>();
}

/// <summary>How many lines several lists show together, each line once.</summary>
public readonly record struct WorkSums(int Lines, int Late);

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
        pages.MapForm("/work/{id}/approval", LimitPermissions.ApproveHeadroom, ApproveAsync);
        pages.MapForm("/blocks/{id}/appeal", WorkPermissions.Appeal, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var done = await SubmitAsync(request, new AppealBlock(request.Route("id"), new AppealBody(Text(form, "reason") ?? "")), cancel);
            return done is null ? PageAnswer.To(Links.Block(request.Route("id"))) : PageAnswer.Of(done);
        });
        pages.MapForm("/customers/{number}/limit-challenge", LimitChallenges.Permission, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var done = await SubmitAsync(request, new ChallengeLimit(request.Route("number"), new ChallengeBody(Text(form, "reason") ?? "")), cancel);
            return done is null ? PageAnswer.To(Links.Local(form["return"])) : PageAnswer.Of(done);
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

    /// <summary>What waits to free headroom, answered from its line.</summary>
    static async Task<PageAnswer> ApproveAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var (subject, reason, approves) = (Text(form, "limit") ?? "", Text(form, "reason"), form["outcome"] == "approved");
        Command? command = Words.TryParse<WorkKind>(form["kind"].ToString(), out var kind) ? kind switch
        {
            WorkKind.GuaranteeRequest => new AnswerGuarantee(subject, approves, reason),
            WorkKind.CoverRequest => new AnswerCover(subject, approves, reason),
            WorkKind.RiskClassRequest => new AnswerRiskClass(subject, approves, reason),
            WorkKind.QualificationRequest => new AnswerQualification(subject, await DisputeHistory.InvoiceOfAsync(request.Store, subject, cancel) ?? "", approves, reason),
            WorkKind.Decide or WorkKind.Confirm or WorkKind.Mend or WorkKind.Defect or WorkKind.Challenge or WorkKind.Appeal or WorkKind.LimitRequest => null,
        } : null;
        var refused = command is null ? KernelProblems.Invalid("kind", "must be of what waits for approval") : await SubmitAsync(request, command, cancel);
        return refused is null ? PageAnswer.To(Links.Local(form["return"])) : await ShowAsync(request, WorkShown.Of(request), (request.Route("id"), refused), cancel);
    }

    static async Task<Problem?> SubmitAsync(PageRequest request, Command command, CancellationToken cancel) =>
        (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem;

    static async Task<PageAnswer> ShowAsync(PageRequest request, WorkShown shown, (string Id, Problem Problem)? refused, CancellationToken cancel)
    {
        var noLimits = !ListWork.SeesLimits(request.Actor);
        var own = WhoseWork.OwnersOf(request.Actor);
        var lists = WorkListAnswer.Of(await WorkSearch.SumsAsync(request.Store, new WorkFilter(NoLimits: noLimits), request.Today, cancel), request.Company);
        // Whose own lists are empty looks at those of all.
        var lines = await WorkSearch.CountsAsync(request.Store, new WorkFilter(NoLimits: noLimits), request.Today, cancel);
        var mine = own.Where(owner => lines.ContainsKey(owner) || lists.Any(list => list.Owner == owner)).ToList();
        if (shown.Owner is null && mine.Count == 0) shown = shown with { All = true };
        var filter = new WorkFilter(
            shown.Owner is { } owner ? [owner] : shown.All ? null : mine, shown.Mine ? request.Actor.Name : null, shown.Kind, null,
            shown.Free, shown.Late, shown.Snoozed, noLimits, LateFirst: true);
        if (request.Word<ListForm>("as") is { } form) return Given(request, shown.AsList with { Form = form }, filter, cancel);
        var rows = await WorkSearch.PageAsync(request.Store, filter, request.Today, null, (request.PageNumber - 1) * WorkShown.PageSize, WorkShown.PageSize, cancel);
        var behind = await WorkSearch.BehindAsync(request.Store, [.. rows.Select(row => row.First)], ListWork.MostBehind, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, rows.Select(row => row.First.Customer), cancel);
        var view = new WorkView(
            shown, [.. lists.OrderByDescending(list => own.Contains(list.Owner)).ThenBy(list => list.Owner, StringComparer.Ordinal)], rows, behind, names,
            await WorkSearch.CountAsync(request.Store, filter, request.Today, cancel), request.PageNumber, request.Actor, refused, mine.Count > 0,
            await HeldUpAsync(request, new WorkFilter(NoLimits: noLimits), cancel), await HeldUpAsync(request, new WorkFilter(mine, NoLimits: noLimits), cancel))
        {
            Lines = lines, All = await SumsAsync(request, new WorkFilter(NoLimits: noLimits), cancel),
            Mine = await SumsAsync(request, new WorkFilter(mine, NoLimits: noLimits), cancel),
            Seen = (await Unseen.EachAsync(rows.Select(row => row.First), new Unseen(request.Desk, cancel).OfAsync)).ToDictionary(item => item.Id, StringComparer.Ordinal),
        };
        return PageAnswer.Of<WorkPage, WorkView>(T("Work lists"), view, refused?.Problem.Kind.Status ?? StatusCodes.Status200OK);
    }

    /// <summary>The lines as a file, each with what it holds up.</summary>
    static PageAnswer Given(PageRequest request, ListShown shown, WorkFilter filter, CancellationToken cancel) =>
        ListFile.Of(request, shown, T("Work lists"), WorkPage.Columns, async part =>
        {
            var rows = await WorkSearch.PageAsync(request.Store, filter, request.Today, null, part.Skip, part.Most, cancel);
            return await Unseen.EachAsync(rows.Select(row => row.First with { Amount = row.Amount }), new Unseen(request.Desk, cancel).OfAsync);
        });

    static async Task<WorkSums> SumsAsync(PageRequest request, WorkFilter filter, CancellationToken cancel) => new(
        await WorkSearch.CountAsync(request.Store, filter, request.Today, cancel),
        await WorkSearch.CountAsync(request.Store, filter with { Late = true }, request.Today, cancel));

    static async Task<Money> HeldUpAsync(PageRequest request, WorkFilter filter, CancellationToken cancel)
    {
        var home = request.Company.Get<CompanyFacts>().Main!.Currency;
        var sums = await WorkSearch.HeldUpAsync(request.Store, filter, request.Today, cancel);
        return new Money(sums.Sum(sum => request.Company.Get<RatesFacts>().Converted(sum, home, request.Today)?.Minor ?? 0), home);
    }

    static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}

using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.TimeMachine.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.TimeMachine.Screens;

/// <param name="Draft">Null when nobody is drafting.</param>
/// <param name="Typed">From, to and the days within which a payment is in time, as they were typed or are proposed.</param>
public sealed record TrialView(PolicyDraft? Draft, (string From, string To, string Within) Typed, IReadOnlyList<TrialRun> Runs, Problem? Refused);

/// <summary>Which of the changed orders are listed.</summary>
public enum ChangedList { All, Held, Released }

/// <param name="Run">Null when its result is not at hand.</param>
/// <param name="Changed">Those of the page, of <paramref name="Count"/>.</param>
public sealed record TrialResultView(
    TrialAsked Asked, PolicyDraft Draft, bool IsStillDraft, TrialRun? Run, ChangedList List, IReadOnlyList<ChangedOrder> Changed, int Count, int Page, Problem? Refused)
{
    public string Address => TrialPages.To(Asked);
}

/// <summary>Tries the draft on past orders from a page: asked for, followed while it runs, read when it is done, and given as a file.</summary>
static class TrialPages
{
    const string Path = "/policy/trial";
    const string ResultPath = Path + "/result";
    const int UsualDays = 365;
    const string UsualWithin = "10";

    static readonly string[] FileColumns = ["order", "customer", "payer", "date", "occasion", "amount", "currency", "then", "draft", "findings"];

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, SimulateDraft.Simulate, async (request, cancel) =>
        {
            var today = request.Today;
            return await AskAsync(request, (Say.Iso(today.AddDays(-UsualDays)), Say.Iso(today), UsualWithin), null, cancel);
        });
        pages.MapForm(Path, SimulateDraft.Simulate, BeginAsync);
        pages.MapPage(ResultPath, SimulateDraft.Simulate, (request, cancel) => ShowAsync(request, null, cancel));
        pages.MapForm(ResultPath, SimulateDraft.Simulate, AgainAsync);
        pages.MapPage(ResultPath + "/file", SimulateDraft.Simulate, (request, _) => Task.FromResult(FileOf(request)));
    }

    public static string To(TrialAsked asked) => Links.With(ResultPath, Query(asked));

    public static string ToFile(TrialAsked asked) => Links.With(ResultPath + "/file", Query(asked));

    static IEnumerable<(string, string?)> Query(TrialAsked asked) =>
    [
        ("draft", asked.Draft.ToString(CultureInfo.InvariantCulture)), ("from", Say.Iso(asked.From)), ("to", Say.Iso(asked.To)),
        ("within", asked.PaidWithinDays.ToString(CultureInfo.InvariantCulture)),
    ];

    static async Task<PageAnswer> AskAsync(PageRequest request, (string From, string To, string Within) typed, Problem? refused, CancellationToken cancel) =>
        PageAnswer.Of<TrialPage, TrialView>(
            T("Try the draft"), new TrialView((await request.Desk.CompanyAsync(cancel)).Get<PoliciesFacts>().Draft, typed, request.Get<TrialRuns>().All, refused),
            refused);

    static async Task<PageAnswer> BeginAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var typed = (From: sent.Text("from") ?? "", To: sent.Text("to") ?? "", Within: sent.Text("within") ?? "");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (await DraftHistory.WrittenAtAsync(reader, cancel) is not { } draft || await DraftHistory.AtAsync(reader, draft, cancel) is not { } written)
            return await AskAsync(request, typed, PolicyProblems.DraftMissing.With("Nobody is drafting a policy."), cancel);
        var read = Read(draft.ToString(CultureInfo.InvariantCulture), typed.From, typed.To, typed.Within);
        if (read.Problem is { } refused) return await AskAsync(request, typed, refused, cancel);
        return request.Get<TrialRuns>().Begin(read.Value!, written.Policy, request.Store, request.Actor.Name) is { } busy
            ? await AskAsync(request, typed, busy, cancel)
            : PageAnswer.To(To(read.Value!));
    }

    /// <summary>Runs once more what the address asks for.</summary>
    static async Task<PageAnswer> AgainAsync(PageRequest request, CancellationToken cancel)
    {
        if (Asked(request).Value is not { } asked) return Unknown();
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (await DraftHistory.AtAsync(reader, asked.Draft, cancel) is not { } written) return Unknown();
        return request.Get<TrialRuns>().Begin(asked, written.Policy, request.Store, request.Actor.Name) is { } busy
            ? await ShowAsync(request, busy, cancel)
            : PageAnswer.To(To(asked));
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, CancellationToken cancel)
    {
        if (Asked(request).Value is not { } asked) return Unknown();
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (await DraftHistory.AtAsync(reader, asked.Draft, cancel) is not { } draft) return Unknown();
        var run = request.Get<TrialRuns>().Find(asked);
        var list = request.Word<ChangedList>("list") ?? ChangedList.All;
        var changed = Of(list, run?.Result);
        return PageAnswer.Of<TrialResultPage, TrialResultView>(
            T("The draft on past orders"),
            new TrialResultView(
                asked, draft, await DraftHistory.WrittenAtAsync(reader, cancel) == asked.Draft, run, list,
                [.. changed.Skip((request.PageNumber - 1) * Pager.PageSize).Take(Pager.PageSize)], changed.Count, request.PageNumber, refused),
            refused);
    }

    /// <summary>The orders with another verdict, one a line.</summary>
    static PageAnswer FileOf(PageRequest request)
    {
        if (Asked(request).Value is not { } asked || request.Get<TrialRuns>().Find(asked)?.Result is not { } trial) return Unknown();
        return PageAnswer.File(
            "text/csv; charset=utf-8", $"trial-{Say.Iso(asked.From)}-{Say.Iso(asked.To)}.csv", (output, cancel) => request.Get<IListWriter>().WriteAsync(
                output, ListForm.Csv, T("The draft on past orders"), [.. FileColumns.Select(name => (name, name))],
                trial.Changed.Select(order => CellsOf(order, trial.Currency)).ToAsyncEnumerable(), cancel));
    }

    static object?[] CellsOf(ChangedOrder order, Currency currency) =>
    [
        order.Order, order.Customer, order.Payer, order.Date, Words.Of(order.Occasion), order.Amount, currency.Code, Words.Of(order.From), Words.Of(order.To),
        string.Join(' ', order.Findings.Select(finding => finding.Code).Distinct()),
    ];

    public static IReadOnlyList<ChangedOrder> Of(ChangedList list, Trial? trial) => trial is null ? [] : list switch
    {
        ChangedList.All => trial.Changed,
        ChangedList.Held => [.. trial.Changed.Where(order => order.To == OrderVerdict.Held)],
        ChangedList.Released => [.. trial.Changed.Where(order => order.To == OrderVerdict.Released)],
    };

    static PageAnswer Unknown() => PageAnswer.Missing(T("There is no such trial: no draft was written by this entry, or the period is none."));

    static Answered<TrialAsked> Asked(PageRequest request) =>
        Read(request.Query("draft") ?? "", request.Query("from") ?? "", request.Query("to") ?? "", request.Query("within") ?? UsualWithin);

    /// <summary>What was asked for, refused as the API refuses it.</summary>
    static Answered<TrialAsked> Read(string draft, string from, string to, string within)
    {
        if (!long.TryParse(draft, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)) return KernelProblems.Invalid("draft", "must be the number of an entry");
        if (Entered.Day(from) is not { } first) return SentForm.NoDay("from");
        if (Entered.Day(to) is not { } last) return SentForm.NoDay("to");
        if (!int.TryParse(within, NumberStyles.None, CultureInfo.InvariantCulture, out var days)) days = -1;
        return SimulateDraft.Refuse(new SimulationBody(first, last, days), out _) is { } refused ? refused : new TrialAsked(entry, first, last, days);
    }
}

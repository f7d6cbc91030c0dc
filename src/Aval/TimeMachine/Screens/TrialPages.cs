using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
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
public enum ChangedList { Held, Released }

/// <param name="Customer">Its name; its number where that is not known.</param>
/// <param name="Currency">Of the amount.</param>
public sealed record ChangedRow(ChangedOrder Order, string Customer, Currency Currency)
{
    public Money? Amount => Order.Amount is { } major ? Money.Round(major, Currency) : null;
}

/// <param name="Run">Null when its result is not at hand.</param>
/// <param name="Changed">Those of the page, of <paramref name="Count"/>.</param>
public sealed record TrialResultView(
    ListShown Shown, TrialAsked Asked, PolicyDraft Draft, bool IsStillDraft, TrialRun? Run, ChangedList? List, string? Text, IReadOnlyList<ChangedRow> Changed, int Count,
    Problem? Refused)
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
    }

    public static string To(TrialAsked asked) => Links.With(ResultPath, Query(asked));

    static IReadOnlyList<(string, string?)> Query(TrialAsked asked) =>
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
        var (text, list) = (request.Query("q"), request.Word<ChangedList>("list"));
        var shown = ListShown.Of(request, "changed", ResultPath, ["q", "list"], TrialResultPage.Columns.Sorts()) with { Chooses = Query(asked) };
        if (shown.Form is not null && run?.Result is null) return Unknown();
        var changed = run?.Result is { } trial ? await RowsAsync(request, trial, text, list, cancel) : [];
        var ordered = shown.Ordered(changed, TrialResultPage.Columns);
        if (shown.Form is not null) return ListFile.Of(request, shown, T("The draft on past orders"), TrialResultPage.Columns, ordered);
        return PageAnswer.Of<TrialResultPage, TrialResultView>(
            T("The draft on past orders"),
            new TrialResultView(
                shown, asked, draft, await DraftHistory.WrittenAtAsync(reader, cancel) == asked.Draft, run, list, text, shown.PageOf(ordered), ordered.Count, refused),
            refused);
    }

    /// <summary>The orders with another verdict, by day and number; those whose number, or whose customer's number or name, contains the text.</summary>
    static async Task<IReadOnlyList<ChangedRow>> RowsAsync(PageRequest request, Trial trial, string? text, ChangedList? list, CancellationToken cancel)
    {
        var names = await CustomerSearch.NamesAsync(request.Store, trial.Changed.Select(order => order.Customer).Distinct(StringComparer.Ordinal), cancel);
        return
        [
            .. trial.Changed.Where(order => list is null || order.To == (list == ChangedList.Held ? OrderVerdict.Held : OrderVerdict.Released))
                .Select(order => new ChangedRow(order, names.GetValueOrDefault(order.Customer, order.Customer), trial.Currency))
                .Where(row => text is null || Has(row.Order.Order) || Has(row.Order.Customer) || Has(row.Customer)),
        ];

        bool Has(string told) => told.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

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

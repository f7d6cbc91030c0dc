using Aval.Access;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Company;
using Aval.Concentration;
using Aval.Decisions;
using Aval.Indicators;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Screens;
using Aval.Rates;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>Panels of the whole company: figures at a glance, exceptions, policy, people, keys, and whether the server keeps up.</summary>
static class CompanyPanels
{
    const int DaysBack = 30, ExceptionDaysBack = 90, DaysOfKeys = 30;
    const int MostBlocks = 2_000, MostExceptions = 500;

    /// <summary>Commands that may wait without anybody feeling it.</summary>
    const int UsualWaiting = 100;

    /// <summary>How long decisions take, what is held, what is owed and what is overdue.</summary>
    public static async Task<Panel> GlanceAsync(PageRequest request, CancellationToken cancel)
    {
        var hours = await BlockFigures.HoursOpenAsync(request.Store, request.Today.AddDays(-DaysBack), MostBlocks, cancel);
        var sums = await SumsAsync(request, cancel);
        var (overdue, counted) = await request.Get<OverdueInvoices>().CountAsync(request, cancel);
        var figures = new List<PanelFigure>
        {
            new(T("Held now"), Say.Amount(new Money(sums.Sum(sum => sum.Amount.Minor), Home(request))), HeldFilter.Path)
            {
                Says = Several(sums.Sum(sum => sum.Count), "{0} order", "{0} orders"),
            },
            new(T("Half of the blocks end within"), hours.Count == 0 ? "–" : Time(hours[hours.Count / 2]), ShowIndicators.Path)
            {
                Says = hours.Count == 0 ? T("no block has ended yet")
                    : T("nine of ten within {0}; of the blocks that ended in the last {1} days", Time(hours[hours.Count * 9 / 10]), DaysBack),
            },
            new(T("Overdue invoices"), Say.Number(overdue), "/invoices?state=overdue") { Says = counted is { } at ? T("counted at {0} UTC", Say.Minute(at)) : null },
        };
        if (request.Company.Get<ConcentrationFacts>().Latest is { } portfolio)
            figures.Insert(1, new PanelFigure(T("Owed by all payers"), Say.Amount(new Money(portfolio.Total, portfolio.Currency)), "/reports")
            {
                Says = T("as of {0}", portfolio.AsOf),
            });
        return new Panel(T("At a glance"), ShowIndicators.Path, figures.Count, []) { Empty = T("Nothing is told yet."), Figures = figures };
    }

    /// <summary>What is held, by whose fault that is; the largest first.</summary>
    public static async Task<Panel> CausesAsync(PageRequest request, CancellationToken cancel)
    {
        var sums = await SumsAsync(request, cancel);
        var causes = sums.GroupBy(sum => sum.Cause).Select(of => (Cause: of.Key, Count: of.Sum(sum => sum.Count), Amount: of.Sum(sum => sum.Amount.Minor)))
            .OrderByDescending(of => of.Amount).ToList();
        return new Panel(T("What is held, by cause"), HeldFilter.Path, sums.Sum(sum => sum.Count), [.. causes.Select(of => new PanelLine(
            of.Cause is { } cause ? CheckWords.Of(cause) : T("To complete"),
            HeldFilter.Path + (of.Cause is { } asked ? "?cause=" + Words.Of(asked) : "?triage=complete"))
        {
            Amount = new Money(of.Amount, Home(request)), Says = Several(of.Count, "{0} order", "{0} orders"),
        })])
        {
            Empty = T("No order is held."),
        };
    }

    /// <summary>Releases that went beyond the rules, the last first.</summary>
    public static async Task<Panel> ExceptionsAsync(PageRequest request, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var from = request.Today.AddDays(-ExceptionDaysBack);
        var found = await DecisionSearch.HistoryAsync(reader, new DecisionFilter(from, request.Today, Exceptional: true), null, MostExceptions, cancel);
        var shown = found.Reverse().Take(Panel.MostFor(request)).Select(one => one.Decision).ToList();
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(decision => decision.Customer), cancel);
        return new Panel(T("Exceptional releases"), PanelKind.Address("exceptions", whole: true), found.Count,
        [.. shown.Select(decision => new PanelLine(decision.Order, Links.Block(decision.Block))
        {
            Whose = names.GetValueOrDefault(decision.Customer, decision.Customer), Amount = new Money(decision.Value, decision.Currency), Day = decision.On,
            Says = T("decided by {0}", decision.By),
        })])
        {
            Empty = T("Nobody has gone beyond the rules in the last 90 days."), IsAtLeast = found.Count == MostExceptions,
        };
    }

    /// <summary>The policy that is being written, and the one that is in force.</summary>
    public static Task<Panel> PolicyAsync(PageRequest request, CancellationToken cancel)
    {
        var policies = request.Company.Get<PoliciesFacts>();
        IReadOnlyList<PanelLine> lines = policies.Draft is not { } draft ? [] :
        [
            new PanelLine(draft.BasedOn is { } based ? T("Draft on version {0}", based) : T("First draft"), PolicyWords.Draft)
            {
                Day = draft.Drafted, Says = draft.Author == request.Actor.Name ? T("yours: somebody else activates it") : T("written by {0}", draft.Author),
                Tag = new PanelTag(T("waits"), "wait"),
            },
        ];
        return Task.FromResult(new Panel(T("Policy drafts that wait"), PolicyWords.Home, lines.Count, lines)
        {
            ToDo = T("Read and activate:"),
            Empty = policies.HasVersions ? T("No draft waits; version {0} is the latest.", policies.Latest) : T("No draft waits; the preset is in force."),
        });
    }

    /// <summary>Who may come in, and whose new roles wait for leadership.</summary>
    public static Task<Panel> PeopleAsync(PageRequest request, CancellationToken cancel)
    {
        var users = request.Company.Get<AccessFacts>().Users.Values;
        var waiting = users.Where(user => user.PendingRoles.Count > 0).OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return Task.FromResult(new Panel(T("Users"), "/users", users.Count(user => user.IsEnabled),
        [.. waiting.Take(Panel.Most).Select(user => new PanelLine(user.Name, "/users/" + Uri.EscapeDataString(user.Name))
        {
            Says = T("asks to be {0}", Say.List(user.PendingRoles.Select(Say.Role))), Tag = new PanelTag(T("waits for leadership"), "wait"),
        })])
        {
            Empty = Several(users.Count(user => user.IsEnabled), "{0} person may come in; no role waits for leadership.", "{0} people may come in; no role waits for leadership."),
        });
    }

    /// <summary>Keys that end soon, or never.</summary>
    public static Task<Panel> KeysAsync(PageRequest request, CancellationToken cancel)
    {
        var keys = request.Company.Get<AccessFacts>().Keys.Values.Where(key => key.RevokedAt is null).ToList();
        var ending = keys.Where(key => key.Expires <= request.Today.AddDays(DaysOfKeys)).OrderBy(key => key.Expires).ThenBy(key => key.Name, StringComparer.Ordinal);
        return Task.FromResult(new Panel(T("API keys"), "/keys", keys.Count, [.. ending.Take(Panel.Most).Select(key => new PanelLine(key.Name, "/keys")
        {
            Day = key.Expires, IsLate = key.Expires < request.Today, Says = Say.Capital(Say.List(key.Roles.Select(Say.Role))),
            Tag = key.Expires < request.Today ? new PanelTag(T("has ended"), "risk") : new PanelTag(T("ends soon"), "wait"),
        })])
        {
            ToDo = T("Renew key"), IsByDay = true,
            Empty = keys.Count == 0 ? T("Nobody has a key.") : Several(keys.Count, "{0} key is in use; none ends soon.", "{0} keys are in use; none ends soon."),
        });
    }

    /// <summary>Whether the server does its work.</summary>
    public static Task<Panel> HealthAsync(PageRequest request, CancellationToken cancel)
    {
        var waiting = request.Desk.Depth;
        var queue = new PanelFigure(T("Commands that wait"), Say.Number(waiting), "/access-log")
        {
            Says = waiting <= UsualWaiting ? T("the server keeps up") : T("the server is busy"),
        };
        var date = new PanelFigure(T("Business date"), Say.Date(request.Today), "/journal") { Says = T("the database answers") };
        return Task.FromResult(new Panel(T("Health"), "/access-log", 0, []) { Empty = T("Nothing is told yet."), Figures = [queue, date] });
    }

    /// <summary>Held orders by cause, in the company's currency; what has no rate is counted and left out of the amounts.</summary>
    static async Task<IReadOnlyList<HeldSum>> SumsAsync(PageRequest request, CancellationToken cancel)
    {
        var sums = await HeldOrders.SumsAsync(request.Store, new HeldFilter(null, null, null, null, null, HeldOrder.Since, false), null, cancel);
        return
        [
            .. sums.Select(sum => sum with
            {
                Amount = request.Company.Get<RatesFacts>().Converted(sum.Amount, Home(request), request.Today) ?? new Money(0, Home(request)),
            }),
        ];
    }

    static Currency Home(PageRequest request) => request.Company.Get<CompanyFacts>().Main!.Currency;

    static string Time(double hours) => hours < 48 ? Several(Math.Max(1, (int)Math.Round(hours)), "{0} hour", "{0} hours") : Say.Days((int)Math.Round(hours / 24));
}

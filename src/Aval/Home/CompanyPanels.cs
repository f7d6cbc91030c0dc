using Aval.Access;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Company;
using Aval.Decisions;
using Aval.Exposure;
using Aval.Indicators;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Outcomes;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Screens;
using Aval.Rates;
using Aval.Receivables;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>Panels of the whole company: figures at a glance, exceptions, policy, people, keys, and whether the server keeps up.</summary>
static class CompanyPanels
{
    const int ExceptionDaysBack = 90, DaysOfKeys = 30;

    /// <summary>Commands that may wait without anybody feeling it.</summary>
    const int UsualWaiting = 100;

    /// <summary>What is held, what is owed and what of it is late, what is at stake in all, and how long decisions take.</summary>
    public static async Task<Panel> GlanceAsync(PageRequest request, CancellationToken cancel)
    {
        var counting = (Held: request.Get<HeldNow>().OfAsync(request, cancel), Owed: request.Get<OwedNow>().SoonAsync(request, cancel),
            Orders: request.Get<OrdersNow>().SoonAsync(request, cancel));
        var ((held, at), owed, orders) = (await counting.Held, await counting.Owed, await counting.Orders);
        var sums = HeldSums.InHome(held.Sums, request.Company);
        List<PanelFigure> figures =
        [
            new(T("Held now"), InHome(request, sums.Sum(sum => sum.Amount.Minor)), HeldFilter.Path)
            {
                Says = AsOf(HeldSums.Said(sums), at),
            },
            .. OwedFigures(request, owed, orders),
            new(T("Half of the blocks end within"), held.Hours.Count == 0 ? "–" : Time(held.Hours[held.Hours.Count / 2]), ShowIndicators.Path)
            {
                Says = held.Hours.Count == 0 ? T("no block has ended yet")
                    : T("Of ten blocks of the last {0} days that have ended, nine took at most {1}.", HeldNow.DaysBack, Time(held.Hours[held.Hours.Count * 9 / 10])),
            },
        ];
        return new Panel(T("At a glance"), ShowIndicators.Path, figures.Count, [])
        {
            Empty = T("Nothing is told yet."), Figures = figures, IsCounting = owed is null || orders is null,
        };
    }

    /// <summary>What all payers owe, as the aging has it, what of it is late, and with what is ordered and not invoiced yet all that is at stake.</summary>
    static IEnumerable<PanelFigure> OwedFigures(
        PageRequest request, (OwedSums Figures, DateTimeOffset? Since)? owed, (OrdersOwed Figures, DateTimeOffset? Since)? orders)
    {
        const string Aging = "/aging", Late = "/aging?by=overdue&descending=1";
        if (owed is not var (receivables, since))
        {
            yield return new PanelFigure(T("Owed by all payers"), "…", Aging) { Says = T("is being counted") };
            yield break;
        }

        var (all, payers) = (receivables.All, receivables.Payers.Count(payer => payer.Overdue > 0));
        var missing = all.Unconverted == 0 ? null : Several(all.Unconverted, "without {0} invoice that has no rate", "without {0} invoices that have no rate");
        yield return new PanelFigure(T("Owed by all payers"), InHome(request, all.Aging.Total), Aging)
        {
            Says = AsOf(missing ?? Several(receivables.Payers.Count, "{0} payer", "{0} payers"), since),
        };
        yield return new PanelFigure(T("Of which overdue"), InHome(request, all.Overdue), Late)
        {
            Says = AsOf(all.Aging.Total <= 0 ? null : T("{0} % of it; {1}", Percent(all), Several(payers, "{0} payer", "{0} payers")), since),
        };
        yield return orders is var (open, at)
            ? new PanelFigure(T("Exposure in all"), InHome(request, all.Aging.Total + open.Amount), "/reports")
            {
                Says = AsOf(T("with {0} ordered and not invoiced yet", InHome(request, open.Amount)), at ?? since),
            }
            : new PanelFigure(T("Exposure in all"), "…", "/reports") { Says = T("is being counted") };
    }

    static long Percent(PayerAging all) => (long)Math.Round(all.Overdue * 100m / all.Aging.Total);

    /// <summary>What a figure says, with its time where something has happened since.</summary>
    static string? AsOf(string? says, DateTimeOffset? at) => at is not { } counted ? says
        : says is null ? T("counted at {0}", Say.Minute(counted)) : T("{0}; counted at {1}", says, Say.Minute(counted));

    static string InHome(PageRequest request, long minor) => Say.Amount(new Money(minor, Home(request)));

    /// <summary>What is held, by whose fault that is; the largest first.</summary>
    public static async Task<Panel> CausesAsync(PageRequest request, CancellationToken cancel)
    {
        var sums = HeldSums.InHome((await request.Get<HeldNow>().OfAsync(request, cancel)).Figures.Sums, request.Company);
        var causes = sums.GroupBy(sum => sum.Cause).Select(of => (Cause: of.Key, Said: HeldSums.Said([.. of]), Amount: of.Sum(sum => sum.Amount.Minor)))
            .OrderByDescending(of => of.Amount).ToList();
        return new Panel(T("What is held, by cause"), HeldFilter.Path, sums.Sum(sum => sum.Count), [.. causes.Select(of => new PanelLine(
            of.Cause is { } cause ? CheckWords.Of(cause) : T("To complete"),
            HeldFilter.Path + (of.Cause is { } asked ? "?cause=" + Words.Of(asked) : "?triage=complete"))
        {
            Amount = new Money(of.Amount, Home(request)), Says = of.Said,
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
        var asked = new DecisionFilter(from, request.Today, Exceptional: true);
        var (shown, total) = await DecisionSearch.HistoryPageAsync(reader, asked, "decided", descending: true, 0, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(decision => decision.Customer), cancel);
        return new Panel(T("Exceptional releases"), ShowOutcomes.Exceptional(from, request.Today), total,
        [.. shown.Select(decision => new PanelLine(decision.Order, Links.Block(decision.Block))
        {
            Whose = names.GetValueOrDefault(decision.Customer, decision.Customer), Amount = new Money(decision.Value, decision.Currency), Day = decision.On,
            Says = T("decided by {0}", decision.By),
        })])
        {
            Empty = T("Nobody has gone beyond the rules in the last 90 days."),
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
        return Task.FromResult(new Panel(T("Users"), "/users", request.Company.Get<AccessFacts>().Users.Count,
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

    static Currency Home(PageRequest request) => request.Company.Get<CompanyFacts>().Main!.Currency;

    static string Time(double hours) => hours < 48 ? Several(Math.Max(1, (int)Math.Round(hours)), "{0} hour", "{0} hours") : Say.Days((int)Math.Round(hours / 24));
}

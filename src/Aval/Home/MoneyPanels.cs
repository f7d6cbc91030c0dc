using Aval.Blocks;
using Aval.Cash;
using Aval.Cash.Screens;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Policies;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Promises.Screens;
using Aval.Statements;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>Panels of money: what has come and finds no invoice, what is promised, and whose limit is almost used.</summary>
static class MoneyPanels
{
    /// <summary>Promises and commitments are shown so many days ahead.</summary>
    const int DaysAhead = CommitmentsView.DaysAhead;

    /// <summary>Money without an invoice; what holds up most first.</summary>
    public static async Task<Panel> ReceiptsAsync(PageRequest request, CancellationToken cancel)
    {
        var list = await CashQuery.UnappliedAsync(request.Store, request.Company, 0, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, list.Page.Select(waiting => waiting.Receipt.Payer), cancel);
        return new Panel(T("Receipts to apply"), CashPages.To(CashList.Unapplied), list.Receipts,
        [.. list.Page.Select(waiting => new PanelLine(waiting.Receipt.Number, Links.Receipt(waiting.Receipt.Number))
        {
            Whose = names.GetValueOrDefault(waiting.Receipt.Payer, waiting.Receipt.Payer), Day = waiting.Receipt.Date,
            Amount = new Money(waiting.Receipt.Amount - waiting.Receipt.Allocated, waiting.Receipt.Currency),
            Says = waiting.Held.Count > 0 ? T("holds up {0}: {1}", Several(waiting.Held.Count, "{0} order", "{0} orders"), waiting.HeldUp) : null,
            Tag = waiting.Held.Count > 0 ? new PanelTag(T("holds up orders"), "ours") : null,
        })])
        {
            Empty = T("All money has found its invoice."), ToDo = T("Apply receipt"),
            Says = list.Held.Count == 0 ? null : T(
                "They hold up {0}: {1}.", Several(list.Held.Count, "{0} order", "{0} orders"), CashQuery.Sum(list.Held.Select(held => held.Amount), request.Company)),
        };
    }

    /// <summary>Receipts for which somebody must choose the invoices.</summary>
    public static async Task<Panel> ProposalsAsync(PageRequest request, CancellationToken cancel)
    {
        var (found, total) = await CashQuery.ProposedAsync(request.Store, 0, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(proposed => proposed.Receipt.Payer), cancel);
        return new Panel(T("Proposals to confirm"), CashPages.To(CashList.Proposals), total,
        [.. found.Select(proposed => new PanelLine(proposed.Receipt.Number, Links.Receipt(proposed.Receipt.Number))
        {
            Whose = names.GetValueOrDefault(proposed.Receipt.Payer, proposed.Receipt.Payer), Day = proposed.Receipt.Date,
            Amount = new Money(proposed.Receipt.Amount - proposed.Receipt.Allocated, proposed.Receipt.Currency),
            Says = Several(proposed.Match.Candidates.Length, "{0} candidate", "{0} candidates"),
        })])
        {
            Empty = T("No match waits to be confirmed."), ToDo = T("Choose the invoices of receipt"),
        };
    }

    /// <summary>Bank lines whose payer nobody knows yet.</summary>
    public static async Task<Panel> LinesAsync(PageRequest request, CancellationToken cancel)
    {
        var query = new StatementsQuery(request.Store);
        var total = (await query.WaitingSumsAsync(cancel)).Sum(sum => sum.Lines);
        var lines = total == 0 ? [] : await query.WaitingAsync(0, Panel.Most, cancel);
        return new Panel(T("Bank lines without a payer"), CashPages.To(CashList.Lines), total, [.. lines.Select(line => new PanelLine(line.Number, CashPages.Line(line.Number))
        {
            Whose = line.Counterparty, Amount = line.Money(), Day = line.Day, Says = line.Remittance,
        })])
        {
            Empty = T("Every bank line has its payer."), ToDo = T("Find the payer of bank line"),
        };
    }

    /// <summary>What payers have promised to pay, by day.</summary>
    public static async Task<Panel> PromisesAsync(PageRequest request, CancellationToken cancel)
    {
        var to = request.Today.AddDays(DaysAhead);
        var (found, total) = await PromiseSearch.FindAsync(request.Store, to, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(promise => promise.Payer), cancel);
        return new Panel(T("Promises to pay that fall due"), ListPromises.DueTo(to), total, [.. found.Select(promise => new PanelLine(promise.Number, Links.Customer(promise.Payer))
        {
            Whose = names.GetValueOrDefault(promise.Payer, promise.Payer), Amount = new Money(promise.Rest, promise.Currency), Day = promise.Date,
            Tag = DueTag(promise.Date, request.Today), IsLate = promise.Date < request.Today, Says = promise.Contact is { } contact ? T("promised by {0}", contact) : null,
        })])
        {
            Empty = T("No promise falls due in the next two weeks."), ToDo = T("See whether the money has come: promise"), IsByDay = true,
        };
    }

    /// <summary>What customers have to do for a release: what is overdue first, then by day.</summary>
    public static async Task<Panel> CommitmentsAsync(PageRequest request, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var to = request.Today.AddDays(DaysAhead);
        var shown = await DecisionSearch.DueAsync(reader, null, to, 0, Panel.Most, cancel);
        var total = await DecisionSearch.CountDueAsync(reader, null, to, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(decision => decision.Customer), cancel);
        return new Panel(T("Commitments that fall due"), CommitmentsView.Due, total,
        [.. shown.Select(decision => new PanelLine(decision.Order, Links.Block(decision.Block))
        {
            Whose = names.GetValueOrDefault(decision.Customer, decision.Customer), Amount = new Money(decision.Value, decision.Currency), Day = decision.Until,
            Tag = decision.Status == DecisionStatus.Broken ? new PanelTag(T("broken"), "risk") : DueTag(decision.Until!.Value, request.Today),
            IsLate = decision.Status == DecisionStatus.Broken || decision.Until < request.Today, Says = T("decided by {0}", decision.By),
        })])
        {
            Empty = T("No commitment falls due in the next two weeks."), ToDo = T("See whether what was agreed is done: order"), IsByDay = true,
        };
    }

    /// <summary>Of the payers that ordered last those whose limit is almost used, or passed.</summary>
    public static async Task<Panel> NearLimitAsync(PageRequest request, CancellationToken cancel)
    {
        var (near, isAll) = await NearLimit.FindAsync(request, NearLimit.MostForHome, cancel);
        return new Panel(T("Accounts near their limit"), NearLimit.Path, near.Count,
        [.. near.Take(Panel.Most).Select(account => new PanelLine(account.Name, Links.Customer(account.Payer))
        {
            Amount = account.Headroom, Says = account.Headroom.Minor < 0 ? T("beyond its limit") : T("left of its limit"),
            Tag = new PanelTag(T("{0} % used", (int)Math.Min(Math.Floor(account.Percent), 999)), account.Headroom.Minor < 0 ? "risk" : "wait"),
        })])
        {
            Empty = T("Nobody who has ordered in the last 30 days is near their limit."), IsAtLeast = !isAll,
            Says = T("Of the payers whose orders were checked in the last {0} days.", NearLimit.DaysBack),
        };
    }

    static PanelTag? DueTag(DateOnly day, DateOnly today) =>
        day < today ? new PanelTag(T("late"), "risk") : day == today ? new PanelTag(T("today"), "wait") : null;
}

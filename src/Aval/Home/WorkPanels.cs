using Aval.Casework;
using Aval.Checks;
using Aval.Kernel;
using Aval.Parties;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>Panels of what lies on the work lists.</summary>
static class WorkPanels
{
    /// <summary>Held orders on the lists of the one who looks, to decide or to complete; what is late first, then by deadline.</summary>
    public static async Task<Panel> DecideAsync(PageRequest request, CancellationToken cancel)
    {
        var filter = Filter(request) with { Owners = WhoseWork.OwnersOf(request.Actor), Kind = WorkKind.Decide, LateFirst = true };
        var (lines, total, late) = await LinesAsync(request, filter, cancel);
        return new Panel(T("Held orders that wait for me"), WorkShown.OfOwn(WorkKind.Decide), total, lines)
        {
            Empty = T("No held order waits for you."), IsByDay = true, Says = Late(late),
        };
    }

    /// <summary>All else on the lists of the one who looks, what is late first, then by deadline.</summary>
    public static async Task<Panel> MineAsync(PageRequest request, CancellationToken cancel)
    {
        var filter = Filter(request) with { Owners = WhoseWork.OwnersOf(request.Actor), But = WorkKind.Decide, LateFirst = true };
        var (lines, total, late) = await LinesAsync(request, filter, cancel);
        return new Panel(T("What else waits for me"), WorkShown.OfOwn(null), total, lines)
        {
            Empty = T("Nothing else lies on your lists."), IsByDay = true, Says = Late(late),
        };
    }

    static string? Late(int late) => late == 0 ? null : Several(late, "{0} is late.", "{0} are late.");

    /// <summary>Decisions that need their second person.</summary>
    public static async Task<Panel> ConfirmAsync(PageRequest request, CancellationToken cancel)
    {
        var (lines, total, _) = await LinesAsync(request, Filter(request) with { Kind = WorkKind.Confirm, LateFirst = true }, cancel);
        return new Panel(T("Decisions that wait for a second person"), "/work?owner=all&kind=confirm", total, lines)
        {
            Empty = T("Every decision has its second person."), IsByDay = true,
        };
    }

    /// <summary>What the company itself has left undone, and what that holds up.</summary>
    public static async Task<Panel> OursAsync(PageRequest request, CancellationToken cancel)
    {
        var (lines, total, _) = await LinesAsync(request, Filter(request) with { Kind = WorkKind.Defect, LateFirst = true }, cancel);
        return new Panel(T("Our own errors that hold up orders"), "/work?owner=all&kind=defect", total, lines)
        {
            Empty = T("No order is held for an error of ours."), IsByDay = true,
        };
    }

    static WorkFilter Filter(PageRequest request) => new(NoLimits: !ListWork.SeesLimits(request.Actor));

    static async Task<(IReadOnlyList<PanelLine> Lines, int Total, int Late)> LinesAsync(PageRequest request, WorkFilter filter, CancellationToken cancel)
    {
        var (rows, total, late) = await WorkSearch.WithTotalsAsync(request.Store, filter, request.Today, 0, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, rows.Select(row => row.First.Customer), cancel);
        var unseen = new Unseen(request.Desk, cancel);
        var lines = new List<PanelLine>(rows.Count);
        foreach (var row in rows)
        {
            var item = await unseen.OfAsync(row.First);
            lines.Add(new PanelLine(item.Subject, WorkPlace.Of(item, request.Actor))
            {
                ToDo = WorkWords.ToDo(item), Whose = names.GetValueOrDefault(item.Customer, item.Customer), Amount = OfAnother(item) ? null : new Money(row.Amount, item.Currency),
                Day = DayOf(item, request.Today), IsLate = WorkAnswer.ClockOf(item, request.Today) == WorkClock.Late, Tag = TagOf(item, request.Today), Says = SaysOf(row, item),
            });
        }

        return (lines, total, late);
    }

    /// <summary>What is late shows the day that has passed, not the one that whoever was told has since then.</summary>
    static DateOnly? DayOf(WorkItem item, DateOnly today)
    {
        if (WorkAnswer.ClockOf(item, today) != WorkClock.Late) return item.DueOn;
        var first = item.DueAt is { } due ? Zone.DayOf(due) : item.DueOn;
        return first < today ? first : null;
    }

    /// <summary>What it comes to is the order's that waits for it: beside a receipt it would read as the receipt's.</summary>
    static bool OfAnother(WorkItem item) => item is { Kind: WorkKind.Defect, Order: { } order } && order != item.Subject;

    static string? SaysOf(WorkRow row, WorkItem item)
    {
        var holds = row.Items > 1 ? T("holds up {0} orders", row.Items) : item.Order is { } order && order != item.Subject ? T("holds up {0}", order) : null;
        if (holds is not null && OfAnother(item)) holds = T("{0}, worth {1}", holds, new Money(row.Amount, item.Currency));
        if (item.EscalatedTo is not { } told) return holds;
        var above = item.DueOn is { } until ? T("told to {0}, who have until {1}", WorkWords.Owner(told), until) : T("told to {0}", WorkWords.Owner(told));
        return holds is null ? above : $"{holds}; {above}";
    }

    static PanelTag? TagOf(WorkItem item, DateOnly today) => WorkAnswer.ClockOf(item, today) switch
    {
        WorkClock.Late => new PanelTag(T("late"), "risk"),
        WorkClock.DueToday => new PanelTag(T("today"), "wait"),
        WorkClock.Running or WorkClock.Waits => null,
    };
}

using Aval.Checks;
using Aval.Kernel;
using Aval.Parties;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using static Aval.Web.Translated;

namespace Aval.Casework;

/// <param name="Line">With the held orders that wait for it.</param>
/// <param name="DoneAt">The page of a document on which the one who looks does it; null where it is done here.</param>
/// <param name="Document">What it is about, to be read.</param>
public sealed record WorkItemView(WorkLineShown Line, string? DoneAt, string Document)
{
    public WorkItem Item => Line.Item;
}

/// <summary>Shows one line of a work list with the forms of all that can be done with it, where no document has a page for that. What is done says what became of it.</summary>
static class ShowWorkItem
{
    public static async Task<PageAnswer> ShowAsync(PageRequest request, CancellationToken cancel)
    {
        var id = request.Route("id");
        if (await WorkSearch.FindAsync(request.Store, WorkLine.ScopeOf(id), id, cancel) is not { } found || !ListWork.Sees(request.Actor, found))
            return PageAnswer.Missing(T("There is no such work."));
        var behind = found.Status == WorkStatus.Done ? [found]
            : (await WorkSearch.BehindAsync(request.Store, [found], ListWork.MostBehind, cancel))
                .Where(other => other.About == found.About && other.Owner == found.Owner && other.Customer == found.Customer).ToList();
        var item = await new Unseen(request.Desk, cancel).OfAsync(found);
        var names = await CustomerSearch.NamesAsync(request.Store, [item.Customer], cancel);
        var row = new WorkRow(found, behind.Count, behind.Sum(other => other.Amount), found.DueOn ?? DateOnly.MaxValue);
        var line = new WorkLineShown(
            row, item, names.GetValueOrDefault(item.Customer, item.Customer), [.. behind.Where(other => other.Order is not null)], request.Actor, request.Today, Links.Work(id));
        return PageAnswer.Of<WorkItemPage, WorkItemView>(
            $"{WorkWords.ToDo(item)} {item.Subject}",
            new WorkItemView(
                line, item.Status == WorkStatus.Open && WhoseWork.IsOf(item, request.Actor) ? WorkPlace.DoneAt(item, request.Actor) : null,
                WorkPlace.DocumentOf(item, request.Actor)));
    }
}

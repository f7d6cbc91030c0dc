using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Disputes.Screens;

/// <summary>A dispute in a list, with what is to be done about it next.</summary>
/// <param name="PayerName">Its number where the name is not known.</param>
/// <param name="Clock">Null once it is over.</param>
public sealed record DisputeRow(Dispute Dispute, string PayerName, DisputeClock? Clock, DateOnly Today)
{
    public Money Amount => new(Dispute.Amount, Dispute.Currency);

    /// <summary>Since it was raised, until it ended.</summary>
    public int AgeDays => (Dispute.Ended ?? Today).DayNumber - Dispute.Raised.DayNumber;

    public bool IsLate => Clock is { DaysLate: > 0 };
}

/// <param name="Payer">As it was typed.</param>
/// <param name="Sums">By status; the filter's own status is left aside, so that the others can be chosen.</param>
public sealed record DisputesView(
    ListShown Shown, DisputeFilter Filter, string? Payer, IReadOnlyList<DisputeSum> Sums, IReadOnlyList<DisputeRow> Rows, int Total, bool MayRecord);

/// <summary>A column of the board.</summary>
/// <param name="Cards">The first of it, late ones first.</param>
public sealed record BoardStage(DisputeSum Sum, IReadOnlyList<DisputeRow> Cards);

public sealed record BoardView(DisputeFilter Filter, string? Payer, IReadOnlyList<BoardStage> Stages);

/// <summary>Shows disputes, as a list and as a board whose columns are the stages, and records new ones.</summary>
static class ListDisputes
{
    public const string Path = "/disputes";
    public const string Board = "/dispute-board";

    /// <summary>Cards of a stage on the board; the rest stands in the list.</summary>
    const int MostCards = 15;

    /// <summary>The stages of what stands.</summary>
    static readonly DisputeStatus[] Standing = [.. Enum.GetValues<DisputeStatus>().Where(status => !Dispute.IsEnd(status))];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, DisputePermissions.Read, ListAsync);
        pages.MapPage(Board, DisputePermissions.Read, BoardAsync);
        pages.MapOnce(Path, DisputePermissions.Record, RecordAsync);
        ShowDispute.MapPages(pages);
    }

    public static string To(string path, DisputeFilter filter, string? payer, DisputeStatus? status = null) => Links.With(
        path, ("q", filter.Text), ("payer", payer), ("stage", status is { } stage ? Words.Of(stage) : null), ("reason", filter.Reason is { } reason ? Words.Of(reason) : null),
        ("owner", filter.Owner is { } owner ? Words.Of(owner) : null), ("person", filter.Person), ("late", filter.Late ? "1" : null));

    static async Task<PageAnswer> ListAsync(PageRequest request, CancellationToken cancel)
    {
        var shown = ListShown.Of(request, "disputes", Path, ["q", "payer", "stage", "reason", "owner", "person", "late", "over"], DisputeSearch.Sorting.Names);
        var filter = await FilterAsync(request, cancel);
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Disputes"), DisputesPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        var sums = await DisputeSearch.SumsAsync(request.Store, filter with { Status = null, Standing = true }, request.Company, cancel);
        return PageAnswer.Of<DisputesPage, DisputesView>(
            T("Disputes"), new DisputesView(shown, filter, request.Query("payer"), sums, rows, total, DisputePermissions.Record.IsGrantedTo(request.Actor)));

        async Task<(IReadOnlyList<DisputeRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await DisputeSearch.PageAsync(request.Store, filter, request.Company, part.By, part.Descending, part.Skip, part.Most, cancel);
            return (await RowsAsync(request, found, cancel), all);
        }
    }

    static async Task<PageAnswer> BoardAsync(PageRequest request, CancellationToken cancel)
    {
        var filter = await FilterAsync(request, cancel) with { Status = null, Standing = true };
        var sums = await DisputeSearch.SumsAsync(request.Store, filter, request.Company, cancel);
        var stages = new List<BoardStage>();
        foreach (var status in Standing)
        {
            var sum = sums.FirstOrDefault(sum => sum.Status == status) ?? new DisputeSum(status, 0, 0, new Money(0, request.Company.Get<Company.CompanyFacts>().Main!.Currency));
            var cards = sum.Count == 0 ? []
                : (await DisputeSearch.PageAsync(request.Store, filter with { Status = status }, request.Company, null, false, 0, MostCards, cancel)).Found;
            stages.Add(new BoardStage(sum, await RowsAsync(request, cards, cancel)));
        }

        return PageAnswer.Of<BoardPage, BoardView>(T("Disputes by stage"), new BoardView(filter, request.Query("payer"), stages));
    }

    /// <summary>Records what a customer will not pay; whose fault it is, quality or credit says later.</summary>
    static async Task<PageAnswer> RecordAsync(PageRequest request, SentForm sent, CancellationToken cancel)
    {
        var body = new DisputeBody(
            sent.Needed("number"), sent.Needed("invoice"), sent.NeededNumber("amount"), sent.NeededWord<DisputeReason>("reason"), Legitimacy.Unqualified,
            sent.NeededWord<OwnerFunction>("owner"), Note: sent.Text("note"));
        var refused = (await request.SubmitOnceAsync(sent, new RecordDispute(body), cancel)).Problem;
        return refused is null ? PageAnswer.To(new DisputeDone(request.Actor.Name, body.Number).Address(request)) : PageAnswer.Of(refused);
    }

    static async Task<DisputeFilter> FilterAsync(PageRequest request, CancellationToken cancel) => new(
        request.Query("q"), await CustomerSearch.MeantAsync(request.Store, request.Query("payer"), cancel), request.Word<DisputeStatus>("stage"),
        request.Word<DisputeReason>("reason"), request.Word<OwnerFunction>("owner"), request.Query("person"),
        request.Query("over") is not null || request.Word<DisputeStatus>("stage") is not null ? null : true, request.Query("late") is not null);

    static async Task<IReadOnlyList<DisputeRow>> RowsAsync(PageRequest request, IReadOnlyList<Dispute> found, CancellationToken cancel)
    {
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(dispute => dispute.Payer), cancel);
        var handling = request.Company.Get<PoliciesFacts>().Current.Policy.DisputesAsked;
        return [.. found.Select(dispute => new DisputeRow(
            dispute, names.GetValueOrDefault(dispute.Payer, dispute.Payer), DisputeClock.Of(dispute, handling, request.Today), request.Today))];
    }
}

using Aval.Checks;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>Which commitments are shown.</summary>
public enum CommitmentState
{
    /// <summary>Still to come.</summary>
    Awaited,
    /// <summary>Its last good day has passed, and nobody has decided on that yet.</summary>
    Overdue,
    /// <summary>All of it came.</summary>
    Kept,
}

/// <param name="Soon">Of those that are awaited: due within a week.</param>
/// <param name="Shown">The decisions of this page that wait, or waited.</param>
/// <param name="Names">Of the customers, by number.</param>
public sealed record CommitmentsView(
    CommitmentState State, string? Customer, int Page, int Awaited, int Soon, int Overdue, int Kept, IReadOnlyList<Decision> Shown, IReadOnlyDictionary<string, string> Names)
{
    public const string Path = "/commitments";

    public int Total => State switch { CommitmentState.Awaited => Awaited, CommitmentState.Overdue => Overdue, CommitmentState.Kept => Kept };

    public string Address(CommitmentState state, int page = 1) => Links.With(
        Path, ("state", state == CommitmentState.Awaited ? null : Words.Of(state)), ("customer", Customer), ("page", page == 1 ? null : $"{page}"));
}

/// <summary>Shows what customers have to do for a release, by day: what is awaited, overdue and kept.</summary>
static class ShowCommitments
{
    const int SoonDays = 7;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(CommitmentsView.Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var state = request.Word<CommitmentState>("state") ?? CommitmentState.Awaited;
        var customer = request.Query("customer");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        Task<int> CountAsync(DecisionStatus status, DateOnly? to = null) => DecisionSearch.CountPromisedAsync(reader, status, customer, to, cancel);
        var shown = await Unseen.EachAsync(
            await DecisionSearch.PromisedAsync(reader, Of(state), customer, null, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel),
            new Unseen(request.Desk, cancel).OfAsync);
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(decision => decision.Customer), cancel);
        return PageAnswer.Of<CommitmentsPage, CommitmentsView>(T("Commitments"), new CommitmentsView(
            state, customer, request.PageNumber, await CountAsync(DecisionStatus.InForce), await CountAsync(DecisionStatus.InForce, request.Today.AddDays(SoonDays)),
            await CountAsync(DecisionStatus.Broken), await CountAsync(DecisionStatus.Fulfilled), shown, names));
    });

    static DecisionStatus Of(CommitmentState state) => state switch
    {
        CommitmentState.Awaited => DecisionStatus.InForce,
        CommitmentState.Overdue => DecisionStatus.Broken,
        CommitmentState.Kept => DecisionStatus.Fulfilled,
    };
}

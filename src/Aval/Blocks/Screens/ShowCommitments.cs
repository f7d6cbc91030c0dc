using Aval.Checks;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Parties;
using Aval.Rates;
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

/// <param name="CustomerName">Its number where the name is not known.</param>
public sealed record CommitmentRow(Decision Decision, string CustomerName, CommitmentState State, DateOnly Today)
{
    public DateOnly Due => Decision.Until!.Value;

    public Money Amount => new(Decision.Value, Decision.Currency);
}

/// <param name="Soon">Of those that are awaited: due within a week.</param>
/// <param name="Rows">The decisions of this page that wait, or waited.</param>
public sealed record CommitmentsView(
    ListShown Shown, CommitmentState State, string? Customer, int Awaited, int Soon, int Overdue, int Kept, IReadOnlyList<CommitmentRow> Rows)
{
    public const string Path = "/commitments";

    public int Total => State switch { CommitmentState.Awaited => Awaited, CommitmentState.Overdue => Overdue, CommitmentState.Kept => Kept };

    public string Address(CommitmentState state) => Links.With(Path, ("state", state == CommitmentState.Awaited ? null : Words.Of(state)), ("customer", Customer));
}

/// <summary>Shows what customers have to do for a release, by day: what is awaited, overdue and kept.</summary>
static class ShowCommitments
{
    const int SoonDays = 7;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(CommitmentsView.Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var (state, customer) = (request.Word<CommitmentState>("state") ?? CommitmentState.Awaited, request.Query("customer"));
        var shown = ListShown.Of(request, "commitments", CommitmentsView.Path, ["customer"], DecisionSearch.PromisedSorting.Names) with
        {
            Chooses = [("state", state == CommitmentState.Awaited ? null : Words.Of(state))],
        };
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Commitments"), CommitmentsPage.Columns, ReadAsync);
        await using var reader = await request.Store.SnapshotAsync(cancel);
        Task<int> CountAsync(DecisionStatus status, DateOnly? to = null) => DecisionSearch.CountPromisedAsync(reader, status, customer, to, cancel);
        return PageAnswer.Of<CommitmentsPage, CommitmentsView>(T("Commitments"), new CommitmentsView(
            shown, state, customer, await CountAsync(DecisionStatus.InForce), await CountAsync(DecisionStatus.InForce, request.Today.AddDays(SoonDays)),
            await CountAsync(DecisionStatus.Broken), await CountAsync(DecisionStatus.Fulfilled), await ReadAsync(shown)));

        async Task<IReadOnlyList<CommitmentRow>> ReadAsync(ListShown part)
        {
            await using var own = await request.Store.SnapshotAsync(cancel);
            var weights = Weights.Of(request.Company);
            var found = await Unseen.EachAsync(
                await DecisionSearch.PromisedAsync(
                    own, Of(state), customer, null, part.Skip, part.Most, cancel, part.By, part.Descending, amount => weights.Compared(amount, "currency")),
                new Unseen(request.Desk, cancel).OfAsync);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(decision => decision.Customer), cancel);
            return [.. found.Select(decision => new CommitmentRow(decision, names.GetValueOrDefault(decision.Customer, decision.Customer), state, request.Today))];
        }
    });

    static DecisionStatus Of(CommitmentState state) => state switch
    {
        CommitmentState.Awaited => DecisionStatus.InForce,
        CommitmentState.Overdue => DecisionStatus.Broken,
        CommitmentState.Kept => DecisionStatus.Fulfilled,
    };
}

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
    /// <summary>Falls due in the next days, or did so and was not kept.</summary>
    Due,
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

/// <param name="FallsDue">How many are overdue, or due within <see cref="DaysAhead"/>.</param>
/// <param name="Soon">Of those that are awaited: due within a week.</param>
/// <param name="Rows">The decisions of this page that wait, or waited.</param>
public sealed record CommitmentsView(
    ListShown Shown, CommitmentState State, string? Customer, int FallsDue, int Awaited, int Soon, int Overdue, int Kept, IReadOnlyList<CommitmentRow> Rows)
{
    public const string Path = "/commitments";

    /// <summary>The list of those that are overdue, or fall due within so many days.</summary>
    public const string Due = Path + "?state=due";
    public const int DaysAhead = 14;

    public int Total => State switch { CommitmentState.Due => FallsDue, CommitmentState.Awaited => Awaited, CommitmentState.Overdue => Overdue, CommitmentState.Kept => Kept };

    public string Address(CommitmentState state) => Links.With(Path, ("state", state == CommitmentState.Awaited ? null : Words.Of(state)), ("customer", Customer));
}

/// <summary>Shows what customers have to do for a release, by day: what is awaited, overdue and kept.</summary>
static class ShowCommitments
{
    const int SoonDays = 7;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(CommitmentsView.Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var (state, customer) = (request.Word<CommitmentState>("state") ?? CommitmentState.Awaited, request.Query("customer"));
        var due = request.Today.AddDays(CommitmentsView.DaysAhead);
        var shown = ListShown.Of(request, "commitments", CommitmentsView.Path, ["customer"], DecisionSearch.PromisedSorting.Names) with
        {
            Chooses = [("state", state == CommitmentState.Awaited ? null : Words.Of(state))],
        };
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Commitments"), CommitmentsPage.Columns, ReadAsync);
        var (falling, awaited, soon, overdue, kept) = await CountAsync();
        return PageAnswer.Of<CommitmentsPage, CommitmentsView>(
            T("Commitments"), new CommitmentsView(shown, state, customer, falling, awaited, soon, overdue, kept, await ReadAsync(shown)));

        async Task<(int Falling, int Awaited, int Soon, int Overdue, int Kept)> CountAsync()
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            Task<int> OfAsync(DecisionStatus status, DateOnly? to = null) => DecisionSearch.CountPromisedAsync(reader, status, customer, to, cancel);
            return (
                await DecisionSearch.CountDueAsync(reader, customer, due, cancel), await OfAsync(DecisionStatus.InForce),
                await OfAsync(DecisionStatus.InForce, request.Today.AddDays(SoonDays)), await OfAsync(DecisionStatus.Broken), await OfAsync(DecisionStatus.Fulfilled));
        }

        async Task<IReadOnlyList<CommitmentRow>> ReadAsync(ListShown part)
        {
            var found = await Unseen.EachAsync(await StoredAsync(part), new Unseen(request.Desk, cancel).OfAsync);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(decision => decision.Customer), cancel);
            return [.. found.Select(decision => new CommitmentRow(decision, names.GetValueOrDefault(decision.Customer, decision.Customer), StateOf(decision), request.Today))];
        }

        async Task<IReadOnlyList<Decision>> StoredAsync(ListShown part)
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var weights = Weights.Of(request.Company);
            string Weigh(string amount) => weights.Compared(amount, "currency");
            return Of(state) is { } status
                ? await DecisionSearch.PromisedAsync(reader, status, customer, null, part.Skip, part.Most, cancel, part.By, part.Descending, Weigh)
                : await DecisionSearch.DueAsync(reader, customer, due, part.Skip, part.Most, cancel, part.By, part.Descending, Weigh);
        }
    });

    static CommitmentState StateOf(Decision decision) => decision.Status == DecisionStatus.Broken ? CommitmentState.Overdue
        : decision.Status == DecisionStatus.Fulfilled ? CommitmentState.Kept : CommitmentState.Awaited;

    /// <summary>The decisions of which status it is told of; null of two.</summary>
    static DecisionStatus? Of(CommitmentState state) => state switch
    {
        CommitmentState.Due => null,
        CommitmentState.Awaited => DecisionStatus.InForce,
        CommitmentState.Overdue => DecisionStatus.Broken,
        CommitmentState.Kept => DecisionStatus.Fulfilled,
    };
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Promises.Screens;
using Microsoft.AspNetCore.Routing;

namespace Aval.Promises;

/// <summary>Promises: of payers to pay, and ours to issue a credit note.</summary>
public sealed class PromisesCapability : ICapability
{
    readonly FollowPromises follow = new();

    public string Name => "Promises";
    public IReadOnlyList<Table> Tables { get; } = [PromisesFacts.Table, PromisesFacts.CreditTable];
    public IFactsSlice EmptyFacts => PromisesFacts.Empty;
    public IReadOnlyList<IReaction> Reactions => [follow];
    public IDue Due => follow;
    public IReadOnlyList<ProblemKind> Problems => PromiseProblems.All;

    public void MapPages(IEndpointRouteBuilder pages) => ListPromises.MapPages(pages);

    public void Map(Api api)
    {
        RecordPromise.Map(api);
        ReadPromises.Map(api);
        PromiseCreditNote.Map(api);
        CancelCreditNotePromise.Map(api);
        ReadCreditNotePromises.Map(api);
    }
}

/// <summary>How calls about promises are refused, in order of precedence.</summary>
public static class PromiseProblems
{
    public static readonly ProblemKind PromiseUnknown = new("promise-unknown", 404, "There is no such promise",
        "Record the promise with POST /promises, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind CreditNotePromiseUnknown = new("credit-note-promise-unknown", 404, "There is no such promise of a credit note",
        "Record it with POST /credit-note-promises, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind CreditNotePromiseKept = new("credit-note-promise-kept", 409, "The credit note was issued",
        "What was credited is not taken back by cancelling the promise; post an invoice for it.");
    public static readonly ProblemKind PromiseExceedsInvoices = new("promise-exceeds-invoices", 422, "More is promised than the invoices have open",
        "Promise at most what GET /invoices/{number} shows as free (to be credited: as open), less what other promises name already.")
        { OnScreens = "Promise at most what is free of the invoices (to be credited: what is open), less what other promises name already." };

    public static IReadOnlyList<ProblemKind> All { get; } = [PromiseUnknown, CreditNotePromiseUnknown, CreditNotePromiseKept, PromiseExceedsInvoices];
}

/// <summary>Who may do what with promises.</summary>
public static class PromisePermissions
{
    public static readonly Permission Record = new("recordPromises", "collector", "accountsReceivable");

    /// <summary>A promise of ours lowers nothing by itself, so whoever talks to the customer may record it.</summary>
    public static readonly Permission PromiseCreditNotes = new(
        "promiseCreditNotes", "billing", "customerService", "accountsReceivable", "quality", "sales", "creditAnalyst", "creditManager");
    public static readonly Permission Read = new("readPromises", Permission.EveryRole);
}

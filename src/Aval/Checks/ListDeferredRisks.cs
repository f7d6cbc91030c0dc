using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Checks;

/// <summary>A finding that was set aside and is owed all the same: by whom, by when, and what came of it.</summary>
/// <param name="Finding">Its code.</param>
/// <param name="By">Who set it aside.</param>
/// <param name="Owner">The function that is to mend it.</param>
/// <param name="MendedOn">The business date of the check that found it no more; null while it is owed.</param>
/// <param name="Consequences">On the order's invoices since.</param>
/// <param name="Decisions">On the order, the first first.</param>
public sealed record DeferredRiskAnswer(
    string Id, string Order, string Customer, string Finding, string? Level, string? Subject, string Reason, string By, DateOnly On, OwnerFunction? Owner, DateOnly? Due,
    DateOnly? MendedOn, DeferredState State, bool Late, IReadOnlyList<ConsequenceAnswer> Consequences, IReadOnlyList<DeferredDecision> Decisions)
{
    public static DeferredRiskAnswer Of(DeferredRisk risk, DateOnly today)
    {
        var waiver = risk.Waiver;
        return new DeferredRiskAnswer(
            waiver.Id, waiver.Order, waiver.Customer, waiver.Code, waiver.Level, waiver.Subject, waiver.Reason, waiver.By, waiver.At, waiver.Owner, waiver.DueOn, waiver.MendedOn,
            risk.State, waiver.MendedOn is null && waiver.DueOn < today,
            [.. risk.Consequences.Select(came => new ConsequenceAnswer(
                came.Kind, came.Document, came.Invoice, came.On, new Money(came.Amount, came.Currency).Major, came.Currency, came.Named))],
            [.. risk.Decisions.Select(decision => new DeferredDecision(decision.Id, decision.Block, decision.Kind, decision.On, decision.By))]);
    }
}

/// <param name="Document">The dispute, else the invoice.</param>
/// <param name="On">The day on which it was raised or rejected, or the first day past due.</param>
/// <param name="Named">The dispute says itself that this finding would have prevented it.</param>
public sealed record ConsequenceAnswer(ConsequenceKind Kind, string Document, string Invoice, DateOnly On, decimal Amount, Currency Currency, bool Named);

public sealed record DeferredDecision(string Id, string Block, DecisionKind Kind, DateOnly On, string By);

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record DeferredRisksAnswer(IReadOnlyList<DeferredRiskAnswer> DeferredRisks, string? Next);

/// <param name="Names">Of the customers, by number.</param>
/// <param name="Next">Where the list goes on; null when it is all there.</param>
public sealed record DeferredView(DeferredFilter Filter, IReadOnlyList<DeferredRisk> Found, IReadOnlyDictionary<string, string> Names, string? Next);

/// <summary>Lists what was set aside and is owed, those due first before others.</summary>
static class ListDeferredRisks
{
    internal static void Map(Api api) => api.Get<DeferredRisksAnswer>(
        "/deferred-risks", OrderPermissions.Read,
        "Findings that were set aside, those due first before others: who is to mend them, by when, and what came of them. A dispute or an invoice leads back to them",
        async (request, cancel) =>
        {
            var asked = DayPage.Of(request);
            if (asked.Value is not { } page) return asked.Problem!;
            var today = (await request.Desk.CompanyAsync(cancel)).Through;
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var order = request.Query<string>("order");
            var invoice = request.Query<string>("invoice");
            if (request.Query<string>("dispute") is { } dispute)
            {
                if (await reader.FindAsync(DisputesFacts.Table, RecordDispute.Scope, dispute, dispute, cancel) is not Disputes.Rules.Dispute known)
                    return DisputeProblems.DisputeUnknown.With($"Dispute {dispute} is not known.", "dispute");
                invoice = known.Invoice;
            }

            if (invoice is not null)
            {
                if (await reader.FindAsync(ReceivablesTables.Invoice, PostInvoice.Scope, invoice, invoice, cancel) is not Receivables.Rules.Invoice known)
                    return ReceivablesProblems.InvoiceUnknown.With($"Invoice {invoice} is not known.", "invoice");
                if (known.Order is null || (order is not null && order != known.Order)) return new DeferredRisksAnswer([], null);
                order = known.Order;
            }

            var filter = new DeferredFilter(
                request.Query<OwnerFunction?>("owner"), request.Query<DateOnly?>("due"), request.Query<string>("customer"), order, request.Query<bool?>("owed"));
            var found = await DeferredRisks.PageAsync(reader, filter, page.After, page.Limit + 1, today, cancel);
            return new DeferredRisksAnswer([.. found.Take(page.Limit).Select(risk => DeferredRiskAnswer.Of(risk, today))], page.Next(found, PlaceOf));
        },
        [
            new("owner", typeof(OwnerFunction), "who is to mend them; all when absent"), new("due", typeof(DateOnly), "to be mended by this day; all when absent"),
            new("customer", typeof(string), "who ordered; all when absent"), new("order", typeof(string), "one order; all when absent"),
            new("invoice", typeof(string), "those of the order that this invoice bills"), new("dispute", typeof(string), "those of the order whose invoice is disputed by this"),
            new("owed", typeof(bool), "true for what is still to be mended, false for what is mended; both when absent"),
            .. DayPage.Fields("rows"),
        ],
        [DisputeProblems.DisputeUnknown, ReceivablesProblems.InvoiceUnknown]);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/deferred-risks", OrderPermissions.Read, async (request, cancel) =>
    {
        var filter = new DeferredFilter(
            request.Word<OwnerFunction>("owner"), request.Day("due"), request.Query("customer"), request.Query("order"), request.Query("owed") == "false" ? false : true);
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (request.Word<ListForm>("as") is { } form) return Given(request, filter, form, cancel);
        var found = await DeferredRisks.PageAsync(reader, filter, DayPage.PlaceOf(request.Query("cursor")), Pager.PageSize + 1, request.Today, cancel);
        var shown = found.Take(Pager.PageSize).ToList();
        return PageAnswer.Of<DeferredPage, DeferredView>(Translated.T("Deferred risks"), new DeferredView(
            filter, shown, await CustomerSearch.NamesAsync(request.Store, shown.Select(risk => risk.Waiver.Customer), cancel),
            found.Count > Pager.PageSize ? DayPage.CursorOf(PlaceOf(shown[^1])) : null));
    });

    static (DateOnly? Day, string Id) PlaceOf(DeferredRisk risk) => (risk.Waiver.DueOn, risk.Waiver.Id);

    /// <summary>The list as a file, one part after the other.</summary>
    static PageAnswer Given(PageRequest request, DeferredFilter filter, ListForm form, CancellationToken cancel)
    {
        (DateOnly, string)? after = null;
        return ListFile.Of(request, filter.AsList with { Form = form }, Translated.T("Deferred risks"), DeferredPage.Columns, async part =>
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var found = await DeferredRisks.PageAsync(reader, filter, after, part.Most, request.Today, cancel);
            if (found.Count > 0) after = (found[^1].Waiver.DueOn!.Value, found[^1].Waiver.Id);
            return found;
        });
    }
}

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

public sealed record DeferredView(ListShown Shown, DeferredFilter Filter, IReadOnlyList<DeferredRow> Rows, int Total);

/// <param name="CustomerName">Its number where the name is not known.</param>
public sealed record DeferredRow(DeferredRisk Risk, string CustomerName, DateOnly Today);

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
        var shown = ListShown.Of(request, "deferred", "/deferred-risks", ["owner", "owed", "due", "customer", "order"], DeferredRisks.Sorting.Names);
        var filter = new DeferredFilter(
            request.Word<OwnerFunction>("owner"), request.Day("due"), request.Query("customer"), request.Query("order"), request.Query("owed") != "false");
        if (shown.Form is not null) return ListFile.Of(request, shown, Translated.T("Deferred risks"), DeferredPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<DeferredPage, DeferredView>(Translated.T("Deferred risks"), new DeferredView(shown, filter, rows, total));

        async Task<(IReadOnlyList<DeferredRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var (found, all) = await DeferredRisks.ListAsync(reader, filter, part.By, part.Descending, part.Skip, part.Most, request.Today, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(risk => risk.Waiver.Customer), cancel);
            return ([.. found.Select(risk => new DeferredRow(risk, names.GetValueOrDefault(risk.Waiver.Customer, risk.Waiver.Customer), request.Today))], all);
        }
    });

    static (DateOnly? Day, string Id) PlaceOf(DeferredRisk risk) => (risk.Waiver.DueOn, risk.Waiver.Id);
}

using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Disputes.Screens;

/// <summary>What a person has just changed, and what it was before: it can be taken back by sending that.</summary>
/// <param name="Field">As the form names it.</param>
/// <param name="Was">Empty where there was nothing.</param>
public sealed record DisputeChanged(string Field, string Was);

/// <param name="Invoice">Null while it is not known any more where it stands.</param>
/// <param name="Done">What has just happened; null when the page is only looked at.</param>
/// <param name="Changed">What can be taken back; null for nothing.</param>
/// <param name="Refused">Why what was sent was refused; null when nothing was.</param>
public sealed record DisputeView(
    DisputeRow Row, Invoice? Invoice, IReadOnlyList<DisputeEvidence> Log, bool MayRecord, bool MayQualify, string Visitor, bool Done, DisputeChanged? Changed, Problem? Refused)
{
    public Dispute Dispute => Row.Dispute;
}

/// <summary>Shows a dispute with its clock and its evidence, and does what is to be done about it.</summary>
static class ShowDispute
{
    const string Address = ListDisputes.Path + "/{number}";

    static readonly string[] Fields = ["legitimacy", "status", "owner", "person"];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, DisputePermissions.Read, (request, cancel) => ShowAsync(request, null, cancel));
        pages.MapOnce(Address + "/change", DisputePermissions.Record, ChangeAsync);
        pages.MapOnce(Address + "/evidence", DisputePermissions.Record, async (request, sent, cancel) =>
        {
            var body = new EvidenceBody(sent.Needed("text"), sent.Text("reference"));
            var number = request.Route("number");
            var refused = (await request.SubmitOnceAsync(sent, new AddEvidence(number, body), cancel)).Problem;
            return refused is null ? PageAnswer.To(new DisputeDone(request.Actor.Name, number).Address(request)) : await ShowAsync(request, refused, cancel);
        });
    }

    static async Task<PageAnswer> ChangeAsync(PageRequest request, SentForm sent, CancellationToken cancel)
    {
        var form = sent.Form;
        if (await FindAsync(request, cancel) is not { } before) return Missing(request);
        // Only what the form has fields for changes.
        var body = new DisputeChangeBody(
            sent.Word<Legitimacy>("legitimacy"), sent.Word<DisputeStatus>("status"), sent.Word<OwnerFunction>("owner"),
            Person: form.ContainsKey("person") ? new Optional<string>(true, sent.Text("person")) : default);
        var answer = await request.SubmitOnceAsync(sent, new ChangeDispute(before.Number, before.Invoice, body), cancel);
        if (answer.Problem is { } refused) return await ShowAsync(request, refused, cancel);
        // What was taken back is not offered to be taken back again.
        var changed = form.ContainsKey("undo") ? null : Fields.FirstOrDefault(field => form.ContainsKey(field));
        var edition = answer.Outcome!.Row<Dispute>() is { } after ? Edition.TagOf(DisputesFacts.Table, after) : null;
        return PageAnswer.To(new DisputeDone(request.Actor.Name, before.Number, edition, changed, Was(before, changed)).Address(request));
    }

    static string? Was(Dispute before, string? field) => field switch
    {
        "legitimacy" => Words.Of(before.Legitimacy),
        "status" => Words.Of(before.Status),
        "owner" => Words.Of(before.Owner),
        "person" => before.Person,
        _ => null,
    };

    static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, CancellationToken cancel)
    {
        if (await FindAsync(request, cancel) is not { } dispute) return Missing(request);
        var names = await CustomerSearch.NamesAsync(request.Store, [dispute.Payer], cancel);
        var row = new DisputeRow(
            dispute, names.GetValueOrDefault(dispute.Payer, dispute.Payer),
            DisputeClock.Of(dispute, request.Company.Get<PoliciesFacts>().Current.Policy.DisputesAsked, request.Today), request.Today);
        var done = refused is null ? DisputeDone.Of(request, dispute.Number) : null;
        return PageAnswer.Of<DisputePage, DisputeView>(
            T("Dispute {0}", dispute.Number),
            new DisputeView(
                row, await new ReceivablesQuery(request.Store).InvoiceAsync(dispute.Invoice, cancel), await AddEvidence.LogAsync(request.Store, dispute.Number, cancel),
                DisputePermissions.Record.IsGrantedTo(request.Actor), DisputePermissions.Qualify.IsGrantedTo(request.Actor), request.Actor.Name,
                done is not null, done?.Undo(dispute), refused),
            refused);
    }

    static async Task<Dispute?> FindAsync(PageRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return (Dispute?)await reader.FindAsync(DisputesFacts.Table, RecordDispute.Scope, number, number, cancel);
    }

    static PageAnswer Missing(PageRequest request) => PageAnswer.Missing(T("There is no dispute {0}.", request.Route("number")));
}

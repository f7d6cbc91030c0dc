using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Disputes;

/// <summary>What is to change of a dispute; what is absent stays as it is.</summary>
/// <param name="Legitimacy">Needs the right of quality or credit. An open dispute that is qualified so is <c>qualified</c>.</param>
/// <param name="Status">Rejected and closed end the dispute. Rejecting and accepting it (<c>creditNoteDue</c>) need the right to qualify.</param>
/// <param name="Amount">In the invoice's currency. More of what is our own fault, beyond one's authority, waits for approval.</param>
/// <param name="Person">Who has taken it; null when nobody has any more.</param>
public sealed record DisputeChangeBody(
    Legitimacy? Legitimacy = null, DisputeStatus? Status = null, OwnerFunction? Owner = null, decimal? Amount = null, Optional<string> Person = default,
    Optional<string> Note = default, Optional<string> Evidence = default, Optional<string> PreventedBy = default);

/// <summary>Changes a dispute that stands: whose fault it is, who settles it, how far it is, how much it is about.</summary>
/// <param name="Invoice">The invoice that the dispute names, as read before: it never changes.</param>
public sealed record ChangeDispute(string Number, string Invoice, DisputeChangeBody Body) : Command
{
    public override string Name => "changeDispute";
    public override Subject Subject => Subject.Document(RecordDispute.Scope, Number, DisputeProblems.DisputeUnknown);
    public override Cite? Edits => Cite.Of(DisputesFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(DisputesFacts.Table, Number), Cite.Of(ReceivablesTables.Invoice, Invoice)];

    public override Problem? Refuse() => Body.PreventedBy.IsGiven ? DisputeFields.RefuseCode(Body.PreventedBy.Value) : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Dispute>(Number) is not { } before || @case.Facts.Find<Invoice>(Invoice) is not { } invoice)
            return DisputeProblems.DisputeUnknown.With($"Dispute {Number} is not known.", "number");
        // A credit note may have closed it meanwhile: who closes it then says nothing new.
        if (!before.Stands && Body == new DisputeChangeBody(Status: before.Status)) return null;
        if (!before.Stands)
            return DisputeProblems.DisputeEnded.With($"Dispute {Number} has been {Kernel.Storage.Words.Of(before.Status)} since {before.Ended:yyyy-MM-dd}.", "number");
        var amount = before.Amount;
        if (Body.Amount is { } given && !Amounts.TryOf(given, invoice.Currency, out amount)) return Amounts.Refuse("amount", given, invoice.Currency);
        if (amount > before.Amount && DisputeFields.RefuseAmount(invoice, Number, amount) is { } tooMuch) return tooMuch;

        var asked = Body.Legitimacy ?? before.Legitimacy;
        var frees = asked != before.Legitimacy || amount > before.Amount;
        var proposed = frees && DisputePermissions.Qualify.IsGrantedTo(@case.Actor) ? QualificationRequests.Proposed(@case, invoice, Number, asked, amount) : null;
        // What is our fault already stays so, and making more of it waits.
        var more = proposed is not null && asked == before.Legitimacy;
        var stays = Body.Legitimacy is null && (Body.Amount is null || before.ProposedAmount is null);
        var legitimacy = proposed is null ? asked : before.Legitimacy;
        var wanted = Body.Status ?? StatusOf(before.Status, asked);
        // What rests on a legitimacy that waits, waits with it.
        var status = asked == legitimacy ? wanted : wanted is DisputeStatus.Qualified or DisputeStatus.CreditNoteDue ? before.Status : Body.Status ?? before.Status;
        if ((RefuseStatus(wanted, asked) ?? RefuseStatus(status, legitimacy)) is { } contradiction) return contradiction;
        var after = before with
        {
            Amount = more ? before.Amount : amount, Legitimacy = legitimacy, Status = status, Owner = Body.Owner ?? before.Owner,
            Person = DisputeFields.Blank(Body.Person.Or(before.Person)), Note = Body.Note.Or(before.Note), Evidence = Body.Evidence.Or(before.Evidence),
            PreventedBy = Body.PreventedBy.Or(before.PreventedBy), QualifiedOn = before.QualifiedOn ?? (legitimacy == Legitimacy.Unqualified ? null : @case.Today),
            Ended = Dispute.IsEnd(status) ? @case.Today : null,
            ProposedLegitimacy = Dispute.IsEnd(status) ? null : proposed ?? (stays ? before.ProposedLegitimacy : null),
            ProposedAmount = Dispute.IsEnd(status) ? null : more ? amount : proposed is null && stays ? before.ProposedAmount : null,
        };
        if (IsJudgement(before, after) && !DisputePermissions.Qualify.IsGrantedTo(@case.Actor))
            return KernelProblems.NotPermitted.With("Quality or credit says whose fault a dispute is, and accepts or rejects it.");
        if (after.ProposedLegitimacy is null) QualificationRequests.Drop(@case, Number);
        else if ((after.ProposedLegitimacy, after.ProposedAmount) != (before.ProposedLegitimacy, before.ProposedAmount)) QualificationRequests.Put(@case, invoice, after);
        @case.Put(DisputesFacts.Table, after);
        @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(after)));
        if (!after.Stands) DisputeFields.Count(@case, after);
        return null;
    }

    internal static void Map(Api api) => api.Patch<DisputeChangeBody, DisputeAnswer>(
        "/disputes/{number}", DisputePermissions.Record,
        "Changes a dispute that stands; qualifying, accepting and rejecting it need the right of quality or credit, and what frees more than the authority for it waits",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            if (await ReadDisputes.FindAsync(request, number, cancel) is not { } known)
                return DisputeProblems.DisputeUnknown.With($"Dispute {number} is not known.", "number");
            var (outcome, problem) = await request.SubmitAsync(new ChangeDispute(number, known.Invoice, body));
            return problem is not null ? problem : DisputeAnswer.Of(outcome!.Row<Dispute>() ?? known, outcome.Company!);
        },
        [DisputeProblems.DisputeUnknown, DisputeProblems.DisputeEnded, DisputeProblems.DisputeExceedsInvoice]);

    /// <summary>Saying whose fault it is moves an open dispute on; taking that back moves it back.</summary>
    internal static DisputeStatus StatusOf(DisputeStatus status, Legitimacy legitimacy) => (status, legitimacy == Legitimacy.Unqualified) switch
    {
        (DisputeStatus.Open, false) => DisputeStatus.Qualified,
        (DisputeStatus.Qualified, true) => DisputeStatus.Open,
        _ => status,
    };

    static Problem? RefuseStatus(DisputeStatus status, Legitimacy legitimacy)
    {
        var why = status switch
        {
            DisputeStatus.Qualified or DisputeStatus.CreditNoteDue when legitimacy == Legitimacy.Unqualified => "needs a legitimacy: nobody has said whose fault it is",
            DisputeStatus.Open when legitimacy != Legitimacy.Unqualified => "cannot be open once somebody has said whose fault it is",
            DisputeStatus.Rejected when legitimacy == Legitimacy.CompanyFault => "cannot be rejected while it is our own fault",
            DisputeStatus.Open or DisputeStatus.Qualified or DisputeStatus.InProgress or DisputeStatus.CreditNoteDue or DisputeStatus.Rejected
                or DisputeStatus.Closed => null,
        };
        return why is null ? null : KernelProblems.FieldInvalid.With($"status {why}.", "status");
    }

    /// <summary>Whether the change says whose fault it is, accepts, rejects, or makes more of what was said already.</summary>
    static bool IsJudgement(Dispute before, Dispute after) =>
        after.Legitimacy != before.Legitimacy
        || (after.Status != before.Status && after.Status is DisputeStatus.CreditNoteDue or DisputeStatus.Rejected)
        || (after.Amount > before.Amount && after.Legitimacy != Legitimacy.Unqualified);
}

using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Disputes;

/// <summary>Approves or refuses that a dispute is our own fault, as somebody proposed who had not the authority for what that frees. Approved, it counts from then on.</summary>
/// <param name="Invoice">The invoice that the dispute names, as read before: it never changes.</param>
public sealed record AnswerQualification(string Number, string Invoice, bool Approves, string? Reason) : Command
{
    public override string Name => Approves ? "approveQualification" : "refuseQualification";
    public override Subject Subject => Subject.Document(RecordDispute.Scope, Number, DisputeProblems.DisputeUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(DisputesFacts.Table, Number), Cite.Of(ReceivablesTables.Invoice, Invoice)];
    public override Problem? Refuse() => !Approves && string.IsNullOrWhiteSpace(Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Dispute>(Number) is not { } dispute || @case.Facts.Find<Invoice>(Invoice) is not { } invoice)
            return DisputeProblems.DisputeUnknown.With($"Dispute {Number} is not known.", "number");
        if (dispute is not { ProposedLegitimacy: { } legitimacy, Stands: true } || Approvals.Find(@case, WorkKind.QualificationRequest, Number) is not { } item)
            return LimitProblems.NotPending.With($"No qualification of dispute {Number} waits.", "number");
        @case.Reason = Reason;
        if (!Approves)
        {
            Approvals.Drop(@case, WorkKind.QualificationRequest, Number, Reason);
            @case.Put(DisputesFacts.Table, dispute with { ProposedLegitimacy = null, ProposedAmount = null });
            return null;
        }

        var asked = dispute.ProposedAmount ?? dispute.Amount;
        // Meanwhile the invoice may have been paid, or something else of it disputed.
        if (dispute.ProposedAmount is not null && DisputeFields.RefuseAmount(invoice, Number, asked) is { } tooMuch) return tooMuch;
        var (payer, amount) = QualificationRequests.Measured(@case, invoice, Number, asked);
        var (done, refusal) = Approvals.Approve(
            @case, item, Approvals.GrantOf(@case, payer, amount), () => Approvals.WhoMay(@case, payer, amount), Reason,
            (LimitProblems.ApproverAsked, LimitProblems.ApprovalExceeded));
        if (refusal is not null || !done) return refusal;
        var qualified = dispute with
        {
            Amount = asked, Legitimacy = legitimacy, ProposedLegitimacy = null, ProposedAmount = null,
            Status = ChangeDispute.StatusOf(dispute.Status, legitimacy), QualifiedOn = dispute.QualifiedOn ?? @case.Today,
        };
        @case.Put(DisputesFacts.Table, qualified);
        @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(qualified)));
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<ApprovalBody, DisputeAnswer>(
            "/disputes/{number}/approve-qualification", LimitPermissions.ApproveHeadroom,
            "Approves whose fault a dispute is, as somebody else has proposed without the authority for what it frees",
            act: (body, request, cancel) => AnswerAsync(true, body.Reason, request, cancel),
            problems: [DisputeProblems.DisputeUnknown, DisputeProblems.DisputeExceedsInvoice, .. LimitProblems.OfApproval]);
        api.Post<RefusalBody, DisputeAnswer>(
            "/disputes/{number}/refuse-qualification", LimitPermissions.ApproveHeadroom, "Refuses whose fault a dispute is, as somebody has proposed, with the reason",
            act: (body, request, cancel) => AnswerAsync(false, body.Reason, request, cancel), problems: [DisputeProblems.DisputeUnknown, LimitProblems.NotPending]);
    }

    static async Task<Answered<DisputeAnswer>> AnswerAsync(bool approves, string? reason, ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await ReadDisputes.FindAsync(request, number, cancel) is not { } known) return DisputeProblems.DisputeUnknown.With($"Dispute {number} is not known.", "number");
        var (outcome, problem) = await request.SubmitAsync(new AnswerQualification(number, known.Invoice, approves, reason));
        if (problem is not null) return problem;
        var after = outcome!.Row<Dispute>() ?? await ReadDisputes.FindAsync(request, number, cancel);
        return DisputeAnswer.Of(after!, outcome.Company ?? await request.Desk.CompanyAsync(cancel));
    }
}

/// <summary>Qualifications that wait for credit. What policy leaves out of the decision exposure frees headroom, and our own fault takes the blame from the customer besides:
/// measured by all of the payer that would count so, as guarantees are, so that many small disputes are no way round a bound.</summary>
static class QualificationRequests
{
    /// <summary>The legitimacy itself where it waits; null where the actor may say it, or it frees nothing.</summary>
    public static Legitimacy? Proposed(Case @case, Invoice invoice, string dispute, Legitimacy asked, long amount)
    {
        if (!Frees(@case, asked)) return null;
        var (payer, worth) = Measured(@case, invoice, dispute, amount);
        return Approvals.GrantOf(@case, payer, worth) == LimitGrant.Alone ? null : asked;
    }

    public static void Put(Case @case, Invoice invoice, Dispute dispute)
    {
        var asked = dispute.ProposedAmount ?? dispute.Amount;
        var (payer, amount) = Measured(@case, invoice, dispute.Number, asked);
        Approvals.Put(
            @case, WorkKind.QualificationRequest, Lists.IdAt(@case, dispute.Number), dispute.Number, dispute.Payer, new Money(asked, dispute.Currency), dispute.Note,
            Approvals.GrantOf(@case, payer, amount));
    }

    public static void Drop(Case @case, string dispute) => Approvals.Drop(@case, WorkKind.QualificationRequest, dispute, null);

    /// <summary>Who pays, and what counts so of all its open invoices with this dispute, in policy's currency; null when no rate tells it.</summary>
    public static (Customer? Payer, decimal? Amount) Measured(Case @case, Invoice invoice, string dispute, long amount)
    {
        var sum = Approvals.InPolicy(@case, new Money(amount, invoice.Currency));
        foreach (var standing in @case.Facts.Get<DisputesFacts>().Of(invoice.Payer).Standing)
            if (standing.Number != dispute && @case.Facts.Find<Dispute>(standing.Number) is { } other && Frees(@case, other.Legitimacy)
                && @case.Facts.Find<Invoice>(other.Invoice) is { IsOpen: true } disputed)
                sum += Approvals.InPolicy(@case, new Money(Math.Min(other.Amount, disputed.Open), other.Currency));
        return (@case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(invoice.Payer), sum);
    }

    static bool Frees(Case @case, Legitimacy legitimacy) => legitimacy == Legitimacy.CompanyFault
        || (legitimacy != Legitimacy.Unqualified && @case.Company.Get<PoliciesFacts>().Current.Policy.ExcludeDisputes.Contains(legitimacy));
}

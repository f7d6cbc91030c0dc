using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Disputes;

/// <summary>A dispute as recorded.</summary>
/// <param name="Amount">In the invoice's currency; with the invoice's other disputes at most what is open of it.</param>
/// <param name="Legitimacy">Whose fault it is. Whoever may not qualify disputes records it as <c>unqualified</c>.</param>
/// <param name="Owner">The function that is to settle it.</param>
/// <param name="Date">The day on which the customer raised it: from the invoice's to the business date, which is the default.</param>
/// <param name="Person">Who has taken it.</param>
/// <param name="Evidence">Where the proof is.</param>
/// <param name="PreventedBy">Code of the order finding that would have prevented it.</param>
public sealed record DisputeBody(
    string Number, string Invoice, decimal Amount, DisputeReason Reason, Legitimacy Legitimacy, OwnerFunction Owner, DateOnly? Date = null, string? Person = null,
    string? Note = null, string? Evidence = null, string? PreventedBy = null);

/// <summary>Records a dispute. An amount of an invoice is in one standing dispute at most.</summary>
public sealed record RecordDispute(DisputeBody Body) : Command
{
    public const string Scope = "dispute";

    /// <inheritdoc cref="Dispute.DeductedFrom"/>
    public string? DeductedFrom { get; init; }

    public override string Name => "recordDispute";

    // Whose it is, only the invoice tells: the decision puts its payer in the place of its number.
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Invoice)];
    public override Subject Subject => Subject.Document(PostInvoice.Scope, Body.Invoice, ReceivablesProblems.InvoiceUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Invoice, Body.Invoice)];

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number) ?? DisputeFields.RefuseCode(Body.PreventedBy);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Invoice>(Body.Invoice) is not { } invoice)
            return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Body.Invoice} is not known.", "invoice");
        if (Body.Legitimacy != Legitimacy.Unqualified && !DisputePermissions.Qualify.IsGrantedTo(@case.Actor))
            return KernelProblems.NotPermitted.With("Record the dispute as unqualified: quality or credit says whose fault it is.", "legitimacy");
        var raised = Body.Date ?? @case.Today;
        if (raised < invoice.Date || raised > @case.Today)
            return KernelProblems.FieldInvalid.With($"date must be from {invoice.Date:yyyy-MM-dd}, the invoice's, to the business date {@case.Today:yyyy-MM-dd}.", "date");
        if (!Amounts.TryOf(Body.Amount, invoice.Currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, invoice.Currency);
        if (DisputeFields.RefuseAmount(invoice, Body.Number, amount) is { } tooMuch) return tooMuch;
        @case.ClaimParty = Debtor.PartyOf(@case.Facts, invoice);
        var proposed = QualificationRequests.Proposed(@case, invoice, Body.Number, Body.Legitimacy, amount);
        var legitimacy = proposed is null ? Body.Legitimacy : Legitimacy.Unqualified;
        var isQualified = legitimacy != Legitimacy.Unqualified;
        var dispute = new Dispute(
            Body.Number, invoice.Number, invoice.Payer, invoice.Customer, invoice.DueDate, amount, amount, invoice.Currency, Body.Reason, legitimacy, Body.Owner,
            DisputeFields.Blank(Body.Person), isQualified ? DisputeStatus.Qualified : DisputeStatus.Open, raised, isQualified ? @case.Today : null, Ended: null,
            Body.Note, Body.Evidence, Body.PreventedBy) { ProposedLegitimacy = proposed, DeductedFrom = DeductedFrom };
        if (proposed is not null) QualificationRequests.Put(@case, invoice, dispute);
        @case.Put(DisputesFacts.Table, dispute);
        @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(dispute)));
        return null;
    }

    internal static void Map(Api api) => api.Post<DisputeBody, DisputeAnswer>(
        "/disputes", DisputePermissions.Record,
        "Records a dispute about a part of an invoice; qualifying it needs the right of quality or credit, and what frees more than the authority for it waits",
        (body, _) => new RecordDispute(body), (outcome, _) => DisputeAnswer.Of(outcome.Row<Dispute>()!, outcome.Company!),
        [ReceivablesProblems.InvoiceUnknown, DisputeProblems.DisputeExceedsInvoice]);
}

/// <summary>What recording and changing a dispute have in common.</summary>
static class DisputeFields
{
    /// <summary>Refuses what is no code of a finding.</summary>
    public static Problem? RefuseCode(string? code) => code is null || (code.Length is > 0 and <= 64 && code.All(c => c is (>= 'a' and <= 'z') or '-'))
        ? null
        : KernelProblems.FieldInvalid.With("preventedBy must be the code of a finding, as price-deviates.", "preventedBy");

    /// <summary>A draft is nobody's debt yet; of an invoice no more can be disputed than is open, in all its disputes together.</summary>
    public static Problem? RefuseAmount(Invoice invoice, string dispute, long amount)
    {
        var others = invoice.Said(PartKind.Disputed, but: dispute);
        var most = invoice.Draft ? 0 : Math.Max(0, invoice.Open - others);
        return amount <= most ? null : DisputeProblems.DisputeExceedsInvoice.With(
            $"Invoice {invoice.Number} has {new Money(most, invoice.Currency)} open that no other dispute names.", "amount");
    }

    public static InvoicePart PartOf(Dispute dispute) =>
        new(PartKind.Disputed, dispute.Number, dispute.Amount, dispute.Raised, dispute.Legitimacy, dispute.Ended);

    /// <summary>Counts how a dispute ended. A payer who has not been entered is waited for at several roots: its record begins when it is there.</summary>
    public static void Count(Case @case, Dispute ended)
    {
        if (@case.Facts.Get<Parties.PartiesFacts>().Customers.ContainsKey(ended.Payer))
            @case.Put(DisputesFacts.RecordTable, (@case.Facts.Get<DisputesFacts>().Of(ended.Payer).Record ?? new DisputeRecord(ended.Payer, 0, 0)).With(ended));
    }

    /// <summary>Takes that count back for one that stands again.</summary>
    public static void Uncount(Case @case, Dispute standing, string root)
    {
        if (@case.Of(root).Get<DisputesFacts>().Of(standing.Payer).Record is { } record) @case.Put(DisputesFacts.RecordTable, record.WithoutOne(), root);
    }

    public static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>A credit note as posted.</summary>
/// <param name="Amount">Tax included.</param>
/// <param name="Invoice">An invoice of the same payer and currency: the note is applied to it at once as far as it is free.</param>
public sealed record CreditNoteBody(string Number, string Customer, DateOnly Date, Currency Currency, decimal Amount, string? Invoice = null);

/// <summary>Posts a credit note. What its invoice does not take stays an open credit note.</summary>
public sealed record PostCreditNote(CreditNoteBody Body) : Command
{
    public const string Scope = "credit-note";

    public override string Name => "postCreditNote";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);
    public override IReadOnlyList<Cite> Cites => Body.Invoice is null ? [] : [Cite.Of(ReceivablesTables.Invoice, Body.Invoice)];

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number) ?? Amounts.Refuse("amount", Body.Amount, Body.Currency);

    public override Problem? Decide(Case @case)
    {
        if (DocumentDate.Refuse(Body.Date, @case.Today) is { } early) return early;
        if (Debtor.Of(@case.Facts, Body.Customer) is not { } debtor)
            return PartyProblems.CustomerUnknown.With($"Customer {Body.Customer} is not known.", "customer");
        var note = new CreditNote(
            Body.Number, Body.Customer, debtor.Payer, Body.Invoice, Body.Date, Body.Currency, Money.Of(Body.Amount, Body.Currency).Minor, debtor.CreditCurrency,
            debtor.RateOn(Body.Date, Body.Currency, @case.Company), Applied: 0);
        if (debtor.RefuseAmount(Body.Date, Money.Of(Body.Amount, Body.Currency), @case.Company) is { } tooLarge) return tooLarge;
        @case.ClaimParty = debtor.Party;
        if (Body.Invoice is null)
        {
            @case.Put(ReceivablesTables.CreditNote, note);
            return null;
        }

        if (@case.Facts.Find<Invoice>(Body.Invoice) is not { } invoice)
            return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Body.Invoice} is not known among those of {Body.Customer} and its group.", "invoice");
        if (invoice.Payer != note.Payer) return KernelProblems.FieldInvalid.With($"invoice must be one that {note.Payer} owes, not {invoice.Payer}.", "invoice");
        if (invoice.Currency != note.Currency)
            return KernelProblems.FieldInvalid.With($"currency must be {invoice.Currency}, that of invoice {invoice.Number}.", "currency");
        if (Settling.Apply(note, invoice) is not { } applied)
        {
            @case.Put(ReceivablesTables.CreditNote, note);
            return null;
        }

        @case.Put(ReceivablesTables.CreditNote, applied.Note);
        @case.Put(ReceivablesTables.Invoice, applied.Invoice);
        @case.Put(ReceivablesTables.Settlement, applied.Settlement);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<CreditNoteBody, CreditNoteAnswer>(
            "/credit-notes", ReceivablesPermissions.PostCreditNotes, "Posts a credit note; the invoice it names takes it at once as far as it is free",
            async (body, request, cancel) =>
            {
                if (await OwnCredit.RefuseAsync(request, body.Invoice, cancel) is { } own) return own;
                var posted = await request.SubmitAsync(new PostCreditNote(body));
                return posted.Outcome is { } outcome ? CreditNoteAnswer.Of(outcome.Row<CreditNote>()!) : posted.Problem!;
            },
            [ReceivablesProblems.OwnDocument, PartyProblems.CustomerUnknown, ReceivablesProblems.InvoiceUnknown]);
        api.Get<CreditNoteAnswer>(
            "/credit-notes/{number}", ReceivablesPermissions.Read, "A credit note and what no invoice has taken of it",
            async (request, cancel) => await ReceivablesQuery.Of(request).CreditNoteAsync(request.Route("number"), cancel) is { } note
                ? CreditNoteAnswer.Of(note)
                : ReceivablesProblems.CreditNoteUnknown.With($"Credit note {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.CreditNoteUnknown]);
    }
}

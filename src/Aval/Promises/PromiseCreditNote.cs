using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Promises;

/// <summary>Our promise to issue a credit note, as recorded.</summary>
/// <param name="Amount">In the invoice's currency; with the invoice's other promises of the kind at most what is open of it.</param>
/// <param name="Owner">The function that is to issue it.</param>
/// <param name="DueBy">The last good day.</param>
/// <param name="Date">The day on which it was given, not after the business date, which is the default.</param>
public sealed record CreditNotePromiseBody(
    string Number, string Customer, string Invoice, decimal Amount, string Reason, OwnerFunction Owner, DateOnly DueBy, DateOnly? Date = null, string? Person = null);

/// <summary>Records that we have promised a credit note. It lowers nothing; credit notes on the invoice keep it.</summary>
public sealed record PromiseCreditNote(CreditNotePromiseBody Body) : Command
{
    public const string Scope = "credit-note-promise";

    public override string Name => "promiseCreditNote";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Invoice, Body.Invoice)];

    public override Problem? Refuse() =>
        Numbers.Refuse("number", Body.Number) ?? (string.IsNullOrWhiteSpace(Body.Reason) ? Invalid("reason", "must not be empty") : null);

    public override Problem? Decide(Case @case)
    {
        if (Debtor.Of(@case.Facts, Body.Customer) is not { } debtor) return PartyProblems.CustomerUnknown.With($"Customer {Body.Customer} is not known.", "customer");
        if (@case.Facts.Find<Invoice>(Body.Invoice) is not { } invoice)
            return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Body.Invoice} is not known among those of {Body.Customer} and its group.", "invoice");
        if (invoice.Payer != debtor.Payer) return Invalid("invoice", $"must be one that {debtor.Payer} owes, not {invoice.Payer}");
        var made = Body.Date ?? @case.Today;
        if (made > @case.Today) return Invalid("date", $"must not be after the business date {@case.Today:yyyy-MM-dd}");
        if (Body.DueBy < made) return Invalid("dueBy", $"must not be before {made:yyyy-MM-dd}, the day on which it was given");
        if (!Amounts.TryOf(Body.Amount, invoice.Currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, invoice.Currency);
        var most = invoice.Draft ? 0 : Math.Max(0, invoice.Open - invoice.Said(PartKind.ToBeCredited));
        if (amount > most)
            return PromiseProblems.PromiseExceedsInvoices.With(
                $"Invoice {invoice.Number} has {new Money(most, invoice.Currency)} open that we have not promised to credit yet.", "amount");
        @case.ClaimParty = debtor.Party;
        @case.Reason = Body.Reason;
        @case.Put(PromisesFacts.CreditTable, new CreditNotePromise(
            Body.Number, Body.Customer, debtor.Payer, invoice.Number, amount, Kept: 0, invoice.Currency, Body.Reason, Body.Owner, Body.Person, made, Body.DueBy,
            CreditNotePromiseStatus.Open, Ended: null));
        FollowPromises.Tell(@case, invoice.Number);
        return null;
    }

    internal static void Map(Api api) => api.Post<CreditNotePromiseBody, CreditNotePromiseAnswer>(
        "/credit-note-promises", PromisePermissions.PromiseCreditNotes, "Records that we have promised a credit note on an invoice; credit notes on the invoice keep it",
        (body, _) => new PromiseCreditNote(body), (outcome, _) => CreditNotePromiseAnswer.Of(outcome.Row<CreditNotePromise>()!),
        [PartyProblems.CustomerUnknown, ReceivablesProblems.InvoiceUnknown, PromiseProblems.PromiseExceedsInvoices]);

    static Problem Invalid(string field, Wording rule) => KernelProblems.FieldInvalid.With($"{field} {rule}.", field);
}

public sealed record CancelPromiseBody(string Reason);

/// <summary>Takes back what is left of our promise of a credit note. One that was cancelled already stays as it is.</summary>
public sealed record CancelCreditNotePromise(string Number, CancelPromiseBody Body) : Command
{
    public override string Name => "cancelCreditNotePromise";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PromiseCreditNote.Scope, Number, PromiseProblems.CreditNotePromiseUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(PromisesFacts.CreditTable, Number)];

    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<CreditNotePromise>(Number) is not { } promise)
            return PromiseProblems.CreditNotePromiseUnknown.With($"Promise {Number} of a credit note is not known.", "number");
        if (promise.Status == CreditNotePromiseStatus.Cancelled) return null;
        if (promise.Status == CreditNotePromiseStatus.Kept)
            return PromiseProblems.CreditNotePromiseKept.With($"Promise {Number} was kept on {promise.Ended:yyyy-MM-dd}.", "number");
        @case.Reason = Body.Reason;
        @case.Put(PromisesFacts.CreditTable, promise with { Status = CreditNotePromiseStatus.Cancelled, Ended = @case.Today });
        FollowPromises.Tell(@case, promise.Invoice);
        return null;
    }

    internal static void Map(Api api) => api.Post<CancelPromiseBody, CreditNotePromiseAnswer>(
        "/credit-note-promises/{number}/cancel", PromisePermissions.PromiseCreditNotes, "Takes back what is left of our promise of a credit note",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var (_, problem) = await request.SubmitAsync(new CancelCreditNotePromise(number, body));
            return problem is not null ? problem : CreditNotePromiseAnswer.Of((await ReadCreditNotePromises.FindAsync(request, number, cancel))!);
        },
        [PromiseProblems.CreditNotePromiseUnknown, PromiseProblems.CreditNotePromiseKept]);
}

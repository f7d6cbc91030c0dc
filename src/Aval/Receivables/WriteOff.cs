using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <param name="Date">From the invoice's to the business date.</param>
/// <param name="Amount">In the invoice's currency; at most what is free of it.</param>
public sealed record WriteOffBody(string Number, string Invoice, DateOnly Date, decimal Amount, string Reason);

/// <summary>Gives up a part of an invoice, for a reason.</summary>
public sealed record WriteOff(WriteOffBody Body) : Command
{
    public const string Scope = "write-off";

    public override string Name => "writeOff";

    // Whose it is, only the invoice tells: the decision puts its payer in the place of its number.
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Invoice)];
    public override Subject Subject => Subject.Document(PostInvoice.Scope, Body.Invoice, ReceivablesProblems.InvoiceUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Invoice, Body.Invoice);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Invoice, Body.Invoice)];

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number)
        ?? (string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Invoice>(Body.Invoice) is not { } invoice)
            return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Body.Invoice} is not known.", "invoice");
        if (DocumentDate.Refuse(Body.Date, @case.Today) is { } early) return early;
        if (Body.Date < invoice.Date)
            return KernelProblems.FieldInvalid.With($"date must not be before {invoice.Date:yyyy-MM-dd}, the date of invoice {invoice.Number}.", "date");
        if (!Amounts.TryOf(Body.Amount, invoice.Currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, invoice.Currency);
        if (amount > invoice.Free)
            return ReceivablesProblems.AllocationExceedsInvoice.With(
                $"Invoice {invoice.Number} has {new Money(invoice.Free, invoice.Currency)} left, less than {Body.Amount}.", "amount");
        // Many small ones are no way round the bound.
        var inSum = new Money(invoice.WrittenOff + amount, invoice.Currency);
        if (!IsWithinPolicy(@case.Company, inSum, Body.Date) && RefuseOwnReceipt(@case, invoice) is { } own) return own;
        var mayMore = ReceivablesPermissions.WriteOffBeyondPolicy.IsGrantedTo(@case.Actor);
        if (!mayMore && IsBeyondPolicy(@case.Company, inSum, Body.Date))
            return ReceivablesProblems.WriteOffBeyondRight.With(
                $"{inSum} in all of invoice {invoice.Number} is more than policy lets you write off: {string.Join(", ", ReceivablesPermissions.WriteOffBeyondPolicy.Roles)} may.",
                "amount");
        @case.ClaimParty = Debtor.PartyOf(@case.Facts, invoice);
        @case.Reason = Body.Reason;
        var (after, settlement) = Settling.WriteOff(Body.Number, invoice, amount, Body.Date, Body.Reason);
        @case.Put(ReceivablesTables.Invoice, mayMore ? after : after with { WrittenOff = inSum.Minor });
        @case.Put(ReceivablesTables.Settlement, settlement);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<WriteOffBody, WriteOffAnswer>(
            "/write-offs", ReceivablesPermissions.WriteOff, "Writes off a part of an invoice, for a reason",
            (body, _) => new WriteOff(body), (outcome, _) => WriteOffAnswer.Of(outcome.Row<Settlement>()!),
            [ReceivablesProblems.InvoiceUnknown, AccessProblems.RolesConflict, ReceivablesProblems.WriteOffBeyondRight, ReceivablesProblems.AllocationExceedsInvoice]);
        api.Get<WriteOffAnswer>(
            "/write-offs/{number}", ReceivablesPermissions.Read, "A write-off",
            async (request, cancel) => await ReceivablesQuery.Of(request).WriteOffAsync(request.Route("number"), cancel) is { } settlement
                ? WriteOffAnswer.Of(settlement)
                : ReceivablesProblems.WriteOffUnknown.With($"Write-off {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.WriteOffUnknown]);
    }

    /// <summary>Who took the money gives up the rest only as far as policy lets anybody: they could keep a part of what came.</summary>
    static Problem? RefuseOwnReceipt(Case @case, Invoice invoice) => Separation.Refuse(
        @case, invoice.ReceiptsBy, Roles.AccountsReceivable, [Roles.Finance], $"recorded or allocated what was paid of {invoice.Number}: another person writes off the rest");

    static bool IsWithinPolicy(Facts company, Money amount, DateOnly date) =>
        company.Get<PoliciesFacts>().Current.Policy.CashAsked.WriteOffUpTo is not null && !IsBeyondPolicy(company, amount, date);

    /// <summary>What cannot be converted into policy's currency is beyond it: nobody knows how much it is.</summary>
    static bool IsBeyondPolicy(Facts company, Money amount, DateOnly date)
    {
        var policy = company.Get<PoliciesFacts>().Current.Policy;
        if (policy.CashAsked.WriteOffUpTo is not { } most) return false;
        var currency = policy.Currency ?? company.Get<CompanyFacts>().Main?.Currency ?? amount.Currency;
        return company.Get<RatesFacts>().Converted(amount, currency, date) is not { } worth || worth.Major > most;
    }
}

using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Promises;

/// <summary>A promise to pay, as recorded.</summary>
/// <param name="Customer">Who gave it: the customer or its payer.</param>
/// <param name="Invoices">Open invoices of one payer in one currency; the amount goes to the one due first before others.</param>
/// <param name="Amount">In the invoices' currency; at most what is free of them and not promised already.</param>
/// <param name="Date">The last good day, not before the business date.</param>
/// <param name="Kind">Promised to somebody who asked, which is the default, or announced by the payer itself.</param>
/// <param name="Made">The day on which it was given, not after the business date, which is the default.</param>
/// <param name="Contact">Who gave it.</param>
public sealed record PromiseBody(
    string Number, string Customer, IReadOnlyList<string> Invoices, decimal Amount, DateOnly Date, PromiseKind Kind = PromiseKind.Promise, DateOnly? Made = null,
    string? Contact = null, string? Note = null);

/// <summary>Records a payer's promise to pay. What is promised and not disputed leaves the overdue tests until the date has passed, where policy says so.</summary>
public sealed record RecordPromise(PromiseBody Body) : Command
{
    public const string Scope = "promise";
    const int MostInvoices = 500;

    public override string Name => "recordPromise";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);
    public override IReadOnlyList<Cite> Cites => [.. Body.Invoices.Select(invoice => Cite.Of(ReceivablesTables.Invoice, invoice))];

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("number", Body.Number) is { } badNumber) return badNumber;
        if (Body.Invoices.Count is < 1 or > MostInvoices) return Invalid("invoices", $"must name 1 to {MostInvoices} invoices");
        return Body.Invoices.Distinct(StringComparer.Ordinal).Count() == Body.Invoices.Count ? null : Invalid("invoices", "must name each invoice once");
    }

    public override Problem? Decide(Case @case)
    {
        if (Debtor.Of(@case.Facts, Body.Customer) is not { } debtor) return PartyProblems.CustomerUnknown.With($"Customer {Body.Customer} is not known.", "customer");
        if (Body.Date < @case.Today) return Invalid("date", $"must not be before the business date {@case.Today:yyyy-MM-dd}");
        var made = Body.Made ?? @case.Today;
        if (made > @case.Today) return Invalid("made", $"must not be after the business date {@case.Today:yyyy-MM-dd}");
        var invoices = new List<Invoice>(Body.Invoices.Count);
        for (var i = 0; i < Body.Invoices.Count; i++)
        {
            if (@case.Facts.Find<Invoice>(Body.Invoices[i]) is not { } invoice)
                return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Body.Invoices[i]} is not known among those of {Body.Customer} and its group.", $"invoices[{i}]");
            if (invoice.Payer != debtor.Payer) return Invalid($"invoices[{i}]", $"must be one that {debtor.Payer} owes, not {invoice.Payer}");
            if (invoice.Currency != (invoices.Count == 0 ? invoice : invoices[0]).Currency)
                return Invalid($"invoices[{i}]", $"must be in {invoices[0].Currency}, the currency of the others");
            invoices.Add(invoice);
        }

        var currency = invoices[0].Currency;
        if (!Amounts.TryOf(Body.Amount, currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, currency);
        var free = invoices.OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal)
            .Select(invoice => (invoice.Number, invoice.Free - invoice.Said(PartKind.Promised))).ToList();
        if (Keeping.Distributed(free, amount) is not { } parts)
            return PromiseProblems.PromiseExceedsInvoices.With(
                $"The invoices have {new Money(free.Sum(invoice => Math.Max(0, invoice.Item2)), currency)} free that no other promise names.", "amount");
        @case.ClaimParty = debtor.Party;
        @case.Put(PromisesFacts.Table, new PromiseToPay(
            Body.Number, Body.Customer, debtor.Payer, Body.Kind, currency, parts, made, Body.Date, PromiseStatus.Open, Ended: null, Body.Contact, Body.Note));
        foreach (var part in parts) FollowPromises.Tell(@case, part.Invoice);
        return null;
    }

    internal static void Map(Api api) => api.Post<PromiseBody, PromiseAnswer>(
        "/promises", PromisePermissions.Record, "Records a payer's promise, or announcement, to pay an amount of some invoices by a day",
        (body, _) => new RecordPromise(body), (outcome, _) => PromiseAnswer.Of(outcome.Row<PromiseToPay>()!),
        [PartyProblems.CustomerUnknown, ReceivablesProblems.InvoiceUnknown, PromiseProblems.PromiseExceedsInvoices]);

    static Problem Invalid(string field, Wording rule) => KernelProblems.FieldInvalid.With($"{field} {rule}.", field);
}

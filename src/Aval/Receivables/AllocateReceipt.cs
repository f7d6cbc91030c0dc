using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>A part of a receipt for an invoice.</summary>
/// <param name="Amount">In the invoice's currency.</param>
/// <param name="Dispute">The standing dispute about the invoice that the payment settles, in all or in part.</param>
/// <param name="Date">From the receipt's to the business date, which is the default: aging as of an earlier day does not know the allocation.</param>
public sealed record AllocationBody(string Invoice, decimal Amount, DateOnly? Date = null, string? Dispute = null);

/// <summary>Allocates a receipt to invoices of its payer or, where a head office pays, of its group; all of it or nothing.</summary>
public sealed record AllocateReceipt(string Number, IReadOnlyList<AllocationBody> Body) : Command
{
    public override string Name => "allocateReceipt";
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => Trail.Cites(Number);

    /// <summary>Where the invoices are: one of another root is told apart from one that nobody knows.</summary>
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.RootsAsync(directory, cancel);

    public override Problem? Refuse()
    {
        if (Body.Count == 0) return KernelProblems.FieldInvalid.With("The list must name at least one invoice.");
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Body.Count; i++)
            if (Body[i].Dispute is { } dispute && !named.Add(dispute)) return KernelProblems.Invalid($"[{i}].dispute", "must be named once");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        var paid = new List<Paid>(Body.Count);
        for (var i = 0; i < Body.Count; i++)
            if (Allocate(@case, i, paid) is { } refusal) return refusal;
        Behaviours.Note(@case, paid, @case.Root);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<IReadOnlyList<AllocationBody>, ReceiptAnswer>(
            "/receipts/{number}/allocations", ReceivablesPermissions.AllocateReceipts, "Allocates a receipt to invoices; all of it or nothing",
            (body, request) => new AllocateReceipt(request.Route("number"), body), (outcome, _) => ReceiptAnswer.Of(outcome.Row<Receipt>()!),
            [
                ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, ReceivablesProblems.InvoiceUnknown, ReceivablesProblems.InvoiceOfAnotherRoot,
                ReceivablesProblems.DepositForAnotherOrder, ReceivablesProblems.RateUnknown, ReceivablesProblems.AllocationExceedsReceipt,
                ReceivablesProblems.AllocationExceedsInvoice,
            ]);
        api.Get<IReadOnlyList<AllocationAnswer>>(
            "/receipts/{number}/allocations", ReceivablesPermissions.Read, "What a receipt has paid, and what a return took back, in the order in which it happened",
            async (request, cancel) =>
            {
                var query = ReceivablesQuery.Of(request);
                if (await query.ReceiptAsync(request.Route("number"), cancel) is not { } receipt)
                    return ReceivablesProblems.ReceiptUnknown.With($"Receipt {request.Route("number")} is not known.", "number");
                return (await query.SettlementsOfAsync(request.Route("number"), cancel)).Select(settlement => AllocationAnswer.Of(settlement, receipt)).ToArray();
            },
            problems: [ReceivablesProblems.ReceiptUnknown]);
    }

    ReceiptTrail Trail => ReceiptTrail.None with { Invoices = [.. Body.Select(part => part.Invoice)] };

    Problem? Allocate(Case @case, int index, List<Paid> paid)
    {
        var part = Body[index];
        var receipt = @case.Facts.Find<Receipt>(Number)!;
        if (@case.Facts.Find<Invoice>(part.Invoice) is not { } invoice)
            return @case.Roots.Any(root => @case.Of(root).Find<Invoice>(part.Invoice) is not null)
                ? ReceivablesProblems.InvoiceOfAnotherRoot.With($"Invoice {part.Invoice} is owed by a customer outside the group of {receipt.Payer}.", $"[{index}].invoice")
                : ReceivablesProblems.InvoiceUnknown.With($"Invoice {part.Invoice} is not known.", $"[{index}].invoice");
        if (!Amounts.TryOf(part.Amount, invoice.Currency, out var amount)) return Amounts.Refuse($"[{index}].amount", part.Amount, invoice.Currency);
        var date = part.Date ?? (receipt.Date > @case.Today ? receipt.Date : @case.Today);
        if (part.Date is not null && (date < receipt.Date || date > @case.Today))
            return KernelProblems.FieldInvalid.With(
                $"date must be from {receipt.Date:yyyy-MM-dd}, the receipt's, to the business date {@case.Today:yyyy-MM-dd}.", $"[{index}].date");
        if (receipt is { DepositFor: { } order, OnAccount: false } && order != invoice.Order)
            return ReceivablesProblems.DepositForAnotherOrder.With($"Receipt {Number} is a deposit for order {order}.", $"[{index}].invoice");
        if (@case.Company.Get<RatesFacts>().Find(receipt.Currency, invoice.Currency, receipt.Date) is not { } rate)
            return ReceivablesProblems.RateUnknown.With($"There is no rate from {receipt.Currency} to {invoice.Currency} on or before {receipt.Date:yyyy-MM-dd}.");
        if (Settling.Cost(receipt, invoice, amount, rate) is not { } cost)
            return ReceivablesProblems.AllocationExceedsReceipt.With(
                $"Receipt {Number} has {new Money(receipt.Open, receipt.Currency)} left, less than {part.Amount} {invoice.Currency}.", $"[{index}].amount");
        if (amount > invoice.Free)
            return ReceivablesProblems.AllocationExceedsInvoice.With(
                $"Invoice {invoice.Number} has {new Money(invoice.Free, invoice.Currency)} left to be paid, less than {part.Amount}.", $"[{index}].amount");
        if (RefuseDispute(index, invoice, amount) is { } other) return other;
        var allocated = Settling.Allocate(receipt, invoice, amount, cost, date);
        @case.Put(ReceivablesTables.Receipt, allocated.Receipt);
        @case.Put(ReceivablesTables.Invoice, allocated.Invoice with { ReceiptsBy = Separation.HandsOf(@case.Actor, invoice.ReceiptsBy, receipt.RecordedBy) });
        @case.Put(ReceivablesTables.Settlement, allocated.Settlement with { Dispute = part.Dispute });
        if (Paid.By(allocated.Settlement, invoice) is { } settled) paid.Add(settled);
        return null;
    }

    /// <summary>A payment settles no more of a dispute than it is about.</summary>
    Problem? RefuseDispute(int index, Invoice invoice, long amount)
    {
        if (Body[index].Dispute is not { } dispute) return null;
        if (invoice.DisputedBy(dispute) is not { } most) return KernelProblems.Invalid($"[{index}].dispute", $"must be a standing dispute about invoice {invoice.Number}");
        return amount <= most ? null : KernelProblems.Invalid($"[{index}].amount", $"must be at most {new Money(most, invoice.Currency)}, which dispute {dispute} is about");
    }
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;

namespace Aval.Cash;

/// <summary>The numbers of what a payer has open in one currency, indexed once for any number of receipts.</summary>
sealed class NumbersOfPayer
{
    readonly List<Referable> documents = [];
    readonly int invoices;

    NumbersOfPayer(Facts facts, string payer, Currency currency)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        foreach (var item in receivables.Of(payer).OpenItems)
            if (receivables.Invoice(item.Invoice) is { Free: > 0 } invoice && invoice.Currency == currency) documents.Add(new Referable(invoice.Number, invoice.Order));
        invoices = documents.Count;
        foreach (var note in receivables.OpenCreditNotesOf(payer))
            if (note.Currency == currency) documents.Add(new Referable(note.Number, null));
        References = ReferenceIndex.Of(documents);
    }

    public ReferenceIndex References { get; }

    public int Count => documents.Count;

    public static NumbersOfPayer Of(Facts facts, string payer, Currency currency) => new(facts, payer, currency);

    public string Number(int place) => documents[place].Number;

    /// <summary>Else it is a credit note.</summary>
    public bool IsInvoice(int place) => place < invoices;
}

using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;

namespace Aval.Cash;

/// <summary>The numbers of what a payer has open in one currency, indexed once for any number of receipts.</summary>
sealed class NumbersOfPayer
{
    const int MostMentions = 64;

    readonly List<Referable> documents = [];
    readonly List<(string Number, long Amount)> settled = [];
    readonly ReferenceIndex settledNumbers;
    readonly int invoices;

    NumbersOfPayer(Facts facts, string payer, Currency currency)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        foreach (var item in receivables.Of(payer).OpenItems)
            if (receivables.Invoice(item.Invoice) is { } invoice && invoice.Currency == currency)
                if (invoice.Free > 0) documents.Add(new Referable(invoice.Number, invoice.Order));
                else settled.Add((invoice.Number, invoice.Amount));
        settledNumbers = ReferenceIndex.Of([.. settled.Select(invoice => new Referable(invoice.Number, null))]);
        invoices = documents.Count;
        foreach (var note in receivables.OpenCreditNotesOf(payer))
            if (note.Currency == currency) documents.Add(new Referable(note.Number, null));
        References = ReferenceIndex.Of(documents);
    }

    public ReferenceIndex References { get; }

    public int Count => documents.Count;

    public static NumbersOfPayer Of(Facts facts, string payer, Currency currency) => new(facts, payer, currency);

    /// <summary>Whether a text names an invoice of which nothing is left to pay, though its money has not cleared.</summary>
    public bool NamesSettled(string text, long amount)
    {
        if (settled.Count == 0) return false;
        var mentions = new Mention[MostMentions];
        return mentions.Take(settledNumbers.Find(text, mentions)).Any(mention => mention.NamesSettled(settled[mention.Document].Amount == amount));
    }

    public string Number(int place) => documents[place].Number;

    /// <summary>Else it is a credit note.</summary>
    public bool IsInvoice(int place) => place < invoices;
}

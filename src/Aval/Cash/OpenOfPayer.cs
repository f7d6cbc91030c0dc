using Aval.Cash.Rules;
using Aval.Company;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>What a receipt may pay, as matching sees it.</summary>
static class OpenOfPayer
{
    /// <summary>The open invoices and credit notes of the receipt's payer in its currency.</summary>
    /// <param name="laterToo">Also those dated after the receipt: they count only where the payer names them.</param>
    public static OpenDocuments Of(Facts facts, Receipt receipt, int graceDays, bool laterToo) => OpenDocuments.Of(All(facts, receipt, graceDays, laterToo));

    /// <summary>The same with numbers that were indexed before.</summary>
    public static OpenDocuments Of(Facts facts, Receipt receipt, int graceDays, bool laterToo, NumbersOfPayer numbers)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        var customers = facts.Get<PartiesFacts>().Customers;
        return OpenDocuments.Of(All(facts, receipt, graceDays, laterToo), numbers.References, place => numbers.IsInvoice(place)
            ? receivables.Invoice(numbers.Number(place)) is { } invoice && IsMeant(receipt, invoice, laterToo) ? Of(invoice, customers, receipt, graceDays) : null
            : receivables.CreditNote(numbers.Number(place)) is { } note && IsMeant(receipt, note, laterToo) ? Of(note) : null);
    }

    /// <summary>What the payers below the receipt's owe, too, where it is a head office; null where it is none. It counts only where the payer names it: what a group owes is no
    /// reason to pay for a branch.</summary>
    public static OpenDocuments? WithThoseBelow(Facts facts, Receipt receipt, int graceDays)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        var below = facts.Get<PartiesFacts>().PayersUnder(receipt.Payer)
            .Where(payer => payer.Number != receipt.Payer && receivables.Of(payer.Number).OpenItems.Count > 0).Select(payer => payer.Number).ToList();
        if (below.Count == 0) return null;
        return OpenDocuments.Of(All(facts, receipt, graceDays, laterToo: true).Concat(
            below.SelectMany(payer => Invoices(facts, payer, receipt, graceDays, laterToo: true))));
    }

    /// <summary>The open invoices of the receipt's payer in any currency, at the rate of the receipt's day; null where all are in its own. They count only where the payer names
    /// them: no amount says anything across rates.</summary>
    public static OpenDocuments? InAnyCurrency(Facts facts, Facts company, Receipt receipt)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        var open = receivables.Of(receipt.Payer).OpenItems.Select(item => receivables.Invoice(item.Invoice)!).Where(invoice => invoice.Free > 0).ToList();
        if (open.TrueForAll(invoice => invoice.Currency == receipt.Currency)) return null;
        var rates = company.Get<RatesFacts>();
        return OpenDocuments.Of(open.Select(invoice => Worth(rates, receipt, invoice) is { } worth
            ? new OpenDocument(invoice.Number, invoice.Payer, invoice.Date, invoice.DueDate, worth, Discount: 0, invoice.Order, invoice.Charge)
            : null).OfType<OpenDocument>());
    }

    /// <summary>What is free of an invoice in the receipt's currency on its day; null where no rate is known, or it is less than the least coin on one side.</summary>
    public static long? Worth(RatesFacts rates, Receipt receipt, Invoice invoice)
    {
        var free = new Money(invoice.Free, invoice.Currency);
        if (receipt.Currency == invoice.Currency) return free.Minor;
        if (rates.Find(receipt.Currency, invoice.Currency, receipt.Date) is not { } rate || Settling.Worth(receipt, invoice, rate) < 1) return null;
        return rates.Converted(free, receipt.Currency, receipt.Date) is not null && free.Convert(1 / rate.Factor, receipt.Currency).Minor is > 0 and var worth ? worth : null;
    }

    static IEnumerable<OpenDocument> All(Facts facts, Receipt receipt, int graceDays, bool laterToo)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        return Invoices(facts, receipt.Payer, receipt, graceDays, laterToo)
            .Concat(receivables.OpenCreditNotesOf(receipt.Payer).Where(note => IsMeant(receipt, note, laterToo)).Select(Of));
    }

    static IEnumerable<OpenDocument> Invoices(Facts facts, string payer, Receipt receipt, int graceDays, bool laterToo)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        var customers = facts.Get<PartiesFacts>().Customers;
        return receivables.Of(payer).OpenItems.Where(item => laterToo || item.Date <= receipt.Date)
            .Select(item => receivables.Invoice(item.Invoice)!).Where(invoice => IsMeant(receipt, invoice, laterToo))
            .Select(invoice => Of(invoice, customers, receipt, graceDays));
    }

    static OpenDocument Of(Invoice invoice, IReadOnlyDictionary<string, Customer> customers, Receipt receipt, int graceDays) => new(
        invoice.Number, invoice.Payer, invoice.Date, invoice.DueDate, invoice.Free,
        DiscountOf(invoice, customers.GetValueOrDefault(invoice.Customer), receipt.Date, graceDays), invoice.Order, invoice.Charge);

    static OpenDocument Of(CreditNote note) => new(note.Number, note.Payer, note.Date, note.Date, -note.Open);

    /// <summary>What the payer still disputes of its open invoices in the receipt's currency.</summary>
    public static IReadOnlyList<DisputedPart> Disputes(Facts facts, Receipt receipt)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        var open = new List<DisputedPart>();
        foreach (var standing in facts.Get<DisputesFacts>().Of(receipt.Payer).Standing)
            if (facts.Find<Dispute>(standing.Number) is { } dispute && receivables.Invoice(dispute.Invoice) is { } invoice && IsMeant(receipt, invoice, laterToo: true))
                open.Add(new DisputedPart(
                    dispute.Number,
                    new OpenDocument(invoice.Number, invoice.Payer, invoice.Date, invoice.DueDate, invoice.Free, Discount: 0, invoice.Order, invoice.Charge),
                    Math.Min(dispute.Amount, invoice.Free)));
        return open;
    }

    /// <summary>What the house accepts, in the receipt's currency; without a rate no rest is given up.</summary>
    public static (MatchSettings Settings, CashApplication Policy) Settings(Facts company, Receipt receipt)
    {
        var policy = company.Get<PoliciesFacts>().Current.Policy;
        var cash = policy.CashAsked;
        var currency = policy.Currency ?? company.Get<CompanyFacts>().Main?.Currency ?? receipt.Currency;
        var tolerance = company.Get<RatesFacts>().Converted(Money.Round(cash.Tolerance, currency), receipt.Currency, receipt.Date);
        return (new MatchSettings(tolerance?.Minor ?? 0, cash.TolerancePercent, cash.OldestFirst, cash.PostFrom) { AllocationOrder = cash.AllocationOrder }, cash);
    }

    static bool IsMeant(Receipt receipt, Invoice invoice, bool laterToo) =>
        invoice.Free > 0 && invoice.Currency == receipt.Currency && (laterToo || invoice.Date <= receipt.Date);

    static bool IsMeant(Receipt receipt, CreditNote note, bool laterToo) =>
        note.Open > 0 && note.Currency == receipt.Currency && (laterToo || note.Date <= receipt.Date);

    /// <summary>The discount agreed with its customer, while its days and the grace last and nothing of the invoice is paid.</summary>
    static long DiscountOf(Invoice invoice, Customer? customer, DateOnly paid, int graceDays)
    {
        if (customer is null || invoice.Charge != Charge.Principal || invoice.Free != invoice.Amount || !PaymentTerms.TryParse(customer.PaymentTerms, out var terms)) return 0;
        if (terms.Discount is not { } discount || paid > invoice.Date.AddDays(discount.Days + graceDays)) return 0;
        return Money.Round(new Money(invoice.Amount, invoice.Currency).Major * discount.Percent / 100, invoice.Currency).Minor;
    }
}

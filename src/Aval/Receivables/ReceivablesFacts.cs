using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>The live documents of receivables of one root, and what they come to for each payer.</summary>
/// <remarks>A row's contribution goes in with the row and out when it is replaced, so that the cost of a change does not grow with what is there.</remarks>
public sealed record ReceivablesFacts : IFactsSlice
{
    public static readonly ReceivablesFacts Empty = new();

    static readonly ImmutableSortedSet<string> NoNumbers = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    ImmutableDictionary<string, Invoice> Invoices { get; init; } = ImmutableDictionary.Create<string, Invoice>(StringComparer.Ordinal);
    ImmutableDictionary<string, CreditNote> CreditNotes { get; init; } = ImmutableDictionary.Create<string, CreditNote>(StringComparer.Ordinal);
    ImmutableDictionary<string, Receipt> Receipts { get; init; } = ImmutableDictionary.Create<string, Receipt>(StringComparer.Ordinal);
    ImmutableDictionary<string, Settlement> Settlements { get; init; } = ImmutableDictionary.Create<string, Settlement>(StringComparer.Ordinal);
    ImmutableDictionary<string, Withdrawal> Withdrawals { get; init; } = ImmutableDictionary.Create<string, Withdrawal>(StringComparer.Ordinal);
    ImmutableDictionary<string, InvoiceTracking> Tracked { get; init; } = ImmutableDictionary.Create<string, InvoiceTracking>(StringComparer.Ordinal);
    ImmutableDictionary<string, ImmutableSortedSet<string>> InvoicesByOrder { get; init; } = ByNumber;
    ImmutableDictionary<string, ImmutableSortedSet<string>> DepositsByOrder { get; init; } = ByNumber;
    ImmutableDictionary<string, ImmutableSortedSet<string>> SettlementsByReceipt { get; init; } = ByNumber;

    static ImmutableDictionary<string, ImmutableSortedSet<string>> ByNumber => ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    /// <summary>What each payer's documents come to.</summary>
    public Traced<PayerReceivables> Payers { get; private init; } = Traced<PayerReceivables>.Empty;

    public Invoice? Invoice(string number) => Invoices.GetValueOrDefault(number);
    public CreditNote? CreditNote(string number) => CreditNotes.GetValueOrDefault(number);
    public Receipt? Receipt(string number) => Receipts.GetValueOrDefault(number);
    public PayerReceivables Of(string payer) => Payers.Of(payer) ?? PayerReceivables.None;

    /// <summary>Whether somebody tells how far this payer's invoices have come.</summary>
    public bool Tracks(string payer) => Tracked.ContainsKey(payer);

    /// <summary>Documents that wait for a rate, or for their payer to be entered: their type and number.</summary>
    public ImmutableHashSet<(Type Row, string Number)> Unconverted { get; private init; } = [];

    /// <summary>Open invoices that are followed and not sent yet, by the day of their issue.</summary>
    public ImmutableSortedSet<Dated> NotSent { get; private init; } = [];

    /// <summary>Open invoices of an order, earliest due first.</summary>
    public IEnumerable<Invoice> OpenInvoicesOf(string order) =>
        InvoicesByOrder.GetValueOrDefault(order, NoNumbers).Select(number => Invoices[number]).Where(invoice => invoice.IsOpen).OrderBy(invoice => invoice.DueDate);

    /// <summary>This payer's cleared money that nobody has matched, the oldest first.</summary>
    public IEnumerable<Receipt> UnappliedOf(string payer) => Of(payer).Unapplied == 0
        ? []
        : Receipts.Values.Where(receipt => receipt.Payer == payer && receipt is { Status: ReceiptStatus.Cleared, DepositFor: null, OnAccount: false, Open: > 0 })
            .OrderBy(receipt => receipt.Date).ThenBy(receipt => receipt.Number, StringComparer.Ordinal);

    /// <summary>This payer's credit notes with something open, the oldest first.</summary>
    public IEnumerable<CreditNote> OpenCreditNotesOf(string payer) => Of(payer).OpenCreditNotes == 0
        ? []
        : CreditNotes.Values.Where(note => note.Payer == payer && note.Open > 0).OrderBy(note => note.Date).ThenBy(note => note.Number, StringComparer.Ordinal);

    /// <summary>Cleared money that waits for this order's invoices, oldest first.</summary>
    public IEnumerable<Receipt> DepositsFor(string order) =>
        DepositsByOrder.GetValueOrDefault(order, NoNumbers).Select(number => Receipts[number]).Where(receipt => receipt.IsDeposit).OrderBy(receipt => receipt.Date);

    /// <summary>The settlements of a receipt that are in the facts: those at risk, and those that a command has named.</summary>
    public IEnumerable<Settlement> SettlementsOf(string receipt) => SettlementsByReceipt.GetValueOrDefault(receipt, NoNumbers).Select(id => Settlements[id]);

    public IFactsSlice With(object row) => row switch
    {
        Invoice invoice => Removed(invoice).Added(invoice),
        CreditNote note => Removed(note).Added(note),
        Receipt receipt => Removed(receipt).Added(receipt),
        Settlement settlement => Removed(settlement).Added(settlement),
        PaymentBehaviour behaviour => Paying(behaviour.Payer, behaviour),
        InvoiceTracking tracking => this with { Tracked = Tracked.SetItem(tracking.Payer, tracking) },
        Withdrawal withdrawal => this with { Withdrawals = Withdrawals.SetItem(withdrawal.Id, withdrawal) },
        _ => this,
    };

    public IFactsSlice WithNew(IReadOnlyList<object> rows)
    {
        var invoices = Invoices.ToBuilder();
        foreach (var row in rows)
        {
            if (row is Invoice { Order: null, Rate: not null } invoice && Issued(invoice) is null && invoices.TryAdd(invoice.Number, invoice)) continue;
            // Something else has a place in more than one list.
            IFactsSlice grown = this;
            foreach (var each in rows) grown = grown.With(each);
            return grown;
        }

        var payers = rows.Cast<Invoice>().GroupBy(invoice => invoice.Payer, StringComparer.Ordinal)
            .Select(bills => KeyValuePair.Create(bills.Key, Of(bills.Key).With(bills)));
        return this with { Invoices = invoices.ToImmutable(), Payers = Payers.With(payers) };
    }

    public IFactsSlice Without(object row) => row switch
    {
        Invoice invoice => Removed(invoice),
        CreditNote note => Removed(note),
        Receipt receipt => Removed(receipt),
        Settlement settlement => Removed(settlement),
        PaymentBehaviour behaviour => Paying(behaviour.Payer, null),
        InvoiceTracking tracking => this with { Tracked = Tracked.Remove(tracking.Payer) },
        Withdrawal withdrawal => this with { Withdrawals = Withdrawals.Remove(withdrawal.Id) },
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(Invoice) ? Invoice(key)
        : row == typeof(Receipt) ? Receipt(key)
        : row == typeof(CreditNote) ? CreditNote(key)
        : row == typeof(Settlement) ? Settlements.GetValueOrDefault(key)
        : row == typeof(PaymentBehaviour) ? Of(key).Behaviour
        : row == typeof(InvoiceTracking) ? Tracked.GetValueOrDefault(key)
        : row == typeof(Withdrawal) ? Withdrawals.GetValueOrDefault(key)
        : null;

    public IEnumerable<object> RowsOf(string party) =>
        Invoices.Values.Where(invoice => invoice.Payer == party).Cast<object>()
            .Concat(CreditNotes.Values.Where(note => note.Payer == party))
            .Concat(Receipts.Values.Where(receipt => receipt.Payer == party))
            .Concat(Settlements.Values.Where(settlement => settlement.Payer == party))
            .Concat(Of(party).Behaviour is { } behaviour ? [behaviour] : Array.Empty<object>())
            .Concat(Tracked.Values.Where(tracking => tracking.Payer == party));

    ReceivablesFacts Paying(string payer, PaymentBehaviour? behaviour) => this with { Payers = Payers.With(payer, Of(payer) with { Behaviour = behaviour }) };

    ReceivablesFacts Added(Invoice invoice) => this with
    {
        Invoices = Invoices.Add(invoice.Number, invoice),
        Unconverted = invoice.Rate is null ? Unconverted.Add((typeof(Invoice), invoice.Number)) : Unconverted,
        NotSent = Issued(invoice) is { } issued ? NotSent.Add(issued) : NotSent,
        InvoicesByOrder = Grown(InvoicesByOrder, invoice.Order, invoice.Number),
        Payers = Payers.With(invoice.Payer, Of(invoice.Payer).Counted(invoice, +1)),
    };

    ReceivablesFacts Removed(Invoice invoice) => !Invoices.TryGetValue(invoice.Number, out var known) ? this : this with
    {
        Invoices = Invoices.Remove(known.Number),
        Unconverted = Unconverted.Remove((typeof(Invoice), known.Number)),
        NotSent = Issued(known) is { } issued ? NotSent.Remove(issued) : NotSent,
        InvoicesByOrder = Shrunk(InvoicesByOrder, known.Order, known.Number),
        Payers = Payers.With(known.Payer, Of(known.Payer).Counted(known, -1)),
    };

    ReceivablesFacts Added(CreditNote note) => this with
    {
        CreditNotes = CreditNotes.Add(note.Number, note),
        Unconverted = note.Rate is null ? Unconverted.Add((typeof(CreditNote), note.Number)) : Unconverted,
        Payers = Payers.With(note.Payer, Of(note.Payer).Counted(note, +1)),
    };

    ReceivablesFacts Removed(CreditNote note) => !CreditNotes.TryGetValue(note.Number, out var known) ? this : this with
    {
        CreditNotes = CreditNotes.Remove(known.Number),
        Unconverted = Unconverted.Remove((typeof(CreditNote), known.Number)),
        Payers = Payers.With(known.Payer, Of(known.Payer).Counted(known, -1)),
    };

    ReceivablesFacts Added(Receipt receipt) => this with
    {
        Receipts = Receipts.Add(receipt.Number, receipt),
        Unconverted = receipt.Rate is null ? Unconverted.Add((typeof(Receipt), receipt.Number)) : Unconverted,
        DepositsByOrder = Grown(DepositsByOrder, receipt.DepositFor, receipt.Number),
        Payers = Payers.With(receipt.Payer, Of(receipt.Payer).Counted(receipt, +1)),
    };

    ReceivablesFacts Removed(Receipt receipt) => !Receipts.TryGetValue(receipt.Number, out var known) ? this : this with
    {
        Receipts = Receipts.Remove(known.Number),
        Unconverted = Unconverted.Remove((typeof(Receipt), known.Number)),
        DepositsByOrder = Shrunk(DepositsByOrder, known.DepositFor, known.Number),
        Payers = Payers.With(known.Payer, Of(known.Payer).Counted(known, -1)),
    };

    ReceivablesFacts Added(Settlement settlement) => this with
    {
        Settlements = Settlements.Add(settlement.Id, settlement), SettlementsByReceipt = Grown(SettlementsByReceipt, ReceiptOf(settlement), settlement.Id),
    };

    ReceivablesFacts Removed(Settlement settlement) => !Settlements.TryGetValue(settlement.Id, out var known) ? this : this with
    {
        Settlements = Settlements.Remove(known.Id), SettlementsByReceipt = Shrunk(SettlementsByReceipt, ReceiptOf(known), known.Id),
    };

    static Dated? Issued(Invoice invoice) => invoice is { IsOpen: true, Life: { Stage: InvoiceStage.Issued } issue } ? new Dated(issue.Date, invoice.Number) : null;

    static string? ReceiptOf(Settlement settlement) => settlement.Source == SettlementSource.Receipt ? settlement.SourceNumber : null;

    static ImmutableDictionary<string, ImmutableSortedSet<string>> Grown(ImmutableDictionary<string, ImmutableSortedSet<string>> index, string? key, string number) =>
        key is null ? index : index.SetItem(key, index.GetValueOrDefault(key, NoNumbers).Add(number));

    static ImmutableDictionary<string, ImmutableSortedSet<string>> Shrunk(ImmutableDictionary<string, ImmutableSortedSet<string>> index, string? key, string number)
    {
        if (key is null) return index;
        var left = index.GetValueOrDefault(key, NoNumbers).Remove(number);
        return left.Count == 0 ? index.Remove(key) : index.SetItem(key, left);
    }
}

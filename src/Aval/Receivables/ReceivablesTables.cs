using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How the documents of receivables are kept. Each moves with its payer.</summary>
public static class ReceivablesTables
{
    public static readonly Table<Invoice> Invoice = new(
        "invoice",
        [
            ("number", ColumnKind.Text, invoice => invoice.Number),
            ("customer", ColumnKind.Text, invoice => invoice.Customer),
            ("payer", ColumnKind.Text, invoice => invoice.Payer),
            ("order", ColumnKind.Text, invoice => invoice.Order),
            ("date", ColumnKind.Date, invoice => invoice.Date),
            ("due_date", ColumnKind.Date, invoice => invoice.DueDate),
            ("currency", ColumnKind.Text, invoice => invoice.Currency.Code),
            ("amount", ColumnKind.Whole, invoice => invoice.Amount),
            ("credit_currency", ColumnKind.Text, invoice => invoice.CreditCurrency?.Code),
            ("rate", ColumnKind.Text, invoice => invoice.Rate?.ToText()),
            ("rate_date", ColumnKind.Date, invoice => invoice.Rate?.Date),
            ("lines", ColumnKind.Json, invoice => invoice.Lines.Count == 0 ? null : JsonSerializer.Serialize(invoice.Lines, Json.Options)),
            ("draft", ColumnKind.Flag, invoice => invoice.Draft),
            ("settled", ColumnKind.Whole, invoice => invoice.Settled),
            ("at_risk", ColumnKind.Whole, invoice => invoice.AtRisk),
            ("last_settled", ColumnKind.Date, invoice => invoice.LastSettled),
            ("marks", ColumnKind.Text, invoice => invoice.Marks.Count == 0 ? null : string.Join(' ', invoice.Marks)),
            ("parts", ColumnKind.Json, invoice => invoice.Parts.Count == 0 ? null : JsonSerializer.Serialize(invoice.Parts, Written)),
            ("stage", ColumnKind.Text, invoice => invoice.Life is { } life ? Words.Of(life.Stage) : null),
            ("stage_date", ColumnKind.Date, invoice => invoice.Life?.Date),
            ("stage_reason", ColumnKind.Text, invoice => invoice.Life?.Reason),
            ("fault", ColumnKind.Text, invoice => invoice.Life?.Fault is { } fault ? Words.Of(fault) : null),
            ("charge", ColumnKind.Text, invoice => invoice.Charge == Charge.Principal ? null : Words.Of(invoice.Charge)),
            ("receipts_by", ColumnKind.Text, invoice => invoice.ReceiptsBy),
            ("written_off", ColumnKind.Whole, invoice => invoice.WrittenOff == 0 ? null : invoice.WrittenOff),
        ],
        invoice => invoice.Payer,
        ReadInvoice,
        invoice => invoice.IsOpen,
        personal: [new("stage_reason")]);

    /// <remarks>Lives as long as its payer: what is issued to it is followed.</remarks>
    public static readonly Table<InvoiceTracking> Tracking = new(
        "invoice_tracking",
        [("payer", ColumnKind.Text, tracking => tracking.Payer), ("since", ColumnKind.Date, tracking => tracking.Since)],
        tracking => tracking.Payer,
        v => new InvoiceTracking(v.Text(), v.Date()));

    public static readonly Table<CreditNote> CreditNote = new(
        "credit_note",
        [
            ("number", ColumnKind.Text, note => note.Number),
            ("customer", ColumnKind.Text, note => note.Customer),
            ("payer", ColumnKind.Text, note => note.Payer),
            ("invoice", ColumnKind.Text, note => note.Invoice),
            ("date", ColumnKind.Date, note => note.Date),
            ("currency", ColumnKind.Text, note => note.Currency.Code),
            ("amount", ColumnKind.Whole, note => note.Amount),
            ("credit_currency", ColumnKind.Text, note => note.CreditCurrency?.Code),
            ("rate", ColumnKind.Text, note => note.Rate?.ToText()),
            ("rate_date", ColumnKind.Date, note => note.Rate?.Date),
            ("applied", ColumnKind.Whole, note => note.Applied),
            ("refunded", ColumnKind.Whole, note => note.Refunded == 0 ? null : note.Refunded),
        ],
        note => note.Payer,
        v => new CreditNote(
            v.Text(), v.Text(), v.Text(), v.TextOrNull(), v.Date(), v.Currency(), v.Whole(), CurrencyOrNull(v), StoredRate.Read(v.TextOrNull(), v.DateOrNull()), v.Whole())
        {
            Refunded = v.WholeOrNull() ?? 0,
        },
        note => note.Open > 0);

    public static readonly Table<Receipt> Receipt = new(
        "receipt",
        [
            ("number", ColumnKind.Text, receipt => receipt.Number),
            ("payer", ColumnKind.Text, receipt => receipt.Payer),
            ("date", ColumnKind.Date, receipt => receipt.Date),
            ("currency", ColumnKind.Text, receipt => receipt.Currency.Code),
            ("amount", ColumnKind.Whole, receipt => receipt.Amount),
            ("reference", ColumnKind.Text, receipt => receipt.Reference),
            ("status", ColumnKind.Text, receipt => Words.Of(receipt.Status)),
            ("deposit_for", ColumnKind.Text, receipt => receipt.DepositFor),
            ("credit_currency", ColumnKind.Text, receipt => receipt.CreditCurrency?.Code),
            ("rate", ColumnKind.Text, receipt => receipt.Rate?.ToText()),
            ("rate_date", ColumnKind.Date, receipt => receipt.Rate?.Date),
            ("allocated", ColumnKind.Whole, receipt => receipt.Allocated),
            ("on_account", ColumnKind.Flag, receipt => receipt.OnAccount),
            ("cleared_on", ColumnKind.Date, receipt => receipt.ClearedOn),
            ("returned_on", ColumnKind.Date, receipt => receipt.ReturnedOn),
            ("settlements", ColumnKind.Whole, receipt => receipt.Settlements),
            ("withdrawn", ColumnKind.Whole, receipt => receipt.Withdrawn == 0 ? null : receipt.Withdrawn),
            ("transferred_from", ColumnKind.Text, receipt => receipt.TransferredFrom),
            ("recorded_by", ColumnKind.Text, receipt => receipt.RecordedBy),
        ],
        receipt => receipt.Payer,
        ReadReceipt,
        receipt => receipt.Open > 0 || receipt.Status == ReceiptStatus.Uncleared,
        [new("reference")]);

    /// <remarks>Live while at risk: clearing and return find them in the facts. The others are history, and are read by queries.</remarks>
    public static readonly Table<Settlement> Settlement = new(
        "settlement",
        [
            ("id", ColumnKind.Text, settlement => settlement.Id),
            ("payer", ColumnKind.Text, settlement => settlement.Payer),
            ("source", ColumnKind.Text, settlement => Words.Of(settlement.Source)),
            ("source_number", ColumnKind.Text, settlement => settlement.SourceNumber),
            ("invoice", ColumnKind.Text, settlement => settlement.Invoice),
            ("date", ColumnKind.Date, settlement => settlement.Date),
            ("currency", ColumnKind.Text, settlement => settlement.Currency.Code),
            ("amount", ColumnKind.Whole, settlement => settlement.Amount),
            ("source_amount", ColumnKind.Whole, settlement => settlement.SourceAmount),
            ("cleared", ColumnKind.Date, settlement => settlement.Cleared),
            ("counts_from", ColumnKind.Date, settlement => settlement.CountsFrom),
            ("taken_back", ColumnKind.Flag, settlement => settlement.TakenBack),
            ("reason", ColumnKind.Text, settlement => settlement.Reason),
            ("credit_amount", ColumnKind.Whole, settlement => settlement.CreditAmount),
            ("exchange_difference", ColumnKind.Whole, settlement => settlement.ExchangeDifference),
            ("dispute", ColumnKind.Text, settlement => settlement.Dispute),
        ],
        settlement => settlement.Payer,
        ReadSettlement,
        settlement => settlement.IsAtRisk,
        [new("reason")]);

    public static readonly Table<PaymentBehaviour> Behaviour = new(
        "payment_behaviour",
        [
            ("payer", ColumnKind.Text, behaviour => behaviour.Payer),
            ("latest", ColumnKind.Date, behaviour => behaviour.Latest),
            ("months", ColumnKind.Json, behaviour => WrittenMonths(behaviour.Months)),
        ],
        behaviour => behaviour.Payer,
        v => new PaymentBehaviour(
            v.Text(), v.Date(), [.. JsonSerializer.Deserialize<decimal[][]>(v.Text(), Json.Options)!.Select(month => new PaidMonth(month[0], month[1], month[2]))]));

    /// <remarks>History: a command that takes one back names it.</remarks>
    public static readonly Table<Withdrawal> Withdrawal = new(
        "withdrawal",
        [
            ("id", ColumnKind.Text, withdrawal => withdrawal.Id),
            ("number", ColumnKind.Text, withdrawal => withdrawal.Number),
            ("kind", ColumnKind.Text, withdrawal => Words.Of(withdrawal.Kind)),
            ("receipt", ColumnKind.Text, withdrawal => withdrawal.Receipt ?? ""),
            ("payer", ColumnKind.Text, withdrawal => withdrawal.Payer),
            ("to", ColumnKind.Text, withdrawal => withdrawal.To),
            ("date", ColumnKind.Date, withdrawal => withdrawal.Date),
            ("currency", ColumnKind.Text, withdrawal => withdrawal.Currency.Code),
            ("amount", ColumnKind.Whole, withdrawal => withdrawal.Amount),
            ("reason", ColumnKind.Text, withdrawal => withdrawal.Reason),
            ("reverses", ColumnKind.Text, withdrawal => withdrawal.Reverses),
            ("reversed_by", ColumnKind.Text, withdrawal => withdrawal.ReversedBy),
            ("credit_note", ColumnKind.Text, withdrawal => withdrawal.CreditNote),
        ],
        withdrawal => withdrawal.Payer,
        v => new Withdrawal(
            v.Text(), v.Text(), v.Word<WithdrawalKind>(), v.Text() is { Length: > 0 } receipt ? receipt : null, v.Text(), v.TextOrNull(), v.Date(), v.Currency(), v.Whole(),
            v.Text(), v.TextOrNull(), v.TextOrNull()) { CreditNote = v.TextOrNull() },
        _ => false,
        [new("reason")]);

    public static IReadOnlyList<Table> All { get; } = [Invoice, CreditNote, Receipt, Settlement, Behaviour, Tracking, Withdrawal];

    static Invoice ReadInvoice(Values v)
    {
        var read = new Invoice(
            v.Text(), v.Text(), v.Text(), v.TextOrNull(), v.Date(), v.Date(), v.Currency(), v.Whole(), CurrencyOrNull(v), StoredRate.Read(v.TextOrNull(), v.DateOrNull()),
            v.TextOrNull() is { } lines ? JsonSerializer.Deserialize<InvoiceLine[]>(lines, Json.Options)! : [], v.Flag(), v.Whole(), v.Whole(), [])
        {
            LastSettled = v.DateOrNull(),
        };
        if (v.TextOrNull() is { } marks) read = read with { Marks = marks.Split(' ') };
        if (v.TextOrNull() is { } parts) read = read with { Parts = JsonSerializer.Deserialize<InvoicePart[]>(parts, Written)! };
        var (stage, date, reason, fault) = (v.WordOrNull<InvoiceStage>(), v.DateOrNull(), v.TextOrNull(), v.WordOrNull<RejectionFault>());
        if (stage is { } told) read = read with { Life = new InvoiceLife(told, date!.Value, reason, fault) };
        if (v.WordOrNull<Charge>() is { } charge) read = read with { Charge = charge };
        return read with { ReceiptsBy = v.TextOrNull(), WrittenOff = v.WholeOrNull() ?? 0 };
    }

    static Receipt ReadReceipt(Values v)
    {
        return new Receipt(
            v.Text(), v.Text(), v.Date(), v.Currency(), v.Whole(), v.TextOrNull(), v.Word<ReceiptStatus>(), v.TextOrNull(), CurrencyOrNull(v),
            StoredRate.Read(v.TextOrNull(), v.DateOrNull()), v.Whole(), v.Flag())
        {
            ClearedOn = v.DateOrNull(), ReturnedOn = v.DateOrNull(), Settlements = v.Whole(), Withdrawn = v.WholeOrNull() ?? 0, TransferredFrom = v.TextOrNull(),
            RecordedBy = v.TextOrNull(),
        };
    }

    static Settlement ReadSettlement(Values v)
    {
        var (id, payer, source, sourceNumber, invoice, date) = (v.Text(), v.Text(), v.Word<SettlementSource>(), v.Text(), v.Text(), v.Date());
        var (currency, amount, sourceAmount, cleared, _) = (v.Currency(), v.Whole(), v.Whole(), v.DateOrNull(), v.DateOrNull());
        return new Settlement(id, payer, source, sourceNumber, invoice, date, currency, amount, sourceAmount, cleared, v.Flag(), v.TextOrNull())
        {
            CreditAmount = v.WholeOrNull(), ExchangeDifference = v.WholeOrNull(), Dispute = v.TextOrNull(),
        };
    }

    /// <summary>As lists of three figures: it is written with every payment, so it is kept short.</summary>
    static string WrittenMonths(IReadOnlyList<PaidMonth> months) => JsonSerializer.Serialize(
        months.Select(month => new[] { month.Amount, month.AmountDays, month.AmountSquares }), Json.Options);

    /// <summary>What can be computed is not kept.</summary>
    static readonly JsonSerializerOptions Written = new(Json.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true,
    };

    static Currency? CurrencyOrNull(Values v) => v.TextOrNull() is { } code ? Currency.Of(code) : null;
}

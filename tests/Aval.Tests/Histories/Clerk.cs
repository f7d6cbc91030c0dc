using Aval.Checks;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Tests.Histories;

/// <summary>Writes down by hand what was accepted (orders, deliveries, invoices, money) and says what each document must have come to.</summary>
sealed class Clerk
{
    readonly Dictionary<string, Sheet> sheets = new(StringComparer.Ordinal);
    readonly Dictionary<string, InvoiceBody> drafts = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> invoiced = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> received = new(StringComparer.Ordinal);
    readonly Dictionary<string, Settlement> settlements = new(StringComparer.Ordinal);

    sealed class Sheet(Order order)
    {
        public Order Order { get; set; } = order;
        public Dictionary<int, Part> Parts { get; } = [];
        public bool Cancelled { get; set; }
    }

    /// <summary>One line of an order: goods in units, money in minor units.</summary>
    sealed class Part
    {
        public required OrderLine Line { get; set; }
        public decimal Ordered { get; set; }
        public decimal Delivered { get; set; }
        public decimal Cancelled { get; set; }
        public decimal Invoiced { get; set; }
        public long Billed { get; set; }
    }

    public void Note(Command command, Answer answer)
    {
        if (answer.Outcome is not { Repeated: false } done) return;
        foreach (var settlement in done.Rows.OfType<Settlement>()) settlements[settlement.Id] = settlement;
        switch (command)
        {
            case EnterOrder entered: Enter(entered.Body, done.Row<Order>()!); break;
            // Said again as it was, an order leaves no row.
            case ChangeOrder changed when done.Row<Order>() is { } order: Enter(changed.Body, order); break;
            case CancelOrder cancelled: Cancel(sheets[cancelled.Number]); break;
            case RecordDelivery delivered:
                foreach (var part in delivered.Body.Lines) sheets[delivered.Number].Parts[part.Line].Delivered += part.Quantity.Value;
                break;
            case PostInvoice { Body: var body }:
                invoiced[body.Number] = Money.Of(body.Amount, body.Currency).Minor;
                if (body.Draft) drafts[body.Number] = body;
                else Bill(body);
                break;
            case IssueInvoice issued when drafts.Remove(issued.Number, out var draft): Bill(draft); break;
            case PostReceipt { Body: var body }: received[body.Number] = Money.Of(body.Amount, body.Currency).Minor; break;
            case AllocateReceipt allocated: Paid(allocated, done); break;
            case WriteOff { Body: var body }:
                Assert.Equal(Money.Of(body.Amount, done.Row<Settlement>()!.Currency).Minor, done.Row<Settlement>()!.Amount);
                break;
        }
    }

    void Enter(OrderBody body, Order order)
    {
        if (!sheets.TryGetValue(body.Number, out var sheet)) sheets[body.Number] = sheet = new Sheet(order);
        sheet.Order = order;
        sheet.Cancelled = false;
        foreach (var gone in sheet.Parts.Keys.Except(body.Lines.Select(line => line.Line)).ToList())
        {
            Assert.Equal((0, 0), (sheet.Parts[gone].Delivered, sheet.Parts[gone].Billed));
            sheet.Parts.Remove(gone);
        }

        foreach (var line in body.Lines)
        {
            var written = order.Lines.Single(other => other.Line == line.Line);
            if (!sheet.Parts.TryGetValue(line.Line, out var part)) sheet.Parts[line.Line] = part = new Part { Line = written };
            (part.Line, part.Ordered, part.Cancelled) = (written, line.Quantity.Value, 0);
        }
    }

    static void Cancel(Sheet sheet)
    {
        if (sheet.Cancelled) return;
        foreach (var part in sheet.Parts.Values) part.Cancelled = Math.Max(0, part.Ordered - part.Delivered);
        sheet.Cancelled = sheet.Parts.Values.All(part => part.Delivered == 0);
    }

    void Bill(InvoiceBody body)
    {
        if (body.Order is null) return;
        var sheet = sheets[body.Order];
        if (body.Lines is { Count: > 0 } lines)
            foreach (var (number, quantity) in lines)
            {
                var part = sheet.Parts[number];
                part.Invoiced += quantity.Value;
                part.Billed = Math.Max(part.Billed, Worth(sheet, part, part.Invoiced));
            }
        else ByAmount(sheet, Money.Of(body.Amount, body.Currency).Minor);
    }

    /// <summary>A cent at a time: what is delivered first, line after line, then what is open; a cent or two beside one of the two sums means that sum.</summary>
    static void ByAmount(Sheet sheet, long amount)
    {
        var parts = sheet.Parts.Values.OrderBy(part => sheet.Order.Lines.ToList().FindIndex(line => line.Line == part.Line.Line)).ToList();
        var delivered = parts.Sum(part => Math.Max(0, Worth(sheet, part, part.Delivered) - part.Billed));
        var everything = parts.Sum(part => Math.Max(0, Worth(sheet, part, Most(sheet, part)) - part.Billed));
        var near = new[] { delivered, everything }.Where(sum => sum > 0 && Math.Abs(amount - sum) <= Math.Max(2, parts.Count)).ToList();
        if (near.Count > 0) amount = near.MinBy(sum => Math.Abs(amount - sum));
        foreach (var bound in new Func<Part, decimal>[] { part => part.Delivered, part => Most(sheet, part) })
            foreach (var part in parts)
            {
                var whole = Worth(sheet, part, bound(part));
                var takes = false;
                for (; amount > 0 && part.Billed < whole; amount--, takes = true) part.Billed++;
                if (!takes) continue;
                var paidFor = part.Billed == whole ? bound(part) : decimal.Floor(bound(part) * part.Billed / whole * 100_000) / 100_000;
                part.Invoiced = Math.Max(part.Invoiced, paidFor);
            }
    }

    static decimal Most(Sheet sheet, Part part) => sheet.Cancelled ? part.Delivered : Math.Max(part.Ordered - part.Cancelled, part.Delivered);

    static long Worth(Sheet sheet, Part part, decimal quantity) => Oracle.Worth(sheet.Order, part.Line, quantity);

    static void Paid(AllocateReceipt allocated, Outcome done)
    {
        var written = done.Rows.OfType<Settlement>().Select(settlement => (settlement.Invoice, settlement.Amount));
        var asked = allocated.Body.Zip(done.Rows.OfType<Invoice>()).Select(pair => (pair.First.Invoice, Money.Of(pair.First.Amount, pair.Second.Currency).Minor));
        Assert.Equal(asked, written);
    }

    /// <summary>Every document stands as the sheets say; and all goods are in one place at a time.</summary>
    public void Check(Picture now)
    {
        foreach (var (number, sheet) in sheets)
            if (now.Find<Order>(number) is { } order) Check(sheet, order);
            else Assert.All(sheet.Parts.Values, part => Assert.True(part.Billed >= Worth(sheet, part, Most(sheet, part)), $"{number} is closed with something left to bill"));
        var live = now.All<Order>().Select(order => order.Number).ToList();
        Assert.Distinct(live);
        Assert.Empty(live.Except(sheets.Keys));
        foreach (var invoice in now.All<Invoice>()) Check(invoice);
        foreach (var receipt in now.All<Receipt>()) Check(receipt);
        foreach (var note in now.All<CreditNote>()) Assert.Equal(note.Applied, Of(SettlementSource.CreditNote, note.Number).Sum(settlement => settlement.SourceAmount));
    }

    static void Check(Sheet sheet, Order order)
    {
        foreach (var line in order.Lines)
        {
            var part = sheet.Parts[line.Line];
            Assert.Equal(
                (order.Number, line.Line, part.Ordered, part.Delivered, part.Cancelled, part.Invoiced, part.Billed),
                (order.Number, line.Line, line.Quantity.Value, line.Delivered.Value, line.Cancelled.Value, line.Invoiced.Value, line.Billed));
            Assert.True(part.Cancelled <= part.Ordered);
        }

        // In the order's own currency and at one to one, so that every cent shows.
        var own = order with { Rate = Rates.Rules.StoredRate.Same(order.OrderDate), CreditCurrency = order.Currency };
        var value = OrderValue.Of(own);
        var (open, unbilled) = Oracle.Buckets(own);
        Assert.Equal((open, unbilled), (value.Open, value.Unbilled));
        Assert.True(open >= 0 && unbilled >= 0);
        var all = sheet.Parts.Values.Sum(part => Math.Max(part.Billed, Worth(sheet, part, Math.Max(part.Ordered - part.Cancelled, part.Delivered))));
        Assert.Equal(all, open + unbilled + sheet.Parts.Values.Sum(part => part.Billed));
    }

    void Check(Invoice invoice)
    {
        var own = settlements.Values.Where(settlement => settlement.Invoice == invoice.Number).ToList();
        Assert.Equal(
            (invoice.Number, invoiced[invoice.Number], own.Where(part => part.CountsFrom is not null).Sum(part => part.Amount),
                own.Where(part => part.CountsFrom is null).Sum(part => part.Amount), drafts.ContainsKey(invoice.Number)),
            (invoice.Number, invoice.Amount, invoice.Settled, invoice.AtRisk, invoice.Draft));
        Assert.True(invoice.Settled >= 0 && invoice.AtRisk >= 0 && invoice.Settled + invoice.AtRisk <= invoice.Amount, $"{invoice.Number} was paid more than it asks");
    }

    void Check(Receipt receipt)
    {
        Assert.Equal(received[receipt.Number], receipt.Amount);
        Assert.Equal(receipt.Allocated, Of(SettlementSource.Receipt, receipt.Number).Sum(settlement => settlement.SourceAmount));
        Assert.InRange(receipt.Allocated, 0, receipt.Amount);
    }

    IEnumerable<Settlement> Of(SettlementSource source, string number) =>
        settlements.Values.Where(settlement => settlement.Source == source && settlement.SourceNumber == number);
}

using Aval.Cash;
using Aval.Checks;
using Aval.Company;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Tests.Histories;

/// <summary>Makes a deed a command on what is there. It chooses only by the deed's numbers and by the picture, so that the same history is the same everywhere.</summary>
sealed class Script(ReceivablesQuery query)
{
    static readonly string[] Currencies = ["EUR", "EUR", "EUR", "USD", "USD", "GBP", "JPY"];
    static readonly decimal[] Taxes = [0, 19, 7.7m];
    static readonly decimal[] Prices = [9.99m, 33.333m, 12, 0.07m, 24.95m];

    readonly List<string> orders = [];
    readonly List<string> invoices = [];
    readonly List<string> receipts = [];
    int documents;

    /// <summary>Every number under which an order was asked for, entered or not.</summary>
    public IReadOnlyList<string> Orders => orders;

    /// <summary>The command; null where there is nothing yet to do it to.</summary>
    public async Task<Command?> CommandAsync(Deed deed, Picture now)
    {
        var (a, b, c) = (deed.A, deed.B, deed.C);
        return deed.Kind switch
        {
            Kind.EnterCustomer => Pick(Cast.Everybody, a) is var who && now.Find<Aval.Parties.Rules.Customer>(who) is null
                ? Cast.Enter(who, null, c % 3 == 0 ? "TOP" : null) : Cast.Enter(Pick(Cast.Payers, a), null, Above(b)),
            Kind.Regroup => new PutCustomer(Pick([.. Cast.Payers, "TOP2"], a), new CustomerBody(Group: Above(b))),
            Kind.ChangePayer => new PutCustomer(Pick(Cast.Branches, a), new CustomerBody(Payer: b % 5 == 0 ? null : Pick(Cast.Payers, b))),
            Kind.SetLimit => new RecordLimit(Limit(a, b, c, now.Today)),
            Kind.FitLimit => FittingLimit(a, b, now),
            Kind.Hold => new HoldAccount(Pick(Cast.Payers, a), new HoldBody("bad news")),
            Kind.Unhold => new UnholdAccount(Pick(Cast.Payers, a), new HoldBody("good news")),
            Kind.PutRates => new PutRates(now.Today.AddDays(-(a % 5)), new RatesBody(Currency.EUR, Quoted(b, c))),
            Kind.EnterOrder => EnterOrder(a, b, c, now),
            Kind.ChangeOrder => Some(orders, a, now) is { } order ? new ChangeOrder(order.Number, Changed(order, b, c, now)) : null,
            Kind.CancelOrder => Last(orders, a) is { } number ? new CancelOrder(number, new CancelBody("no longer wanted")) : null,
            Kind.Deliver => Some(orders, a, now) is { } order ? new RecordDelivery(order.Number, Delivery(order, b, c, now.Today)) : null,
            Kind.ReleasePick => Last(orders, a) is { } number ? new ReleasePick(number) : null,
            Kind.PostInvoice => PostInvoice(a, b, c, now),
            Kind.IssueInvoice => Last(invoices, a) is { } number ? new IssueInvoice(number, (await query.InvoiceAsync(number, default))?.Order) : null,
            Kind.PostCreditNote => CreditNote(a, b, c, now),
            Kind.PostReceipt => Receipt(a, b, c, now),
            Kind.ClearReceipt => Last(receipts, a) is { } number ? new ClearReceipt(number, new ClearBody(Back(now, b % 3)), await TrailAsync(number)) : null,
            Kind.ReturnReceipt => Last(receipts, a) is { } number
                ? new ReturnReceipt(number, new ReturnBody(Back(now, b % 3), "no cover"), MatchTrail.None with { Receipt = await TrailAsync(number) }) : null,
            Kind.Allocate => Allocate(a, b, c, now),
            Kind.WriteOff => now.Find<Invoice>(Last(invoices, a) ?? "") is { } invoice
                ? new WriteOff(new WriteOffBody(Next("W"), invoice.Number, Back(now, b % 3), Part(invoice.Free, invoice.Currency, c), "not worth it")) : null,
            Kind.MoveClock => new MoveClock(now.Today.AddDays(c % 4 == 0 ? b % 35 : b % 4)),
        };
    }

    static T Pick<T>(IReadOnlyList<T> from, int at) => from[at % from.Count];

    /// <summary>Mostly one of the last.</summary>
    static string? Last(List<string> numbers, int at) => numbers.Count == 0 ? null : numbers[^(1 + (at % Math.Min(numbers.Count, at % 4 == 0 ? 60 : 9)))];

    static Order? Some(List<string> numbers, int at, Picture now) => Last(numbers, at) is { } number ? now.Find<Order>(number) : null;

    static string? Above(int at) => (at % 4) switch { 0 => null, 1 => "TOP2", _ => "TOP" };

    static DateOnly Back(Picture now, int days) => now.Today.AddDays(-days);

    string Next(string letter) => $"{letter}{++documents}";

    static Dictionary<string, decimal> Quoted(int b, int c)
    {
        var rates = new Dictionary<string, decimal> { ["USD"] = 1 + (b / 5000m) };
        if (b % 3 == 0) rates["GBP"] = 0.8m + (c / 9000m);
        if (c % 3 == 0) rates["JPY"] = 150 + (b / 100m);
        return rates;
    }

    static LimitBody Limit(int a, int b, int c, DateOnly today)
    {
        var group = a % 3 == 0;
        var customer = group ? Pick(["TOP", "TOP2", "P1"], a / 3) : Pick(Cast.Payers, a);
        var kind = (b % 10) switch { 0 => LimitKind.None, 1 => LimitKind.Unlimited, 2 when !group => LimitKind.Inherit, _ => LimitKind.Amount };
        var temporary = b % 4 == 0;
        LimitMode? mode = !temporary ? null : kind == LimitKind.Amount && b % 8 == 0 ? LimitMode.Adds : LimitMode.Replaces;
        var from = today.AddDays((c % 9) - 6);
        return new LimitBody(
            customer, temporary ? LimitTerm.Temporary : LimitTerm.Standing, kind, Cast.CurrencyOf(customer), from, "reviewed",
            kind == LimitKind.Amount ? b % 7 == 0 ? 0 : c * 5.01m : null, temporary || c % 5 == 0 ? from.AddDays(b % 40) : null, mode,
            group ? LimitLevel.Group : LimitLevel.Payer);
    }

    /// <summary>Exactly what a held order needs at one of its levels, or a cent less.</summary>
    static RecordLimit? FittingLimit(int a, int b, Picture now)
    {
        var short_ = now.All<Aval.Checks.Rules.Block>().Where(block => block.Status == Aval.Checks.Rules.BlockStatus.Open).Select(block => now.Find<Order>(block.Order)!)
            .SelectMany(order => now.Roots.Where(root => root.Find<Order>(order.Number) is not null)
                .SelectMany(root => Oracle.Needs(root, now.Company, order, now.Today))).ToList();
        if (short_.Count == 0) return null;
        var (node, level, currency, needs) = Pick(short_, a);
        return new RecordLimit(new LimitBody(
            node, LimitTerm.Standing, LimitKind.Amount, currency, now.Today, "as asked", new Money(Math.Max(0, needs - (b % 2)), currency).Major, Level: level));
    }

    EnterOrder EnterOrder(int a, int b, int c, Picture now)
    {
        var again = c % 40 == 0 ? Last(orders, a) : null;
        var number = again ?? Next("O");
        if (again is null) orders.Add(number);
        var ship = (b % 6) switch { 0 or 1 => (DateOnly?)null, 2 => now.Today.AddDays(25 + (c % 20)), _ => now.Today.AddDays(c % 12) };
        return new EnterOrder(new OrderBody(
            number, Pick(["P1", "P2", "SOLO", "B1", "B2", "B3", "B1", "LATE"], a), Currency.Of(Pick(Currencies, b)), Back(now, c % 4), Lines(a, b, c), ship));
    }

    static OrderLineBody[] Lines(int a, int b, int c) => [.. Enumerable.Range(1, 1 + (a % 3)).Select(line => new OrderLineBody(
        line, "steel", Quantity.Of((((b * line) + c) % 37 * 0.5m) + 0.25m), UnitPrice.Of(Pick(Prices, c + line)), Pick(Taxes, a + line),
        DiscountPercent: (b + line) % 5 == 0 ? 12.5m : 0, DiscountApproval: "list"))];

    /// <summary>Fewer, more, without a line, later, or something else altogether.</summary>
    static OrderBody Changed(Order order, int b, int c, Picture now)
    {
        var lines = order.Lines.Select(line => new OrderLineBody(
            line.Line, line.Item, Quantity.Of(Math.Max(0.25m, c % 3 == 0 ? line.Quantity.Value + (b % 9) : line.Quantity.Value - (b % 9 * 0.5m))), line.UnitPrice, line.TaxRate,
            DiscountPercent: line.DiscountPercent, DiscountApproval: line.DiscountApproval)).ToList();
        if (c % 5 == 0 && lines.Count > 1) lines.RemoveAt(b % lines.Count);
        if (c % 7 == 0) lines.AddRange(Lines(0, b, c).Select(line => line with { Line = 1 + lines.Max(other => other.Line) }));
        return new OrderBody(order.Number, order.Customer, order.Currency, order.OrderDate, lines, b % 4 == 0 ? now.Today.AddDays(c % 45) : null);
    }

    static DeliveryBody Delivery(Order order, int b, int c, DateOnly today)
    {
        var parts = new List<DeliveredLine>();
        foreach (var line in order.Lines)
        {
            if (order.Lines.Count > 1 && (b + line.Line) % 4 == 0) continue;
            var left = (line.Quantity - line.Cancelled).Value - line.Delivered.Value;
            var quantity = (c % 5) switch { 0 => left + 1, 1 or 2 => Math.Round(left / 2, 2), _ => left };
            if (quantity > 0) parts.Add(new DeliveredLine(line.Line, Quantity.Of(quantity)));
        }

        return new DeliveryBody(today.AddDays(-(b % 3)), parts);
    }

    PostInvoice PostInvoice(int a, int b, int c, Picture now)
    {
        var date = Back(now, a % 7 == 0 ? 20 : a % 3);
        var number = Next("I");
        invoices.Add(number);
        var shipped = now.All<Order>().Where(live => live.Lines.Any(line => Oracle.Worth(live, line, line.Delivered.Value) > line.Billed)).ToList();
        if ((shipped.Count > 0 && c % 5 != 0 ? Pick(shipped, a) : Some(orders, b, now)) is not { } order || c % 11 == 0)
        {
            var currency = Currency.Of(Pick(Currencies, b));
            return new PostInvoice(new InvoiceBody(
                number, Pick(["P1", "P2", "SOLO", "B1", "B3"], a), date, date.AddDays(c % 30), currency, Part(20_000, currency, c + 1), Draft: c % 4 == 0));
        }

        var lines = c % 3 == 0
            ? order.Lines.Where(line => line.Delivered > line.Invoiced).Select(line => new InvoiceLine(line.Line, line.Delivered - line.Invoiced)).ToList()
            : [];
        var value = OrderValue.Of(order).Total;
        var amount = c % 4 == 0 ? Math.Max(1, value) : (c % 4) == 1 ? Math.Max(1, value / 2) : Math.Max(1, order.Lines.Sum(line =>
            Math.Max(0, OrderValue.LineValue(line, line.Delivered, order.Currency) - line.Billed)) + (c % 5) - 1);
        return new PostInvoice(new InvoiceBody(
            number, b % 2 == 0 ? order.Customer : order.Payer, date, date.AddDays(c % 30), order.Currency, new Money(amount, order.Currency).Major, order.Number, lines,
            Draft: b % 5 == 0));
    }

    PostCreditNote CreditNote(int a, int b, int c, Picture now)
    {
        var invoice = now.Find<Invoice>(Last(invoices, a) ?? "");
        var currency = invoice?.Currency ?? Currency.Of(Pick(Currencies, b));
        return new PostCreditNote(new CreditNoteBody(
            Next("N"), invoice?.Customer ?? Pick(Cast.Payers, b), Back(now, c % 3), currency, Part(invoice?.Amount ?? 20_000, currency, c), b % 3 == 0 ? null : invoice?.Number));
    }

    PostReceipt Receipt(int a, int b, int c, Picture now)
    {
        var number = Next("R");
        receipts.Add(number);
        var order = c % 3 == 0 ? Some(orders, b, now) : null;
        var invoice = c % 3 == 1 ? now.Find<Invoice>(Last(invoices, a) ?? "") : null;
        var currency = order?.Currency ?? invoice?.Currency ?? Currency.Of(Pick(Currencies, b));
        var worth = order is not null ? OrderValue.Of(order).Total : invoice?.Amount ?? 40_000;
        return new PostReceipt(new ReceiptBody(
            number, order?.Payer ?? invoice?.Payer ?? Pick([.. Cast.Payers, "B1"], a), Back(now, b % 4), currency, Part(worth, currency, c), "thanks", b % 3 != 0, order?.Number));
    }

    AllocateReceipt? Allocate(int a, int b, int c, Picture now)
    {
        var unused = now.All<Receipt>().Where(receipt => receipt.Open > 0).Select(receipt => receipt.Number).ToList();
        if ((unused.Count > 0 && c % 5 != 0 ? Pick(unused, a) : Last(receipts, a)) is not { } number) return null;
        var (receipt, parts) = (now.Find<Receipt>(number), new List<AllocationBody>());
        for (var part = 0; part <= c % 2; part++)
        {
            var open = now.Roots.Where(root => c % 9 == 0 || root.Find<Receipt>(number) is not null).SelectMany(Oracle.All<Invoice>)
                .Where(invoice => invoice.Free > 0 && (c % 4 == 0 || invoice.Currency == receipt?.Currency)).ToList();
            if (open.Count == 0) return null;
            var invoice = Pick(open, b + part);
            var most = invoice.Currency == receipt?.Currency ? Math.Min(receipt.Open, invoice.Free) : invoice.Free;
            parts.Add(new AllocationBody(invoice.Number, Part(Math.Max(1, most), invoice.Currency, c)));
        }

        return new AllocateReceipt(number, parts);
    }

    async Task<ReceiptTrail> TrailAsync(string receipt) => ReceiptTrail.Of(await query.SettlementsOfAsync(receipt, CancellationToken.None));

    /// <summary>All of it, a half, a third and a bit, or a little more.</summary>
    static decimal Part(long minor, Currency currency, int how) =>
        new Money(Math.Max(1, (how % 6) switch { 0 => minor / 2, 1 => (minor / 3) + 1, 2 => minor + 1, _ => minor }), currency).Major;
}

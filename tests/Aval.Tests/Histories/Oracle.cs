using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Tests.Histories;

/// <summary>What a payer's documents come to, in minor units of its credit currency.</summary>
sealed record Terms(
    long OpenOrders, long Unbilled, long Receivables, long AtRisk, long OpenCreditNotes, long Unapplied, long OnAccount, long Deposits, long Overdue, int Unconverted)
{
    public long Decision(bool netsUnapplied) => Math.Max(
        0, OpenOrders + Unbilled + Receivables + AtRisk - OpenCreditNotes - Deposits - (netsUnapplied ? Unapplied + OnAccount : 0));
}

/// <summary>A limit above an order as the oracle sees it. Of its amount: null where it does not bind.</summary>
/// <param name="Forbids">True where nothing may be released: never set at the payer, inherited from nobody, run out.</param>
sealed record NodeTest(string Node, LimitLevel Level, Currency Currency, long Exposure, long? Limit, bool Forbids);

/// <summary>A slow clerk: works everything out anew by looking at every document, one after the other, and trusts no sum that anybody has kept.</summary>
static class Oracle
{
    public static Terms Of(Facts root, string payer, DateOnly today)
    {
        long openOrders = 0, unbilled = 0, receivables = 0, atRisk = 0, notes = 0, unapplied = 0, onAccount = 0, overdue = 0;
        var unconverted = 0;
        var rooms = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var order in All<Order>(root))
        {
            if (order.Payer != payer) continue;
            if (order.Rate is null && (order.Status == OrderStatus.Released || order.Lines.Any(line => line.Delivered.Scaled > 0))) unconverted++;
            var (open, delivered) = Buckets(order);
            if (order is not { Status: OrderStatus.Released, Authorization: { BeyondHorizon: false } }) open = 0;
            openOrders += open;
            unbilled += delivered;
            rooms[order.Number] = open + delivered;
        }

        foreach (var invoice in All<Invoice>(root))
        {
            if (invoice.Payer != payer || invoice.Draft || invoice.Settled >= invoice.Amount) continue;
            if (invoice.Rate is null) unconverted++;
            long Worth(long minor) => Converted(minor, invoice.Currency, invoice.Rate?.Factor, invoice.CreditCurrency);
            receivables += Worth(invoice.Amount) - Worth(invoice.Settled + invoice.AtRisk);
            atRisk += Worth(invoice.Settled + invoice.AtRisk) - Worth(invoice.Settled);
            if (invoice.DueDate < today) overdue += Worth(invoice.Amount) - Worth(invoice.Settled);
        }

        foreach (var note in All<CreditNote>(root))
        {
            if (note.Payer != payer || note.Applied >= note.Amount) continue;
            if (note.Rate is null) unconverted++;
            notes += Converted(note.Amount, note.Currency, note.Rate?.Factor, note.CreditCurrency) - Converted(note.Applied, note.Currency, note.Rate?.Factor, note.CreditCurrency);
        }

        long deposits = 0;
        foreach (var receipt in All<Receipt>(root).OrderBy(receipt => receipt.Number, StringComparer.Ordinal))
        {
            if (receipt.Payer != payer || receipt.Status != ReceiptStatus.Cleared || receipt.Allocated >= receipt.Amount) continue;
            if (receipt.Rate is null) unconverted++;
            var money = Converted(receipt.Amount, receipt.Currency, receipt.Rate?.Factor, receipt.CreditCurrency)
                - Converted(receipt.Allocated, receipt.Currency, receipt.Rate?.Factor, receipt.CreditCurrency);
            if (receipt.OnAccount)
            {
                onAccount += money;
            }
            else if (receipt.DepositFor is { } order)
            {
                var counts = Math.Min(money, rooms.GetValueOrDefault(order));
                deposits += counts;
                rooms[order] = rooms.GetValueOrDefault(order) - counts;
            }
            else
            {
                unapplied += money;
            }
        }

        return new Terms(openOrders, unbilled, receivables, atRisk, notes, unapplied, onAccount, deposits, overdue, unconverted);
    }

    /// <summary>What of an order's value is open and what is delivered and not billed, in the payer's currency, whether it counts or not.</summary>
    public static (long Open, long Unbilled) Buckets(Order order)
    {
        long billed = 0, delivered = 0, whole = 0;
        foreach (var line in order.Lines)
        {
            var goods = Worth(order, line, line.Delivered.Value);
            billed += line.Billed;
            delivered += Math.Max(goods, line.Billed);
            whole += Math.Max(Math.Max(goods, line.Billed), Worth(order, line, line.Quantity.Value - line.Cancelled.Value));
        }

        long Credit(long minor) => Converted(minor, order.Currency, order.Rate?.Factor, order.CreditCurrency);
        return (Credit(whole) - Credit(delivered), Credit(delivered) - Credit(billed));
    }

    /// <summary>Quantity × price less discount plus tax, to the nearest minor unit, half of one away from zero.</summary>
    public static long Worth(Order order, OrderLine line, decimal quantity) =>
        Rounded(quantity * line.UnitPrice.Value * (100 - line.DiscountPercent) / 100 * (100 + line.TaxRate) / 100, order.Currency);

    /// <summary>Every limit from the payer up, with what stands below it.</summary>
    public static IEnumerable<NodeTest> Tests(Facts root, Facts company, string payer, DateOnly today, bool netsUnapplied = false)
    {
        var customers = All<Customer>(root).ToDictionary(customer => customer.Number, StringComparer.Ordinal);
        var path = new List<Customer>();
        for (var node = customers.GetValueOrDefault(payer); node is not null; node = node.Group is null ? null : customers.GetValueOrDefault(node.Group)) path.Add(node);
        if (path.Count == 0) yield break;
        var above = path.Select(node => (Node: node, Limit: InForce(root, node.Number, LimitLevel.Group, today))).Where(each => each.Limit.Kind is not null).ToList();
        var own = InForce(root, payer, LimitLevel.Payer, today);
        var inherits = own.Kind == LimitKind.Inherit && above.Exists(each => each.Limit.Expired || each.Limit.Kind is LimitKind.Amount or LimitKind.Unlimited);
        yield return new NodeTest(
            payer, LimitLevel.Payer, path[0].Currency, Of(root, payer, today).Decision(netsUnapplied), own.Amount,
            own.Expired || own.Kind is null or LimitKind.None || (own.Kind == LimitKind.Inherit && !inherits));
        foreach (var (node, limit) in above)
        {
            long sum = 0;
            foreach (var below in customers.Values.Where(customer => customer.Payer is null && IsAtOrBelow(customers, customer, node.Number)))
            {
                var compared = Of(root, below.Number, today).Decision(netsUnapplied);
                sum += Converted(compared, below.Currency, Factor(company, below.Currency, node.Currency, today), node.Currency);
            }

            yield return new NodeTest(node.Number, LimitLevel.Group, node.Currency, sum, limit.Amount, limit.Expired);
        }
    }

    /// <summary>What each limit would have to be for a held order to fit exactly.</summary>
    public static IEnumerable<(string Node, LimitLevel Level, Currency Currency, long Amount)> Needs(Facts root, Facts company, Order order, DateOnly today)
    {
        var fits = root.With(order with { Status = OrderStatus.Released, Authorization = new Authorization("try", long.MaxValue, order.Currency, today, null) });
        return Tests(fits, company, order.Payer, today).Select(test => (test.Node, test.Level, test.Currency, test.Exposure));
    }

    /// <summary>The amount that binds on a day; no kind where nothing was ever set.</summary>
    static (LimitKind? Kind, long? Amount, bool Expired) InForce(Facts root, string customer, LimitLevel level, DateOnly day)
    {
        var begun = All<Limit>(root).Where(limit => limit.Status == LimitStatus.Approved && limit.Customer == customer && limit.Level == level && limit.ValidFrom <= day)
            .OrderBy(limit => limit.ValidFrom).ThenBy(limit => limit.Entered).ToList();
        var holding = begun.Where(limit => limit.ValidTo is null || limit.ValidTo >= day).ToList();
        var rules = holding.LastOrDefault(limit => limit.Mode == LimitMode.Replaces) ?? begun.LastOrDefault(limit => limit.Term == LimitTerm.Standing);
        if (rules is null) return (null, null, false);
        if (!holding.Contains(rules)) return (LimitKind.None, null, true);
        return (rules.Kind, rules.Amount + holding.Where(limit => limit.Mode == LimitMode.Adds).Sum(limit => limit.Amount), false);
    }

    static bool IsAtOrBelow(Dictionary<string, Customer> customers, Customer customer, string top)
    {
        for (var node = customer; node is not null; node = node.Group is null ? null : customers.GetValueOrDefault(node.Group))
            if (node.Number == top) return true;
        return false;
    }

    /// <summary>What one unit is worth on a day by the latest rates up to it: as quoted, the other way round, or over the euro.</summary>
    public static decimal? Factor(Facts company, Currency from, Currency to, DateOnly day)
    {
        if (from == to) return 1;
        if (Quoted(to) is { } direct && from == Currency.EUR) return direct;
        if (Quoted(from) is not { } inverse) return null;
        return to == Currency.EUR ? 1 / inverse : Quoted(to) is { } cross ? cross / inverse : null;

        decimal? Quoted(Currency currency)
        {
            decimal? latest = null;
            foreach (var (pair, days) in company.Get<RatesFacts>().ByPair)
                if (pair == (Currency.EUR.Code, currency.Code))
                    foreach (var rate in days.OrderBy(rate => rate.Date))
                        if (rate.Date <= day) latest = rate.Value;
            return latest;
        }
    }

    static long Converted(long minor, Currency from, decimal? factor, Currency? to) =>
        factor is { } known && to is { } credit ? from == credit ? minor : Rounded(minor / (decimal)from.MinorPerMajor * known, credit) : 0;

    static long Rounded(decimal major, Currency currency)
    {
        var minor = major * currency.MinorPerMajor;
        return (long)(minor < 0 ? -decimal.Floor(-minor + 0.5m) : decimal.Floor(minor + 0.5m));
    }

    public static IEnumerable<T> All<T>(Facts root) => Cast.Everybody.SelectMany(root.RowsOf).OfType<T>();
}

using System.Globalization;
using Aval.Checks;
using Aval.Cover;
using Aval.Cover.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Simulation;

/// <summary>What the regulars order, get, are billed and pay. Whether goods may go, the checks and people say.</summary>
sealed class Trading(SimulationPlan plan, Colleagues people)
{
    const int GapDays = 10;

    readonly List<Trade> trades = [];
    readonly Dictionary<string, (DateOnly Next, int Orders, RandomStream Chance)> books = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<OrderLineBody>> lastOrdered = new(StringComparer.Ordinal);
    readonly Quarrels quarrels = new(plan, people);

    /// <summary>The customers and their limits.</summary>
    public async Task BeginAsync(DateOnly day)
    {
        foreach (var (regular, place) in Regulars.Of(plan).Select((regular, place) => (regular, place)))
        {
            var (city, postalCode) = regular.Country.Cities[regular.Town];
            await people.DoAsync(new PutCustomer(regular.Number, new CustomerBody(
                Name: regular.Name, Country: regular.Country.Code, Currency: regular.Country.Currency, PaymentTerms: Regular.Terms,
                VatId: VatIds.Of(regular.Country.Code, 31_415_927 + (place * 1_009)), CustomerSince: plan.StartDate.AddDays(-900 - (place * 211)),
                BillingAddress: new PostalAddress(regular.Street, city, postalCode, regular.Country.Code))), Colleagues.Jonas);
            await people.DoAsync(new PutCustomer(regular.Number, new CustomerBody(RiskClass: regular.RiskClass)), Colleagues.Clara);
            await people.DoAsync(new RecordLimit(new LimitBody(
                regular.Number, LimitTerm.Standing, LimitKind.Amount, regular.Country.Currency, day, "Yearly review with sales", regular.Limit)), Colleagues.Clara);
            var chance = new RandomStream(plan.Seed, place, ChanceOf.Trades);
            books[regular.Number] = (day.AddDays(chance.Between(0, GapDays)), 0, chance);
        }
    }

    public async Task DayAsync(DateOnly day)
    {
        foreach (var regular in Regulars.Of(plan)) await OrderAsync(regular, day);
        if (day == plan.EndDate) await ForAnotherCompanyAsync(day);
        foreach (var trade in trades.ToList())
        {
            if (!trade.IsOver)
            {
                var facts = await people.FactsAsync(trade.Of.Number);
                Answer(trade, facts, day);
                await DeliverAsync(trade, facts, day);
            }

            foreach (var due in trade.Agenda.Where(due => due.On <= day).ToList())
            {
                trade.Agenda.Remove(due);
                await due.Act(day);
            }
        }

        trades.RemoveAll(trade => trade is { IsOver: true, Agenda.Count: 0 });
    }

    /// <summary>Nobody orders again while two orders wait; who has stopped paying is asked for no more.</summary>
    async Task OrderAsync(Regular regular, DateOnly day)
    {
        var (next, orders, chance) = books[regular.Number];
        if (day < next || trades.Count(trade => trade.Of == regular && trade is { IsOver: false, DeliverOn: null }) > 1) return;
        if (regular.Pays == PayingHabit.Failing && day > Regular.FailsOn(plan).AddDays(70)) return;
        books[regular.Number] = (day.AddDays(chance.Between(GapDays - 4, GapDays + 5)), ++orders, chance);
        await EnterAsync(regular, orders, chance, day);
    }

    /// <summary>On the last day some order for a company of theirs that master data does not know: it lies there for whoever looks at the demonstration.</summary>
    async Task ForAnotherCompanyAsync(DateOnly day)
    {
        foreach (var (place, regular) in Regulars.Of(plan).Take(2).Index())
        {
            var (next, orders, chance) = books[regular.Number];
            books[regular.Number] = (next, ++orders, chance);
            await EnterAsync(regular, orders, chance, day, VatIds.Of(regular.Country.Code, 27_182_818 + (place * 1_013)));
        }
    }

    async Task EnterAsync(Regular regular, int orders, RandomStream chance, DateOnly day, string? vatId = null)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"SO-{regular.Number[1..]}-{orders:D3}");
        var body = new OrderBody(
            number, regular.Number, regular.Country.Currency, day, Lines(regular, orders, chance), WorkingDays.OnOrAfter(day.AddDays(chance.Between(2, 6))),
            PurchaseOrder: string.Create(CultureInfo.InvariantCulture, $"PO{chance.Between(100_000, 999_999)}"), VatId: vatId);
        if (await people.DoAsync(new EnterOrder(body), Colleagues.Rosa) is not null) trades.Add(new Trade(regular, number, chance));
    }

    /// <summary>What it orders: of one that repeats itself, every second time what it ordered before.</summary>
    List<OrderLineBody> Lines(Regular regular, int orders, RandomStream chance) =>
        regular.Repeats && orders % 2 == 0 ? lastOrdered[regular.Number] : lastOrdered[regular.Number] = Lines(regular, chance);

    static List<OrderLineBody> Lines(Regular regular, RandomStream chance)
    {
        var worth = regular.OrderValue * chance.PercentAround(70) / 100m;
        var first = chance.Between(0, Catalogue.Items.Length - 1);
        var lines = new List<OrderLineBody>();
        foreach (var (place, share) in new[] { (0, 0.6m), (9, 0.4m) })
        {
            var item = Catalogue.Items[(first + place) % Catalogue.Items.Length];
            var pieces = Math.Max(1, decimal.Round(worth * share / (item.ListPrice * (100 + regular.Country.TaxRate) / 100)));
            lines.Add(new OrderLineBody(
                lines.Count + 1, item.Number, Quantity.Of(pieces), UnitPrice.Of(item.ListPrice), regular.Country.TaxRate, item.Description,
                ListPrice: UnitPrice.Of(item.ListPrice), UnitCost: UnitPrice.Of(item.UnitCost)));
        }

        return lines;
    }

    /// <summary>What the customer does when it hears of a decision: pays, or lets the day pass.</summary>
    void Answer(Trade trade, Facts facts, DateOnly day)
    {
        var standing = facts.Get<DecisionsFacts>().OfOrder(trade.Order).LastOrDefault(decision => decision.Status == DecisionStatus.InForce && decision.Conditions.Count > 0);
        if (standing is null || trade.DecisionAnswered == standing.Id) return;
        trade.DecisionAnswered = standing.Id;
        var keeps = trade.Of.Pays switch
        {
            PayingHabit.Prompt => 95,
            PayingHabit.Slow => 65,
            PayingHabit.Disputing => 80,
            PayingHabit.Failing => day < Regular.FailsOn(plan) ? 80 : 0,
        };
        if (!trade.Chance.Chance(keeps)) return;
        var on = WorkingDays.OnOrAfter(day.AddDays(trade.Chance.Between(1, 4)));
        foreach (var condition in standing.Conditions.Where(condition => condition.MetOn is null))
            trade.Agenda.Add((on, at => MeetAsync(trade, standing, condition, at)));
    }

    async Task MeetAsync(Trade trade, Decision decision, Condition condition, DateOnly day)
    {
        decimal Major(long minor) => new Money(minor, decision.Currency).Major;
        switch (condition.Kind)
        {
            case ConditionKind.DepositReceived:
                await people.DoAsync(new PostReceipt(new ReceiptBody(
                    "RC-" + trade.Stem + "-D", trade.Of.Number, day, decision.Currency, Major(condition.Amount ?? 0), "Deposit " + trade.Order, DepositFor: trade.Order)),
                    Colleagues.Omar);
                break;
            case ConditionKind.InvoicePaid when condition.Invoice is { } invoice:
                await PayAsync(trade, invoice, day);
                break;
            case ConditionKind.InvoicePaid:
                foreach (var owed in await OwedAsync(trade.Of)) await PayAsync(trade, owed, day);
                break;
            case ConditionKind.GuaranteeRegistered:
                await people.DoAsync(new RecordGuarantee(new GuaranteeBody(
                    "GU-" + trade.Stem, trade.Of.Number, GuaranteeKind.BankGuarantee, Major(condition.Amount ?? 0), decision.Currency, day.AddDays(180), day,
                    "Banque de l'Ouest")), Colleagues.Marta);
                break;
            case ConditionKind.LimitApproved or ConditionKind.PurchaseOrderReceived or ConditionKind.DisputesQualified or ConditionKind.AmountCap or ConditionKind.ValidUntil:
                break;
        }
    }

    /// <summary>The oldest invoices that are not paid.</summary>
    async Task<List<string>> OwedAsync(Regular regular) =>
    [
        .. (await people.FactsAsync(regular.Number)).Get<ReceivablesFacts>().RowsOf(regular.Number).OfType<Invoice>().Where(invoice => invoice.IsOpen)
            .OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal).Take(3).Select(invoice => invoice.Number),
    ];

    /// <summary>Goods leave as far as they were released; a part leaves as whole pieces.</summary>
    async Task DeliverAsync(Trade trade, Facts facts, DateOnly day)
    {
        var order = facts.Find<Order>(trade.Order);
        if (order is null or { Status: OrderStatus.Cancelled or OrderStatus.Closed or OrderStatus.Delivered })
        {
            trade.IsOver = true;
            return;
        }

        if (order.Status != OrderStatus.Released || order.Authorization is not { } claim)
        {
            trade.DeliverOn = null;
            return;
        }

        trade.DeliverOn ??= Later(WorkingDays.OnOrAfter(day.AddDays(1)), order.ShipDate);
        if (day < trade.DeliverOn || !WorkingDays.Includes(day)) return;
        var open = order.Lines.Sum(line => OrderValue.LineValue(line, line.Quantity - line.Cancelled - line.Delivered, order.Currency));
        var lines = order.Lines.Select(line => new DeliveredLine(line.Line, Part(line, open, claim))).Where(line => line.Quantity.Scaled > 0).ToList();
        trade.DeliverOn = null;
        if (lines.Count == 0 || await people.DoAsync(new RecordDelivery(trade.Order, new DeliveryBody(day, lines)), Colleagues.Rosa) is not { } delivered) return;
        await BillAsync(trade, delivered.Row<Order>() ?? order, day);
    }

    static Quantity Part(OrderLine line, long open, Authorization claim)
    {
        var left = line.Quantity - line.Cancelled - line.Delivered;
        return claim.Withheld == 0 ? left : Quantity.Of(decimal.Truncate(left.Value * Math.Max(0, open - claim.Withheld) / open));
    }

    async Task BillAsync(Trade trade, Order order, DateOnly day)
    {
        var amount = order.Lines.Sum(line => OrderValue.LineValue(line, line.Delivered, order.Currency) - line.Billed);
        if (amount <= 0) return;
        var number = "IN-" + trade.Stem + (trade.Invoices++ == 0 ? "" : "-" + trade.Invoices.ToString(CultureInfo.InvariantCulture));
        var due = order.PaymentTerms is "PREPAID" ? day : day.AddDays(order.PaymentTerms is "NET14" ? 14 : Regular.TermsDays);
        if (await people.DoAsync(new PostInvoice(new InvoiceBody(number, order.Customer, day, due, order.Currency, new Money(amount, order.Currency).Major, order.Number)),
            Colleagues.Bianca) is null) return;
        var pays = WorkingDays.OnOrAfter(due.AddDays(trade.Of.Lateness(trade.Chance)));
        if (trade.Of.Pays == PayingHabit.Failing && pays >= Regular.FailsOn(plan))
            trade.Agenda.Add((WorkingDays.OnOrAfter(due.AddDays(45)), at => GiveUpAsync(trade, number, at)));
        else trade.Agenda.Add((pays, at => PayAsync(trade, number, at)));
        quarrels.About(trade, number, due, pays, at => PayAsync(trade, number, at));
    }

    async Task PayAsync(Trade trade, string number, DateOnly day)
    {
        if ((await people.FactsAsync(trade.Of.Number)).Find<Invoice>(number) is not { IsOpen: true } invoice) return;
        var minor = invoice.Free - quarrels.HeldBack(number);
        if (minor <= 0) return;
        var amount = new Money(minor, invoice.Currency).Major;
        var receipt = "RC" + number[2..] + "-P" + day.ToString("MMdd", CultureInfo.InvariantCulture);
        if (await people.DoAsync(new PostReceipt(new ReceiptBody(receipt, trade.Of.Number, day, invoice.Currency, amount, number)), Colleagues.Omar) is null) return;
        await people.DoAsync(new AllocateReceipt(receipt, [new AllocationBody(number, amount, day)]), Colleagues.Omar);
    }

    async Task GiveUpAsync(Trade trade, string number, DateOnly day)
    {
        if ((await people.FactsAsync(trade.Of.Number)).Find<Invoice>(number) is not { IsOpen: true } invoice) return;
        await people.DoAsync(
            new WriteOff(new WriteOffBody("WO" + number[2..], number, day, new Money(invoice.Free, invoice.Currency).Major, "Insolvent; the administrator expects no dividend")),
            Colleagues.Marta);
    }

    static DateOnly Later(DateOnly one, DateOnly? other) => other is { } day && day > one ? day : one;
}

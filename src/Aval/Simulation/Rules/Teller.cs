using System.Globalization;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>Writes one customer's rows, day by day; within a day in the order in which offices work.</summary>
sealed class Teller(SimulationPlan plan, Member member, PayerAccount account, CustomerHistory history)
{
    readonly RandomStream remittances = new(plan.Seed, member.Place, ChanceOf.Remittances);
    readonly Currency currency = member.Profile.Row.Currency;
    readonly List<(DateOnly On, LiveOrder Order, long Minor)> bills = [];
    readonly List<(DateOnly On, LiveInvoice Invoice, string Receipt, long Minor)> allocations = [];
    int ordersTaken;

    public PayerAccount Account => account;

    /// <summary>The orders that come in today.</summary>
    public IEnumerable<LiveOrder> TakeOrders(DateOnly day)
    {
        for (; ordersTaken < member.Orders.Count && member.Orders[ordersTaken].Date == day; ordersTaken++)
        {
            var order = new LiveOrder(member.Orders[ordersTaken], Numbered("SO", ordersTaken + 1), member);
            Write(order);
            account.Orders.Add(order);
            yield return order;
        }
    }

    public void Tell(DateOnly day)
    {
        foreach (var order in account.Orders.Where(order => order.By == member && !order.Over).ToList()) Move(order, day);
        foreach (var bill in TakeDue(bills, bill => bill.On, day)) Bill(bill.Order, bill.Minor, day);
        var mine = account.Invoices.Where(invoice => invoice.By == member).ToList();
        foreach (var invoice in mine) Credit(invoice, day);
        Pay(mine, day);
        foreach (var (_, invoice, receipt, minor) in TakeDue(allocations, allocation => allocation.On, day))
        {
            invoice.OpenMinor -= minor;
            history.Allocations.Add(new AllocationRow(receipt, invoice.Row.Number, Amount(minor), day));
        }
        foreach (var invoice in mine) WriteOff(invoice, day);
        account.Invoices.RemoveAll(invoice => invoice.OpenMinor == 0);
        account.Orders.RemoveAll(order => order.Over && order.InvoicedMinor == order.DeliveredMinor);
    }

    void Write(LiveOrder order)
    {
        var (booked, row) = (order.Plan, member.Profile.Row);
        history.Orders.Add(new OrderRow(
            order.Number, row.Number, currency, booked.Date, booked.ShipDate,
            booked.Flaw == OrderFlaw.TermsLonger ? "NET75" : null, booked.PurchaseOrder, booked.BuyerReference));
        for (var i = 0; i < booked.Lines.Length; i++)
        {
            var line = booked.Lines[i];
            var approved = line.DiscountPercent > 0 && booked.Flaw != OrderFlaw.DiscountUndocumented;
            history.Lines.Add(new OrderLineRow(
                order.Number, i + 1, line.Item.Number, line.Item.Description, line.Quantity, line.ListPrice, line.TaxRate,
                line.DiscountPercent, approved ? "DA-" + member.DocumentStem : null, line.ListPrice, line.UnitCost));
        }
    }

    void Move(LiveOrder order, DateOnly day)
    {
        var waited = day.DayNumber - order.Plan.Date.DayNumber;
        if (member.Profile.Kind == CustomerKind.Prepaying && order.DepositMinor == 0 && waited >= order.Plan.DepositAfterDays) Deposit(order, day);
        if (order.FirstDeliveredOn is { } first)
        {
            if (day >= first.AddDays(order.Plan.RestAfterDays) && WorkingDays.Includes(day)) Deliver(order, day, rest: true);
        }
        else if (GivesUp(order, waited) is { } reason)
        {
            order.Over = true;
            history.Cancellations.Add(new CancellationRow(order.Number, day, reason));
        }
        else if (order.ReleasedOn < day && order.Plan.ShipDate <= day && WorkingDays.Includes(day))
            Deliver(order, day, rest: order.Plan.RestAfterDays == 0);
    }

    static string? GivesUp(LiveOrder order, int waited) =>
        order.DepositMinor > 0 ? null
        : order.Plan.GivesUpAfterDays == waited ? order.Plan.GivesUpBecause
        : order.ReleasedOn is null && order.Plan.Flaw == OrderFlaw.None && waited == order.Plan.PatienceDays ? "Waited too long for release"
        : null;

    void Deposit(LiveOrder order, DateOnly day)
    {
        if (!WorkingDays.Includes(day)) return;
        order.DepositMinor = order.ValueMinor;
        history.Receipts.Add(new ReceiptRow(
            Numbered("RC", history.Receipts.Count + 1), member.PayerNumber, day, Amount(order.ValueMinor),
            "Deposit " + order.Number, true, order.Number));
    }

    // The first of two deliveries takes three fifths of each line, rounded up so that no line of one piece is split.
    void Deliver(LiveOrder order, DateOnly day, bool rest)
    {
        var value = 0L;
        for (var i = 0; i < order.Plan.Lines.Length; i++)
        {
            var line = order.Plan.Lines[i];
            var early = order.Plan.RestAfterDays == 0 ? 0 : (line.Quantity * 3 + 4) / 5;
            var (from, to) = rest ? (early, line.Quantity) : (0, early);
            if (to == from) continue;
            history.Deliveries.Add(new DeliveryRow(order.Number, day, i + 1, to - from));
            value += line.Value(to, currency).Minor - line.Value(from, currency).Minor;
        }
        order.FirstDeliveredOn ??= day;
        order.DeliveredMinor += value;
        order.Over = rest;
        if (value > 0) bills.Add((day.AddDays(order.Plan.InvoiceAfterDays), order, value));
    }

    void Bill(LiveOrder order, long minor, DateOnly day)
    {
        var number = "IN-" + order.Number[3..] + (order.Plan.RestAfterDays == 0 ? "" : order.Invoices == 0 ? "A" : "B");
        order.Invoices++;
        order.InvoicedMinor += minor;
        var row = new InvoiceRow(number, member.Profile.Row.Number, order.Number, day, day.AddDays(TermsDays), Amount(minor));
        history.Invoices.Add(row);
        // A deposit settles its order's invoice by itself; what is prepaid is never dunned or paid again.
        if (order.DepositMinor > 0) return;
        var invoice = new LiveInvoice(row, member, minor);
        PlanPayment(order.Plan, invoice);
        account.Invoices.Add(invoice);
    }

    int TermsDays =>
        member.Profile.Kind == CustomerKind.Prepaying ? 0 : int.Parse(member.Profile.Row.PaymentTerms[3..], CultureInfo.InvariantCulture);

    void PlanPayment(PlannedOrder order, LiveInvoice invoice)
    {
        var on = invoice.Row.DueDate.AddDays(order.LatenessDays);
        var toPay = invoice.OpenMinor;
        if (order.CreditPercent > 0)
        {
            var credited = toPay * order.CreditPercent / 100;
            invoice.Credit = new Installment(invoice.Row.Date.AddDays(6), credited);
            toPay -= credited;
        }
        else if (order.ShortPaidPercent > 0)
        {
            var missing = new Installment(on.AddDays(order.SettledAfterDays), toPay * order.ShortPaidPercent / 100);
            toPay -= missing.Minor;
            switch (order.ShortPaid)
            {
                case ShortPayOutcome.CreditNote: invoice.Credit = missing; break;
                case ShortPayOutcome.PaidLater: invoice.Payments.Add(missing); break;
                case ShortPayOutcome.WrittenOff: invoice.WriteOff = missing; break;
            }
        }
        else if (member.Habits.BankChargesDeducted && toPay % 7 == 0)
        {
            var charges = 500 + toPay % 900;
            invoice.WriteOff = new Installment(on.AddDays(9), charges);
            toPay -= charges;
        }
        var first = order.PaidInParts ? toPay / 2 : toPay;
        invoice.Payments.Add(new Installment(on, first));
        if (order.PaidInParts) invoice.Payments.Add(new Installment(on.AddDays(8), toPay - first));
    }

    void Credit(LiveInvoice invoice, DateOnly day)
    {
        if (invoice.Credit is not { } credit || credit.On > day) return;
        invoice.Credit = null;
        invoice.OpenMinor -= credit.Minor;
        history.CreditNotes.Add(new CreditNoteRow(
            Numbered("CN", history.CreditNotes.Count + 1), invoice.Row.Customer, invoice.Row.Number, day, Amount(credit.Minor)));
    }

    void Pay(List<LiveInvoice> mine, DateOnly day)
    {
        if (!WorkingDays.Includes(day) || (member.Habits.PaymentRun is { } run && run != day.DayOfWeek)) return;
        var paid = new List<(LiveInvoice Invoice, long Minor)>();
        foreach (var invoice in mine.Where(invoice => invoice.Row.Date < day))
            for (var i = invoice.Payments.Count - 1; i >= 0; i--)
                if (invoice.Payments[i].On <= day)
                {
                    paid.Add((invoice, invoice.Payments[i].Minor));
                    invoice.Payments.RemoveAt(i);
                }
        if (paid.Count == 0) return;
        var number = Numbered("RC", history.Receipts.Count + 1);
        // Cheques and debits of the last days have not come through yet, one in ten.
        var cleared = day < plan.EndDate.AddDays(-3) || !remittances.Chance(10);
        history.Receipts.Add(new ReceiptRow(number, member.PayerNumber, day, Amount(paid.Sum(part => part.Minor)), Reference(paid), cleared, null));
        var applied = day > plan.EndDate.AddDays(-member.Habits.UnappliedForDays)
            ? plan.EndDate.AddDays(1)
            : day.AddDays(remittances.Between(member.Habits.ApplyAfterDays.AtLeast, member.Habits.ApplyAfterDays.AtMost));
        foreach (var (invoice, minor) in paid) allocations.Add((applied, invoice, number, minor));
    }

    string? Reference(List<(LiveInvoice Invoice, long Minor)> paid) => remittances.Between(1, 10) switch
    {
        1 => null,
        2 or 3 => member.Profile.Row.Name,
        _ => string.Join(' ', paid.Select(part => part.Invoice.Row.Number).Distinct().Take(6)),
    };

    void WriteOff(LiveInvoice invoice, DateOnly day)
    {
        if (invoice.WriteOff is not { } writeOff || writeOff.On > day) return;
        invoice.WriteOff = null;
        invoice.OpenMinor -= writeOff.Minor;
        history.WriteOffs.Add(new WriteOffRow(
            Numbered("WO", history.WriteOffs.Count + 1), invoice.Row.Number, day, Amount(writeOff.Minor),
            member.Habits.BankChargesDeducted ? "Bank charges" : "Deduction not worth pursuing"));
    }

    static List<T> TakeDue<T>(List<T> waiting, Func<T, DateOnly> on, DateOnly day)
    {
        if (waiting.Count == 0) return waiting;
        var due = waiting.FindAll(each => on(each) <= day);
        if (due.Count > 0) waiting.RemoveAll(each => on(each) <= day);
        return due;
    }

    Money Amount(long minor) => new(minor, currency);

    string Numbered(string prefix, int count) => $"{prefix}-{member.DocumentStem}-{count.ToString("D3", CultureInfo.InvariantCulture)}";
}

using Aval.Cover;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Exposure;

/// <summary>Open orders and what is delivered but not billed.</summary>
sealed class OrdersContributor : IContributor
{
    public IReadOnlyList<string> Terms { get; } = ["openOrders", "unbilled"];

    public PayerExposure AddTo(PayerExposure exposure, string payer, Facts facts, DateOnly today)
    {
        var sums = facts.Get<OrdersFacts>().Of(payer);
        return exposure with
        {
            OpenOrders = exposure.OpenOrders + sums.OpenOrders, Unbilled = exposure.Unbilled + sums.Unbilled, Unconverted = exposure.Unconverted + sums.Unconverted,
        };
    }

    public IEnumerable<ExposureRow> Rows(string payer, Facts facts, DateOnly today)
    {
        foreach (var (order, value) in facts.Get<OrdersFacts>().All.OrderBy(known => known.Order.Number, StringComparer.Ordinal))
        {
            if (order.Payer != payer) continue;
            if (PayerOrders.OpenOf(order, value) is not 0 and var open) yield return new("openOrders", "order", order.Number, order.Customer, open, order.ShipDate);
            if (value.Unbilled != 0) yield return new("unbilled", "order", order.Number, order.Customer, value.Unbilled, order.ShipDate);
        }
    }
}

/// <summary>Invoices, credit notes and money received.</summary>
sealed class ReceivablesContributor : IContributor
{
    public IReadOnlyList<string> Terms { get; } =
        ["receivables", "atRisk", "openCreditNotes", "unapplied", "onAccount", "deposits", "depositsBeyondOrders", "promisedCreditNotes", "disputed", "overdue"];

    public PayerExposure AddTo(PayerExposure exposure, string payer, Facts facts, DateOnly today)
    {
        var sums = facts.Get<ReceivablesFacts>().Of(payer);
        var (counted, beyond) = DepositsOf(payer, sums, facts.Get<OrdersFacts>());
        return exposure with
        {
            Receivables = exposure.Receivables + sums.Receivables,
            AtRisk = exposure.AtRisk + sums.AtRisk,
            OpenCreditNotes = exposure.OpenCreditNotes + sums.OpenCreditNotes,
            Unapplied = exposure.Unapplied + sums.Unapplied,
            OnAccount = exposure.OnAccount + sums.OnAccount,
            Deposits = exposure.Deposits + counted,
            DepositsBeyondOrders = exposure.DepositsBeyondOrders + beyond,
            PromisedCreditNotes = exposure.PromisedCreditNotes + sums.PromisedCreditNotes,
            InDispute = exposure.InDispute + sums.Disputed,
            Overdue = exposure.Overdue + sums.OverdueOn(today, minDays: 1).Amount,
            Unconverted = exposure.Unconverted + sums.Unconverted,
        };
    }

    public IEnumerable<ExposureRow> Rows(string payer, Facts facts, DateOnly today) =>
        facts.Get<ReceivablesFacts>().RowsOf(payer).SelectMany(row => RowsOf(row, today))
            .Concat(DepositRows(payer, facts.Get<ReceivablesFacts>().Of(payer), facts.Get<OrdersFacts>()))
            .OrderBy(row => row.Date).ThenBy(row => row.Number, StringComparer.Ordinal);

    /// <summary>What one document adds to each figure: the same sums, counted for it alone.</summary>
    static IEnumerable<ExposureRow> RowsOf(object row, DateOnly today)
    {
        switch (row)
        {
            case Invoice invoice:
                var counted = PayerReceivables.None.Counted(invoice, +1);
                if (counted.Receivables != 0) yield return new("receivables", "invoice", invoice.Number, invoice.Customer, counted.Receivables, invoice.DueDate);
                if (counted.AtRisk != 0) yield return new("atRisk", "invoice", invoice.Number, invoice.Customer, counted.AtRisk, invoice.DueDate);
                if (counted.OverdueOn(today, minDays: 1) is { Amount: > 0 } late)
                    yield return new("overdue", "invoice", invoice.Number, invoice.Customer, late.Amount, invoice.DueDate);
                foreach (var part in PartRows(invoice)) yield return part;
                break;
            case CreditNote note:
                if (PayerReceivables.None.Counted(note, +1).OpenCreditNotes is > 0 and var credit)
                    yield return new("openCreditNotes", "creditNote", note.Number, note.Customer, credit, note.Date);
                break;
            case Receipt receipt:
                var money = PayerReceivables.None.Counted(receipt, +1);
                if (money.Unapplied != 0) yield return new("unapplied", "receipt", receipt.Number, receipt.Payer, money.Unapplied, receipt.Date);
                if (money.OnAccount != 0) yield return new("onAccount", "receipt", receipt.Number, receipt.Payer, money.OnAccount, receipt.Date);
                break;
        }
    }

    /// <summary>The disputes of an open invoice and what we have promised to credit of it, each with what counts of it.</summary>
    static IEnumerable<ExposureRow> PartRows(Invoice invoice)
    {
        if (!invoice.IsOpen || CreditValue.Of(invoice) is not { } value) yield break;
        foreach (var (part, counted) in InvoiceParts.Shares(invoice, value))
        {
            if (counted == 0) continue;
            if (part.Kind == PartKind.Disputed) yield return new("disputed", "dispute", part.Document, invoice.Customer, counted, part.From);
            if (part.Kind == PartKind.ToBeCredited) yield return new("promisedCreditNotes", "creditNotePromise", part.Document, invoice.Customer, counted, part.From);
        }
    }

    /// <summary>A deposit serves its own order and no other: it counts up to what that order has in the buckets, of this payer and of nobody else. The rest is told
    /// apart.</summary>
    static (long Counted, long Beyond) DepositsOf(string payer, PayerReceivables receivables, OrdersFacts orders)
    {
        long counted = 0, beyond = 0;
        if (receivables.Deposits.Count == 0) return (counted, beyond);
        foreach (var row in DepositRows(payer, receivables, orders))
            if (row.Term == "deposits") counted += row.Amount;
            else beyond += row.Amount;
        return (counted, beyond);
    }

    static IEnumerable<ExposureRow> DepositRows(string payer, PayerReceivables receivables, OrdersFacts orders)
    {
        if (receivables.Deposits.Count == 0) yield break;
        var left = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var deposit in receivables.Deposits)
        {
            if (!left.TryGetValue(deposit.Order, out var room))
                room = orders.Order(deposit.Order) is { } order && order.Payer == payer
                    ? PayerOrders.OpenOf(order, orders.ValueOf(order.Number)) + orders.ValueOf(order.Number).Unbilled
                    : 0;
            var counts = Math.Min(room, deposit.Open);
            left[deposit.Order] = room - counts;
            if (counts > 0) yield return new("deposits", "receipt", deposit.Receipt, deposit.Order, counts, null);
            if (deposit.Open > counts) yield return new("depositsBeyondOrders", "receipt", deposit.Receipt, deposit.Order, deposit.Open - counts, null);
        }
    }
}

/// <summary>What insurers and guarantors bear: a part of the decision exposure, hence of what the other contributors have told.</summary>
sealed class CoverContributor : IContributor
{
    public IReadOnlyList<string> Terms { get; } = ["insured", "guaranteed"];

    public PayerExposure AddTo(PayerExposure exposure, string payer, Facts facts, DateOnly today) =>
        facts.Get<CoverFacts>().Of(payer) is { } securities
            ? exposure with { Cover = securities.On(facts.Get<ReceivablesFacts>().Of(payer), facts.Get<OrdersFacts>().Of(payer), today) }
            : exposure;

    /// <summary>None by themselves: what is borne depends on all that is owed (<see cref="Parts"/>).</summary>
    public IEnumerable<ExposureRow> Rows(string payer, Facts facts, DateOnly today) => [];

    /// <summary>The covers and guarantees behind the two figures, each with what it bears.</summary>
    public static IEnumerable<ExposureRow> Parts(PayerExposure exposure, string payer, Netting netting)
    {
        if (exposure.Cover is not { } cover) yield break;
        foreach (var part in cover.InsuredParts(exposure.Decision(netting)))
            yield return new("insured", "insuranceCover", part.Number, payer, part.Amount, part.Until);
        foreach (var part in cover.GuaranteedParts(exposure.Decision(netting)))
            yield return new("guaranteed", "guarantee", part.Number, payer, part.Amount, part.Until);
    }
}

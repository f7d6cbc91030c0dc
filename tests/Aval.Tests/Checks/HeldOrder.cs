using System.Collections.Immutable;
using System.Globalization;
using Aval.Checks.Rules;
using Aval.Concentration.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Promises.Rules;
using Aval.Rates.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks;

/// <summary>An order of C1 on real facts of its root, told in a few words: all the documents around it, and the question it poses.</summary>
public sealed record HeldOrder
{
    public static readonly DateOnly Today = new(2026, 3, 2);
    static readonly Composition Composition = new(Capabilities.All);

    /// <summary>The payer's standing limit; <c>none</c> where there is none, <c>expired</c> where the last one ran out.</summary>
    public string Limit { get; init; } = "10000";

    /// <summary>The limit of the group G0 above; empty where there is no group, <c>none</c> where it has no limit.</summary>
    public string GroupLimit { get; init; } = "";

    /// <summary>Open invoices as <c>I-1:2000@10</c>: amount, and the days until due (below zero: late); with <c>$</c> behind it, in USD.</summary>
    public IReadOnlyList<string> Invoices { get; init; } = [];

    /// <summary>Open invoices of C2, another payer of the group G0, as those of C1.</summary>
    public IReadOnlyList<string> SisterInvoices { get; init; } = [];

    /// <summary>Unapplied receipts of C2.</summary>
    public IReadOnlyList<string> SisterReceipts { get; init; } = [];

    /// <summary>What C2's credit currency is; one EUR is two of another where rates are known.</summary>
    public Currency SisterCurrency { get; init; } = Currency.EUR;

    /// <summary>Unapplied receipts as <c>R-1:4000@9</c>: amount, and the days for which it has waited; with <c>=I-1</c> behind it, its reference.</summary>
    public IReadOnlyList<string> Receipts { get; init; } = [];

    /// <summary>What is wrong with invoices, as <c>I-1:overInvoiced</c>, <c>I-1:notSent</c>, <c>I-1:rejected</c> by the customer's own error or <c>I-1:rejectedByUs</c>.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>Standing disputes as <c>D-1:I-1:500:unqualified</c>.</summary>
    public IReadOnlyList<string> Disputes { get; init; } = [];

    /// <summary>Credit notes that we have promised, as <c>CP-1:I-1:500</c>.</summary>
    public IReadOnlyList<string> PromisedCreditNotes { get; init; } = [];

    /// <summary>Lines of the order as <c>40x100</c>; with <c>-60</c> behind it, the unit's cost; with <c>/5</c> behind that, its minimum lot; <c>!40x100</c> is urgent.</summary>
    public IReadOnlyList<string> Lines { get; init; } = ["1x4000"];

    /// <summary>Open promises of C1 to pay, as <c>PP-2:I-1:500@10</c>: the last good day is in ten days.</summary>
    public IReadOnlyList<string> Promises { get; init; } = [];

    /// <summary>What the order is in; one EUR is two of another.</summary>
    public Currency OrderCurrency { get; init; } = Currency.EUR;

    public int ShipsInDays { get; init; }
    public string? Terms { get; init; }
    public bool PurchaseOrderRequired { get; init; }
    public bool OnHold { get; init; }
    public bool CompleteDelivery { get; init; }
    public string? RiskClass { get; init; } = "B";

    /// <summary>Whatever else stands on the root.</summary>
    public IReadOnlyList<object> Others { get; init; } = [];

    /// <summary>All receivables of the company, as counted on the day; null where nobody has counted.</summary>
    public PortfolioSnapshot? Portfolio { get; init; }

    public string Policy { get; init; } = "{}";

    /// <summary>The row's columns of these names, where it has them.</summary>
    public static HeldOrder Of(Row row, params string[] columns)
    {
        var order = new HeldOrder();
        foreach (var column in columns)
            order = column switch
            {
                "limit" => order with { Limit = row[column] },
                "group" => order with { GroupLimit = row[column] },
                "invoices" => order with { Invoices = row.Words(column) },
                "receipts" => order with { Receipts = row.Words(column) },
                "order" => order with { Lines = row.Words(column) },
                "terms" => order with { Terms = row.Has(column) ? row[column] : null },
                "ships" => order with { ShipsInDays = row.Integer(column) },
                _ => throw new ArgumentOutOfRangeException(nameof(columns), column),
            };
        return order;
    }

    /// <summary>With what is in its lists: a law that fails tells its case.</summary>
    public override string ToString() => string.Join(' ', typeof(HeldOrder).GetProperties().Where(property => property.CanWrite).Select(property =>
        $"{property.Name}={(property.GetValue(this) is IEnumerable<object> all ? $"[{string.Join(", ", all)}]" : property.GetValue(this))}"));

    public WhatIf Asked()
    {
        var order = Order();
        var root = Composition.Empty("C1") with { Sequence = 1, Through = Today };
        foreach (var row in Rows().Append(order).Concat(Others)) root = root.With(row);
        var company = (Composition.Empty(Facts.Company) with { Through = Today }).With(new Rate(Today, Currency.EUR, Currency.Of("USD"), 2));
        if (Portfolio is not null) company = company.With(Portfolio);
        return new WhatIf(root, company, order, Today, Situation.PolicyWith(Policy));
    }

    IEnumerable<object> Rows()
    {
        var customer = Situation.C1 with
        {
            Group = GroupLimit.Length > 0 ? "G0" : null,
            Profile = PayabilityProfile.None with { PurchaseOrderRequired = PurchaseOrderRequired },
            RiskClass = RiskClass, Hold = OnHold ? new AccountHold("stop", Today, "maria") : null,
        };
        yield return customer;
        if (GroupLimit.Length > 0)
        {
            yield return Situation.C1 with { Number = "G0" };
            if (GroupLimit != "none") yield return LimitOf("L-2", "G0", LimitLevel.Group, GroupLimit);
            yield return Situation.C1 with { Number = "C2", Group = "G0", Currency = SisterCurrency };
            foreach (var text in SisterInvoices) yield return InvoiceOf(text) with { Customer = "C2", Payer = "C2", Currency = SisterCurrency, CreditCurrency = SisterCurrency };
            foreach (var text in SisterReceipts) yield return ReceiptOf(text) with { Payer = "C2", Currency = SisterCurrency, CreditCurrency = SisterCurrency };
        }

        if (Limit == "expired") yield return LimitOf("L-1", "C1", LimitLevel.Payer, "5000") with { ValidTo = Today.AddDays(-5) };
        else if (Limit != "none") yield return LimitOf("L-1", "C1", LimitLevel.Payer, Limit);
        foreach (var text in Invoices) yield return Disputed(InvoiceOf(text));
        foreach (var text in Disputes) yield return DisputeOf(text);
        foreach (var text in PromisedCreditNotes) yield return PromiseOf(text);
        foreach (var text in Receipts) yield return ReceiptOf(text);
        foreach (var text in Promises) yield return WordOf(text);
    }

    public Order Order() => new(
        "SO-1", "C1", "C1", OrderCurrency, Today, Today.AddDays(ShipsInDays), [.. Lines.Select(LineOf)], null, "cora", Terms, null, null, null, OrderStatus.Held, Currency.EUR,
        RateOf(OrderCurrency, Today), null, 1)
    {
        CompleteDelivery = CompleteDelivery,
    };

    static Limit LimitOf(string id, string customer, LimitLevel level, string amount) => new(
        id, customer, level, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, Minor(amount), Today.AddDays(-100), null, null, "opening", LimitStatus.Approved, 1);

    static Invoice InvoiceOf(string text)
    {
        var parts = text.TrimEnd('$').Split(':', '@');
        var due = Today.AddDays(int.Parse(parts[2], CultureInfo.InvariantCulture));
        var currency = text.EndsWith('$') ? Currency.Of("USD") : Currency.EUR;
        return new Invoice(
            parts[0], "C1", "C1", null, due.AddDays(-60), due, currency, Minor(parts[1]), Currency.EUR, RateOf(currency, due), [], false, 0, 0, []);
    }

    /// <summary>Into the credit currency of C1.</summary>
    static StoredRate RateOf(Currency currency, DateOnly day) => currency == Currency.EUR ? StoredRate.Same(day) : new StoredRate(0.5m, day);

    static PromiseToPay WordOf(string text)
    {
        var parts = text.Split(':', '@');
        return new PromiseToPay(
            parts[0], "C1", "C1", PromiseKind.Promise, Currency.EUR, [new PromisedInvoice(parts[1], Minor(parts[2]))], Today.AddDays(-2),
            Today.AddDays(int.Parse(parts[3], CultureInfo.InvariantCulture)), PromiseStatus.Open, null, null, null);
    }

    /// <summary>The invoice with what is disputed of it, promised for it and wrong with it.</summary>
    Invoice Disputed(Invoice invoice)
    {
        foreach (var dispute in Disputes.Select(DisputeOf).Where(dispute => dispute.Invoice == invoice.Number))
            invoice = invoice.With(new InvoicePart(PartKind.Disputed, dispute.Number, dispute.Amount, dispute.Raised, dispute.Legitimacy));
        foreach (var promise in PromisedCreditNotes.Select(PromiseOf).Where(promise => promise.Invoice == invoice.Number))
            invoice = invoice.With(new InvoicePart(PartKind.ToBeCredited, promise.Number, promise.Amount, promise.Made));
        foreach (var promise in Promises.Select(WordOf).Where(promise => promise.Invoices[0].Invoice == invoice.Number))
            invoice = invoice.With(new InvoicePart(PartKind.Promised, promise.Number, promise.Amount, promise.Made));
        foreach (var wrong in Wrong.Where(text => text.StartsWith(invoice.Number + ":", StringComparison.Ordinal)))
            invoice = wrong.Split(':')[1] switch
            {
                "overInvoiced" => invoice with { Marks = [Billing.OverInvoiced] },
                "notSent" => invoice with { Life = new InvoiceLife(InvoiceStage.Issued, Today.AddDays(-9)) },
                "rejected" => invoice with { Life = new InvoiceLife(InvoiceStage.Rejected, Today.AddDays(-3), "no", RejectionFault.Customer) },
                "rejectedByUs" => invoice with { Life = new InvoiceLife(InvoiceStage.Rejected, Today.AddDays(-3), "no", RejectionFault.Company) },
                _ => throw new ArgumentOutOfRangeException(nameof(invoice), wrong),
            };
        return invoice;
    }

    static Dispute DisputeOf(string text)
    {
        var parts = text.Split(':');
        var amount = Minor(parts[2]);
        return new Dispute(
            parts[0], parts[1], "C1", "C1", Today, amount, amount, Currency.EUR, DisputeReason.Quality, Aval.Kernel.Storage.Words.Parse<Legitimacy>(parts[3]),
            OwnerFunction.Quality, "quinn", DisputeStatus.Open, Today.AddDays(-3), null, null, null, null, null);
    }

    static CreditNotePromise PromiseOf(string text)
    {
        var parts = text.Split(':');
        return new CreditNotePromise(
            parts[0], "C1", "C1", parts[1], Minor(parts[2]), 0, Currency.EUR, "damaged", OwnerFunction.Billing, null, Today.AddDays(-3), Today.AddDays(9),
            CreditNotePromiseStatus.Open, null);
    }

    static Receipt ReceiptOf(string text)
    {
        var parts = text.Split(':', '@', '=');
        var date = Today.AddDays(-int.Parse(parts[2], CultureInfo.InvariantCulture));
        return new Receipt(
            parts[0], "C1", date, Currency.EUR, Minor(parts[1]), parts.Length > 3 ? parts[3] : null, ReceiptStatus.Cleared, null, Currency.EUR, StoredRate.Same(date), 0, false)
        {
            ClearedOn = date,
        };
    }

    static OrderLine LineOf(string text, int at)
    {
        var (parts, lot) = (text.TrimStart('!').Split('/')[0].Split('x', '-'), text.Split('/').Skip(1).Select(Number).Select(Quantity.Of).Cast<Quantity?>().FirstOrDefault());
        return new OrderLine(
            at + 1, "A-100", Quantity.Of(Number(parts[0])), UnitPrice.Of(Number(parts[1])), 0, UnitCost: parts.Length > 2 ? UnitPrice.Of(Number(parts[2])) : null,
            MinimumLot: lot, Urgent: text.StartsWith('!'));
    }

    static long Minor(string major) => Money.Of(Number(major), Currency.EUR).Minor;

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

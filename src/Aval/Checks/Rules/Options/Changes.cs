using Aval.Cover.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>One action taken, on the facts: the question as it would stand afterwards. Nothing of it is recorded.</summary>
static class Changes
{
    /// <summary>No document's number begins so.</summary>
    const string Imagined = "@option";

    const string Shared = "@group";

    /// <summary>Cleared money for this order alone.</summary>
    /// <param name="amount">Minor units of the payer's credit currency.</param>
    public static WhatIf Deposited(this WhatIf asked, long amount, Currency credit) => asked.With(new Receipt(
        Imagined, asked.Order.Payer, asked.Today, credit, amount, null, ReceiptStatus.Cleared, asked.Order.Number, credit, StoredRate.Same(asked.Today), 0, false)
    {
        ClearedOn = asked.Today,
    });

    /// <summary>The order's payer owes so much less, whichever invoices it pays.</summary>
    public static WhatIf Credited(this WhatIf asked, long amount, Currency credit) => Credited(asked, amount, asked.Order.Payer, credit);

    /// <summary>The same of any payer of the group.</summary>
    /// <param name="amount">Minor units of its credit currency.</param>
    public static WhatIf Credited(this WhatIf asked, long amount, string payer, Currency credit) => asked.With(new CreditNote(
        Imagined + payer, payer, payer, null, asked.Today, credit, amount, credit, StoredRate.Same(asked.Today), 0));

    /// <summary>The invoice is paid in full.</summary>
    public static WhatIf Paid(this WhatIf asked, string invoice) =>
        asked.Root.Find<Invoice>(invoice) is { } open ? asked.With(open with { Settled = open.Amount, AtRisk = 0 }) : asked;

    /// <summary>So much of the invoice is paid, and no more than nobody disputes.</summary>
    /// <param name="amount">Minor units of the invoice's currency.</param>
    public static WhatIf PaidInPart(this WhatIf asked, string invoice, long amount)
    {
        if (asked.Root.Find<Invoice>(invoice) is not { } open) return asked;
        var left = Math.Max(Math.Min(open.Open, open.Said(PartKind.Disputed)), open.Open - amount);
        return asked.With(open with { Settled = open.Amount - left, AtRisk = Math.Min(open.AtRisk, left) });
    }

    /// <summary>A limit recorded on the day of the question: the whole of it.</summary>
    public static WhatIf Limited(this WhatIf asked, string customer, LimitLevel level, LimitTerm term, long amount, Currency currency, DateOnly? until) => asked.With(new Limit(
        Imagined + customer + (level == LimitLevel.Group ? Shared : ""), customer, level,
        term, LimitKind.Amount, currency, amount, asked.Today, until, term == LimitTerm.Temporary ? LimitMode.Replaces : null, "",
        LimitStatus.Approved, long.MaxValue));

    /// <summary>Somebody else bears so much of what the payer owes.</summary>
    public static WhatIf Guaranteed(this WhatIf asked, long amount, Currency credit) => asked.With(new Guarantee(
        Imagined, asked.Order.Payer, asked.Order.Payer, GuaranteeKind.BankGuarantee, credit, amount, credit, StoredRate.Same(asked.Today), asked.Today, asked.Today.AddYears(1),
        null, null, null, 0, long.MaxValue));

    /// <summary>The dispute turns out to be our fault.</summary>
    public static WhatIf Qualified(this WhatIf asked, Dispute dispute)
    {
        if (asked.Root.Find<Invoice>(dispute.Invoice) is not { } invoice) return asked;
        var part = invoice.Parts.FirstOrDefault(part => part.Kind == PartKind.Disputed && part.Document == dispute.Number);
        var changed = asked.With(dispute with { Legitimacy = Legitimacy.CompanyFault });
        return part is null ? changed : changed.With(invoice.With(part with { Legitimacy = Legitimacy.CompanyFault }));
    }

    public static WhatIf Shipping(this WhatIf asked, DateOnly date) => asked with { Order = asked.Order with { ShipDate = date } };

    public static WhatIf Under(this WhatIf asked, string paymentTerms) => asked with { Order = asked.Order with { PaymentTerms = paymentTerms } };

    /// <summary>The order with no more than this amount still to come, whatever lines it is made of.</summary>
    /// <param name="amount">Minor units of the order's currency.</param>
    public static WhatIf WorthOnly(this WhatIf asked, long amount)
    {
        var order = asked.Order;
        var rest = new OrderLine(0, "", Quantity.Of(1), UnitPrice.Of(new Money(amount, order.Currency).Major), 0);
        return asked with { Order = order with { Lines = [.. order.Lines.Select(Delivered), rest] } };
    }

    /// <summary>The order with only these quantities of its lines still to come.</summary>
    public static WhatIf OfLines(this WhatIf asked, IReadOnlyList<OptionLine> lines)
    {
        var order = asked.Order;
        return asked with
        {
            Order = order with
            {
                Lines = [.. order.Lines.Select(line => Delivered(line) with { Quantity = Delivered(line).Quantity + QuantityOf(lines, line.Line) })],
            },
        };
    }

    static OrderLine Delivered(OrderLine line) => line with { Quantity = Quantity.Min(line.Quantity, line.Cancelled + Quantity.Max(line.Delivered, line.Invoiced)) };

    static Quantity QuantityOf(IReadOnlyList<OptionLine> lines, int number)
    {
        var sum = Quantity.Zero;
        foreach (var line in lines)
            if (line.Line == number) sum += line.Quantity;
        return sum;
    }
}

using System.Collections.Immutable;

namespace Aval.Receivables.Rules;

/// <summary>What one payer owes and what we hold of it, in minor units of its credit currency. Immutable.</summary>
public sealed record PayerReceivables
{
    public static readonly PayerReceivables None = new();

    /// <summary>Open invoices less what uncleared receipts have taken of them.</summary>
    public long Receivables { get; init; }

    /// <summary>The part of uncleared receipts that is allocated: still owed.</summary>
    public long AtRisk { get; init; }

    /// <summary>Issued credit notes that no invoice has taken.</summary>
    public long OpenCreditNotes { get; init; }

    /// <summary>Cleared receipts, not matched, not earmarked.</summary>
    public long Unapplied { get; init; }

    public long OnAccount { get; init; }

    /// <summary>Open documents for which no rate is known.</summary>
    public int Unconverted { get; init; }

    /// <summary>How it has paid; null while it has not.</summary>
    public PaymentBehaviour? Behaviour { get; init; }

    /// <summary>Value-weighted average of the whole calendar days beyond terms; below zero for who pays early, 0 while nothing was paid.</summary>
    public int DaysLate => Behaviour?.DaysLate ?? 0;

    /// <summary>Cleared money earmarked to an order, not yet allocated, by order and receipt.</summary>
    public ImmutableSortedSet<OpenDeposit> Deposits { get; init; } = [];

    /// <summary>Open invoices, earliest due first; of one day by number.</summary>
    public OpenItems OpenItems { get; init; } = OpenItems.Empty;

    /// <summary>The open items at least <paramref name="minDays"/> past due on a day. Costs the same however many there are.</summary>
    public Overdue OverdueOn(DateOnly today, int minDays)
    {
        var (amount, count) = OpenItems.DueBy(today.AddDays(-Math.Max(1, minDays)));
        return new Overdue(amount, count == 0 ? 0 : today.DayNumber - OpenItems.First!.Value.DueDate.DayNumber, count);
    }

    /// <summary>These with the invoice added (<paramref name="sign"/> 1) or taken out (−1).</summary>
    public PayerReceivables Counted(Invoice invoice, int sign)
    {
        if (!invoice.IsOpen) return this;
        if (CreditValue.Of(invoice) is not { } value) return this with { Unconverted = Unconverted + sign };
        var secured = invoice.Settled + invoice.AtRisk;
        var item = new OpenItem(invoice.Number, invoice.DueDate, value.Between(invoice.Settled, invoice.Amount)) { Date = invoice.Date };
        return this with
        {
            Receivables = Receivables + (sign * value.Between(secured, invoice.Amount)),
            AtRisk = AtRisk + (sign * value.Between(invoice.Settled, secured)),
            OpenItems = sign > 0 ? OpenItems.Add(item) : OpenItems.Remove(item),
        };
    }

    /// <inheritdoc cref="Counted(Invoice, int)"/>
    public PayerReceivables Counted(CreditNote note, int sign)
    {
        if (note.Open <= 0) return this;
        return CreditValue.Of(note.Currency, note.Rate, note.CreditCurrency) is { } value
            ? this with { OpenCreditNotes = OpenCreditNotes + (sign * value.Between(note.Applied, note.Amount)) }
            : this with { Unconverted = Unconverted + sign };
    }

    /// <inheritdoc cref="Counted(Invoice, int)"/>
    /// <remarks>An uncleared receipt counts nowhere: it is neither unapplied cash nor a deposit.</remarks>
    public PayerReceivables Counted(Receipt receipt, int sign)
    {
        if (receipt.Status != ReceiptStatus.Cleared || receipt.Open <= 0) return this;
        if (CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency) is not { } value) return this with { Unconverted = Unconverted + sign };
        var open = value.Between(receipt.Allocated, receipt.Amount);
        if (receipt.OnAccount) return this with { OnAccount = OnAccount + (sign * open) };
        if (receipt.DepositFor is null) return this with { Unapplied = Unapplied + (sign * open) };
        var deposit = new OpenDeposit(receipt.Number, receipt.DepositFor, open);
        return this with { Deposits = sign > 0 ? Deposits.Add(deposit) : Deposits.Remove(deposit) };
    }
}

/// <summary>An invoice with something open. In order of due date, of one day by number.</summary>
/// <param name="Open">Minor units of the payer's credit currency, uncleared receipts not deducted.</param>
public readonly record struct OpenItem(string Invoice, DateOnly DueDate, long Open) : IComparable<OpenItem>
{
    /// <summary>The invoice's own date, on which it counts as shipped.</summary>
    public DateOnly Date { get; init; }

    public int CompareTo(OpenItem other)
    {
        var byDate = DueDate.CompareTo(other.DueDate);
        return byDate != 0 ? byDate : string.CompareOrdinal(Invoice, other.Invoice);
    }

    public static bool operator <(OpenItem left, OpenItem right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenItem left, OpenItem right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenItem left, OpenItem right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenItem left, OpenItem right) => left.CompareTo(right) >= 0;
}

/// <summary>Cleared money that serves one order. In order of the orders' numbers, of one order by receipt.</summary>
public readonly record struct OpenDeposit(string Receipt, string Order, long Open) : IComparable<OpenDeposit>
{
    public int CompareTo(OpenDeposit other)
    {
        var byOrder = string.CompareOrdinal(Order, other.Order);
        return byOrder != 0 ? byOrder : string.CompareOrdinal(Receipt, other.Receipt);
    }

    public static bool operator <(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenDeposit left, OpenDeposit right) => left.CompareTo(right) >= 0;
}

/// <param name="OldestDays">Calendar days past due of the oldest of them; 0 when there is none.</param>
public readonly record struct Overdue(long Amount, int OldestDays, int Count);

using Aval.Kernel;

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

    /// <summary>Cleared money earmarked to an order, not yet allocated.</summary>
    public IReadOnlyList<OpenDeposit> Deposits { get; init; } = [];

    /// <summary>Open invoices, earliest due first; of one day by number.</summary>
    public IReadOnlyList<OpenItem> OpenItems { get; init; } = [];

    /// <summary>The open items at least <paramref name="minDays"/> past due on a day.</summary>
    public Overdue OverdueOn(DateOnly today, int minDays)
    {
        long amount = 0;
        var count = 0;
        foreach (var item in OpenItems)
        {
            if (today.DayNumber - item.DueDate.DayNumber < Math.Max(1, minDays)) break;
            amount += item.Open;
            count++;
        }

        return new Overdue(amount, count == 0 ? 0 : today.DayNumber - OpenItems[0].DueDate.DayNumber, count);
    }
}

/// <param name="Open">Minor units of the payer's credit currency, uncleared receipts not deducted.</param>
public readonly record struct OpenItem(string Invoice, DateOnly DueDate, long Open);

public readonly record struct OpenDeposit(string Receipt, string Order, long Open);

/// <param name="OldestDays">Calendar days past due of the oldest of them; 0 when there is none.</param>
public readonly record struct Overdue(long Amount, int OldestDays, int Count);

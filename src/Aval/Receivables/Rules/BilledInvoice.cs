using Aval.Kernel;

namespace Aval.Receivables.Rules;

/// <summary>An invoice of an order and how it was settled so far, in minor units of its currency.</summary>
/// <param name="Credited">Of what is settled, by credit notes.</param>
/// <param name="WrittenOff">Of what is settled, written off.</param>
/// <param name="LastSettled">The latest day on which something counted as settled; null while nothing has.</param>
public readonly record struct BilledInvoice(string Order, string Number, DateOnly DueDate, long Amount, long Settled, long Credited, long WrittenOff, DateOnly? LastSettled);

/// <summary>An invoice of an order with all that settled it, in minor units of its currency.</summary>
/// <param name="Settled">From which day on how much counts; below zero where it was taken back.</param>
public sealed record OrderInvoice(
    string Order, string Number, string Customer, DateOnly Date, DateOnly DueDate, Currency Currency, long Amount, IReadOnlyList<(DateOnly From, long Amount)> Settled)
{
    /// <summary>Settled at the end of a day.</summary>
    public long SettledBy(DateOnly day)
    {
        var settled = 0L;
        foreach (var (from, amount) in Settled)
            if (from <= day) settled += amount;
        return settled;
    }

    /// <summary>Still owed at the end of a day; nothing before the invoice's own.</summary>
    public long OwedOn(DateOnly day) => day < Date ? 0 : Amount - SettledBy(day);
}

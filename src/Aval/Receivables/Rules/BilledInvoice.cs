using Aval.Kernel;

namespace Aval.Receivables.Rules;

/// <summary>An invoice of an order and how it was settled so far, in minor units of its currency.</summary>
/// <param name="Credited">Of what is settled, by credit notes.</param>
/// <param name="WrittenOff">Of what is settled, written off.</param>
/// <param name="LastSettled">The latest day on which something counted as settled; null while nothing has.</param>
public readonly record struct BilledInvoice(string Order, string Number, DateOnly DueDate, long Amount, long Settled, long Credited, long WrittenOff, DateOnly? LastSettled);

/// <summary>What settled a part of an invoice, from which day on.</summary>
/// <param name="Amount">Minor units of the invoice's currency; below zero where it was taken back.</param>
public readonly record struct SettledPart(DateOnly From, long Amount, SettlementSource Source);

/// <summary>An invoice of an order with all that settled it, in minor units of its currency.</summary>
/// <param name="Stage">How far it has come at the customer's; null when nobody tells.</param>
/// <param name="StageOn">Since when.</param>
public sealed record OrderInvoice(
    string Order, string Number, string Customer, DateOnly Date, DateOnly DueDate, Currency Currency, long Amount, IReadOnlyList<SettledPart> Settled,
    InvoiceStage? Stage = null, DateOnly? StageOn = null)
{
    /// <summary>Settled at the end of a day.</summary>
    public long SettledBy(DateOnly day)
    {
        var settled = 0L;
        foreach (var part in Settled)
            if (part.From <= day) settled += part.Amount;
        return settled;
    }

    /// <summary>Still owed at the end of a day; nothing before the invoice's own.</summary>
    public long OwedOn(DateOnly day) => day < Date ? 0 : Amount - SettledBy(day);

    /// <summary>Settled in this way at the end of a day.</summary>
    public long SettledBy(DateOnly day, SettlementSource source)
    {
        var settled = 0L;
        foreach (var part in Settled)
            if (part.From <= day && part.Source == source) settled += part.Amount;
        return settled;
    }
}

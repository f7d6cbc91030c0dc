namespace Aval.Receivables.Rules;

/// <summary>An invoice of an order and how it was settled so far, in minor units of its currency.</summary>
/// <param name="Credited">Of what is settled, by credit notes.</param>
/// <param name="WrittenOff">Of what is settled, written off.</param>
/// <param name="LastSettled">The latest day on which something counted as settled; null while nothing has.</param>
public readonly record struct BilledInvoice(string Order, string Number, DateOnly DueDate, long Amount, long Settled, long Credited, long WrittenOff, DateOnly? LastSettled);

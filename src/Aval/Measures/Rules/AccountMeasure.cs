using Aval.Kernel;

namespace Aval.Measures.Rules;

/// <summary>What a standing condition asks of every order of a payer.</summary>
public enum MeasureKind
{
    /// <summary>At least <see cref="AccountMeasure.Percent"/> of the order paid in advance.</summary>
    DepositPercent,
    /// <summary>Payment terms no longer than <see cref="AccountMeasure.PaymentTerms"/>.</summary>
    TermsAtMost,
    /// <summary>No order above <see cref="AccountMeasure.Amount"/> without a decision.</summary>
    OrderCap,
    /// <summary>A further limit beside the payer's own.</summary>
    ExposureCap,
    /// <summary>An order above <see cref="AccountMeasure.Amount"/> is invoiced in stages of at most that; until they are agreed it is referred.</summary>
    StagedInvoicing,
}

/// <summary>A standing condition on a payer: decided by credit, applied by the check from its first day to its last, and reviewed at its end.</summary>
/// <param name="Customer">The customer it was recorded for.</param>
/// <param name="Payer">On whose orders it lies.</param>
/// <param name="Percent">Above 0, at most 100; null unless the kind is a deposit.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the payer's credit currency; null unless the kind is a cap or a stage.</param>
/// <param name="PaymentTerms">The longest accepted; null unless the kind is about terms.</param>
/// <param name="To">The last day on which it holds.</param>
/// <param name="Entered">Order of entry among this payer's measures, from 1.</param>
/// <param name="EndedOn">The first day on which it no longer holds because somebody ended it, or the day on which somebody reviewed it after its end.</param>
/// <param name="BegunOn">The first day that it held, once that was recorded.</param>
/// <param name="ExpiredOn">The first day after its last, as the due run recorded it; what holds on a day follows from the dates alone.</param>
public sealed record AccountMeasure(
    string Number,
    string Customer,
    string Payer,
    MeasureKind Kind,
    decimal? Percent,
    long? Amount,
    Currency Currency,
    string? PaymentTerms,
    DateOnly From,
    DateOnly To,
    string Reason,
    long Entered,
    DateOnly? EndedOn = null,
    string? EndReason = null,
    DateOnly? BegunOn = null,
    DateOnly? ExpiredOn = null)
{
    public bool HoldsOn(DateOnly day) => From <= day && day <= To && (EndedOn is null || day < EndedOn);

    /// <summary>Past its last day, ended by nobody and followed by no other of its kind: somebody has to say how it goes on.</summary>
    public bool AwaitsReview(IEnumerable<AccountMeasure> all, DateOnly day) =>
        To < day && EndedOn is null && !all.Any(other => other.Kind == Kind && other.Entered > Entered);
}

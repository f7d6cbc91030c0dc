using Aval.Kernel;
using Aval.Rates.Rules;

namespace Aval.Cover.Rules;

/// <summary>Whether the insurer has set this payer's limit by name, or the policy lets us set it within its discretionary limit.</summary>
public enum CoverKind { Named, Discretionary }

/// <summary>What a credit insurer bears of one payer's debts: a percentage, up to a limit, for what is shipped while it holds.</summary>
/// <param name="Customer">The customer it was recorded for.</param>
/// <param name="Payer">Whose debts it insures.</param>
/// <param name="Amount">The insured limit before any cut, in minor units of <paramref name="Currency"/>.</param>
/// <param name="Rate">By which it counts in the payer's credit currency, for good.</param>
/// <param name="Percent">Of the loss; above 0, at most 100.</param>
/// <param name="MaximumExtensionDays">Calendar days past due after which an item is insured no more.</param>
/// <param name="ValidTo">The last day whose shipments it insures.</param>
/// <param name="NotificationDays">Calendar days past due by which the insurer must be told of an overdue item; null where the policy asks for none.</param>
/// <param name="Policy">The insurer's policy number.</param>
/// <param name="Entered">Order of entry among this payer's covers, from 1.</param>
/// <param name="BegunOn">The first day that it held, once that was recorded.</param>
/// <param name="EndedOn">The first day after its last, as the due run recorded it; what is insured on a day follows from the dates alone.</param>
public sealed record InsuranceCover(
    string Number,
    string Customer,
    string Payer,
    CoverKind Kind,
    Currency Currency,
    long Amount,
    Currency CreditCurrency,
    StoredRate Rate,
    decimal Percent,
    int MaximumExtensionDays,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Insurer,
    int? NotificationDays,
    string? Policy,
    string? Note,
    long Entered,
    DateOnly? BegunOn = null,
    DateOnly? EndedOn = null)
{
    /// <summary>Whether it counts.</summary>
    public SecurityStatus Status { get; init; }

    public bool HoldsOn(DateOnly day) => Status == SecurityStatus.Approved && ValidFrom <= day && day <= ValidTo;

    /// <summary>What the insurer bears at most before any cut, in minor units of the payer's credit currency.</summary>
    public long Bears() => (long)Math.Floor(InCredit(Amount) * Percent / 100);

    /// <summary>An insured limit in the payer's credit currency.</summary>
    public long InCredit(long amount) => new Money(amount, Currency).Convert(Rate.Factor, CreditCurrency).Minor;
}

/// <summary>The insurer has lowered the limit, or withdrawn it: for what is shipped from that day on.</summary>
/// <param name="Id">The cover's number and a count.</param>
/// <param name="Amount">The insured limit from then on, in minor units of <paramref name="Currency"/>, the cover's; zero is a withdrawal.</param>
/// <param name="From">The first day whose shipments it binds.</param>
/// <param name="Number">Order among the cuts of its cover, from 1; their days never run backwards.</param>
/// <param name="TakenOn">The first day on which it held, once that was recorded.</param>
public sealed record CoverCut(
    string Id, string Cover, string Payer, Currency Currency, long Amount, DateOnly From, string Reason, long Number, DateOnly? TakenOn = null);

/// <summary>The insurer was told which items are overdue: all that were due before that day.</summary>
/// <param name="Id">The cover's number and a count.</param>
public sealed record CoverNotification(string Id, string Cover, string Payer, DateOnly Date, string? Note);

using Aval.Kernel;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Cover.Rules;

/// <summary>What somebody else has promised, or set apart, for this payer's debts (docs/concepts/cover.md says what is left out, and why).</summary>
public enum GuaranteeKind { BankGuarantee, StandbyLetterOfCredit, DocumentaryCredit, SuretyBond, ParentGuarantee, PersonalGuarantee, Escrow, Pledge }

/// <summary>Whether it counts: what frees more than its author had the authority for waits for another person.</summary>
public enum SecurityStatus { Approved, PendingApproval, Refused }

/// <summary>A sum that somebody else pays when the payer does not.</summary>
/// <param name="Customer">The customer it was recorded for.</param>
/// <param name="Payer">Whose debts it secures.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Rate">By which it counts in the payer's credit currency, for good.</param>
/// <param name="ValidTo">The last day on which it holds.</param>
/// <param name="Issuer">The bank, the parent, the insurer; null when nobody was named.</param>
/// <param name="Drawn">Minor units that have been called in.</param>
/// <param name="Entered">Order of entry among this payer's guarantees, from 1: those entered first are used first.</param>
/// <param name="ReleasedOn">The first day on which it no longer holds because we let it go; null while we have not.</param>
/// <param name="BegunOn">The first day that it held, once that was recorded.</param>
/// <param name="EndedOn">The first day that it no longer held, as the due run recorded it; what holds on a day follows from the dates alone.</param>
public sealed record Guarantee(
    string Number,
    string Customer,
    string Payer,
    GuaranteeKind Kind,
    Currency Currency,
    long Amount,
    Currency CreditCurrency,
    StoredRate Rate,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Issuer,
    string? Reference,
    string? Note,
    long Drawn,
    long Entered,
    DateOnly? ReleasedOn = null,
    string? ReleaseReason = null,
    DateOnly? BegunOn = null,
    DateOnly? EndedOn = null)
{
    /// <summary>Whether it counts.</summary>
    public SecurityStatus Status { get; init; }

    /// <summary>Minor units that can still be called in.</summary>
    public long Left => Amount - Drawn;

    /// <summary>The same in minor units of the payer's credit currency.</summary>
    public long LeftInCredit() => new CreditValue(Currency, Rate, CreditCurrency).Between(Drawn, Amount);

    public bool HoldsOn(DateOnly day) => Status == SecurityStatus.Approved && ValidFrom <= day && day <= ValidTo && (ReleasedOn is null || day < ReleasedOn);
}

/// <summary>A part of a guarantee that was called in.</summary>
/// <param name="Id">The guarantee's number and a count.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the guarantee's.</param>
public sealed record GuaranteeDrawing(string Id, string Guarantee, string Payer, DateOnly Date, Currency Currency, long Amount, string Reason);

using Aval.Kernel;

namespace Aval.Decisions.Rules;

/// <summary>The case as it stood when it was decided: by it the decision is found again when a like case comes.</summary>
/// <param name="Currency">Policy's on that day; all amounts are in it, in major units, null where no rate told them.</param>
/// <param name="Amount">The order's value, tax included.</param>
/// <param name="Overrun">By how much the order would have passed the limit that it passed by the most; 0 when it passed none.</param>
/// <param name="Overdue">What the payer owed that was due.</param>
/// <param name="OverdueDays">Calendar days of the oldest overdue item; 0 when nothing was.</param>
/// <param name="RiskClass">The payer's; null when it had none.</param>
/// <param name="Cause">Of the block, in the glossary's word; null when it had none.</param>
public sealed record DecidedCase(Currency Currency, decimal? Amount, decimal? Overrun, decimal? Overdue, int OverdueDays, string? RiskClass, string? Cause);

namespace Aval.Checks.Rules;

/// <summary>What of an open invoice is promised by a day further off than some setting of policy lets count.</summary>
/// <param name="Promise">Its number.</param>
/// <param name="TermDays">Calendar days from the day on which it was given to its last good day.</param>
/// <param name="DueDate">Of the invoice.</param>
/// <param name="Amount">What the overdue tests would leave out, in minor units of the payer's credit currency.</param>
public readonly record struct LongPromise(string Promise, int TermDays, DateOnly DueDate, long Amount);

using Aval.Kernel;

namespace Aval.Receivables;

/// <summary>The day of a document: money and debts are recorded when they are there, not before.</summary>
static class DocumentDate
{
    /// <summary>Refuses a date after the business date with <c>field-invalid</c>, or null when it is good.</summary>
    public static Problem? Refuse(DateOnly date, DateOnly today) => date > today
        ? KernelProblems.FieldInvalid.With($"date must not be after the business date {today:yyyy-MM-dd}.", "date")
        : null;
}

using System.Globalization;
using System.Text;

namespace Aval.Kernel;

/// <summary>What a number that names something (a customer, an order, an invoice) must be like.</summary>
public static class Numbers
{
    public const int Longest = 64;

    /// <summary>Refuses with <c>field-invalid</c> what cannot be a number; null when it can. An optional number is asked about only when it is there.</summary>
    /// <remarks>1 to 64 characters, all of them visible or inner blanks; never beginning with <c>@</c>, which marks Aval's own roots; not <c>.</c> or <c>..</c>,
    /// which no address can carry.</remarks>
    public static Problem? Refuse(string field, string? value) => Fault(value) is { } fault ? KernelProblems.FieldInvalid.With($"{field} {fault}.", field) : null;

    static Wording? Fault(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "must not be empty";
        if (value.Length > Longest) return "must be at most 64 characters long";
        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])) return "must not begin or end with a blank";
        if (value[0] == '@') return "must not begin with @";
        if (value is "." or "..") return "must be more than dots";
        foreach (var rune in value.EnumerateRunes())
            if (rune == Rune.ReplacementChar || IsInvisible(Rune.GetUnicodeCategory(rune))) return "must contain visible characters and blanks only";
        return null;
    }

    // Two numbers that look alike would be two customers.
    static bool IsInvisible(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}

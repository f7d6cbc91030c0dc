namespace Aval.Kernel;

/// <summary>What the number of a party or document may be: 1 to 64 characters, none of them a control character, no blank at either end, not beginning with @.</summary>
public static class Numbers
{
    public const int Longest = 64;

    /// <summary>Refuses with <c>field-invalid</c>, or null when the number is good.</summary>
    public static Problem? Refuse(string field, string? number)
    {
        var good = number is { Length: > 0 and <= Longest } && number[0] != '@' && number == number.Trim() && !number.Any(char.IsControl);
        return good ? null : KernelProblems.FieldInvalid.With($"{field} must have 1 to {Longest} characters, no blanks at its ends and no @ at its beginning.", field);
    }
}

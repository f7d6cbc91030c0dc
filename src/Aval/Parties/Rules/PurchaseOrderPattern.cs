using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Aval.Parties.Rules;

/// <summary>The form that a payer's purchase order numbers have: a regular expression that the whole number matches.</summary>
/// <remarks>Matched without backtracking, so in time linear in the number: whoever writes a pattern cannot make a check slow, and no clock is
/// needed to stop it. What such matching cannot do (looking around, back-references) is no valid pattern.</remarks>
public static class PurchaseOrderPattern
{
    const int MostCharacters = 200;
    const int MostRemembered = 10_000;
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    static readonly ConcurrentDictionary<string, Regex> Remembered = new(StringComparer.Ordinal);

    /// <summary>Whether it is a pattern; asked when a customer is entered.</summary>
    public static bool IsValid(string pattern)
    {
        if (pattern.Length is 0 or > MostCharacters) return false;
        try
        {
            // By itself too, so that no bracket of it closes ours.
            _ = new Regex(pattern, Linear);
            _ = Whole(pattern);
            return true;
        }
        catch (Exception trouble) when (trouble is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether the whole number has this form. The pattern must be valid.</summary>
    public static bool Matches(string pattern, string number)
    {
        if (Remembered.Count > MostRemembered) Remembered.Clear();
        return Remembered.GetOrAdd(pattern, Whole).IsMatch(number);
    }

    static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", Linear);
}

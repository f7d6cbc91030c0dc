using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Aval.Parties.Rules;

/// <summary>The form of a payer's purchase order numbers, as a regular expression that the whole number matches.</summary>
/// <remarks>Matched in time linear in the number's length (no back-tracking), so that a customer's pattern can never stall a check.</remarks>
public static class PurchaseOrderPattern
{
    const int MostCached = 10_000;

    static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    public static bool IsValid(string pattern)
    {
        try
        {
            Compile(pattern);
            return pattern.Length <= 200;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    public static bool Matches(string pattern, string purchaseOrder)
    {
        if (Compiled.Count > MostCached) Compiled.Clear();
        return Compiled.GetOrAdd(pattern, Compile).IsMatch(purchaseOrder);
    }

    static Regex Compile(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}

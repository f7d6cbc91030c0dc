using System.Text;

namespace Aval.Kernel.Storage;

/// <summary>Patterns for LIKE over <c>lower(column)</c>, which folds the letters A to Z alone on both databases.</summary>
public static class Like
{
    /// <summary>What contains the text, in any case. A letter beyond A to Z matches any letter: too much is found rather than too little.</summary>
    /// <remarks>To be used with <c>ESCAPE '\'</c>.</remarks>
    public static string Containing(string text)
    {
        var pattern = new StringBuilder(text.Length + 2).Append('%');
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value is '%' or '_' or '\\') pattern.Append('\\').Append(rune);
            else if (rune.IsAscii) pattern.Append(rune);
            else pattern.Append('_');
        }

        return pattern.Append('%').ToString();
    }
}

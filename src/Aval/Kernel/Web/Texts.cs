namespace Aval.Kernel.Web;

/// <summary>What any text from outside must be like, so that both databases, the journal and a letter can hold it.</summary>
public static class Texts
{
    /// <summary>Characters (UTF-16 units) of the longest text that is taken: some two pages.</summary>
    public const int Longest = 4_000;

    /// <summary>What is wrong with the text, as a predicate (<c>must …</c>), or null. Line ends and tabs are text; NUL cannot be stored.</summary>
    public static Wording? Fault(string text)
    {
        if (text.Length > Longest) return "must be at most 4,000 characters long";
        var odd = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (odd < 0) return null;
        for (var i = odd; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) return "must contain no control characters";
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return "must be whole Unicode characters";
            i++;
        }

        return null;
    }
}

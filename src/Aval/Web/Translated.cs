using System.Globalization;
using Aval.Kernel;
using Microsoft.AspNetCore.Components;

namespace Aval.Web;

/// <summary>The screens' texts in the visitor's language. The English text is the key; one that has no translation is shown as it is.</summary>
public static class Translated
{
    /// <summary><c>T("{0} of {1}", 1, day)</c>: numbers, days and amounts are told as the visitor's language has them.</summary>
    public static string T(string text, params ReadOnlySpan<object?> parts)
    {
        var said = Tongue.Current.Texts.GetValueOrDefault(text) ?? Bare(text);
        return parts.Length == 0 ? said : string.Format(CultureInfo.InvariantCulture, said, [.. Told(parts)]);
    }

    /// <summary><c>Several(3, "{0} order", "{0} orders")</c>; the count is the first part.</summary>
    public static string Several(int count, string one, string many, params ReadOnlySpan<object?> parts) =>
        T(Tongue.Current.IsOne(count) ? one : many, [count, .. parts]);

    /// <summary>A sentence whose parts are marked up: <c>Sentence("{0} decided: {1}", who, what)</c>. In every language they may stand in another order.</summary>
    public static RenderFragment Sentence(string text, params RenderFragment[] parts) => builder =>
    {
        var said = T(text);
        for (var at = 0; at < said.Length;)
        {
            var open = said.IndexOf('{', at);
            builder.AddContent(0, open < 0 ? said[at..] : said[at..open]);
            if (open < 0) return;
            builder.AddContent(1, parts[said[open + 1] - '0']);
            at = open + 3;
        }
    };

    /// <summary>Behind <c>#</c> stands which of two meanings an English word has here: <c>From#day</c>.</summary>
    static string Bare(string text) => text.IndexOf('#', StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;

    static object?[] Told(ReadOnlySpan<object?> parts)
    {
        var told = new object?[parts.Length];
        for (var at = 0; at < parts.Length; at++)
            told[at] = parts[at] switch
            {
                int count => Say.Number(count),
                DateOnly day => Say.Date(day),
                Money money => Say.Amount(money),
                Quantity quantity => Say.Number(quantity),
                var other => other,
            };
        return told;
    }
}

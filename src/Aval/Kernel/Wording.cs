using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aval.Kernel;

/// <summary>An English sentence that still knows which of its words are parts of this case, so that another language can say it in its own order.</summary>
/// <remarks>It is written as it reads: <c>With($"Receipt {number} is not known.")</c> keeps <c>Receipt {0} is not known.</c> and the number.
/// A part may be a wording, too.</remarks>
[InterpolatedStringHandler]
public sealed class Wording(int literalLength, int formattedCount) : IEquatable<Wording>
{
    readonly StringBuilder pattern = new(literalLength + (3 * formattedCount));
    readonly List<object?> parts = new(formattedCount);
    readonly List<string?> formats = new(formattedCount);

    /// <summary>The sentence with <c>{0}</c>, <c>{1}</c> … where its parts stand: under it the catalogues have its translations.</summary>
    public string Pattern => pattern.ToString();

    public IReadOnlyList<object?> Parts => parts;

    public static implicit operator Wording(string sentence) => Literally(sentence);

    /// <summary>A sentence that has no parts, or was put together before.</summary>
    public static Wording Literally(string sentence)
    {
        var wording = new Wording(sentence.Length, 0);
        wording.AppendLiteral(sentence);
        return wording;
    }

    /// <summary>One that was kept: its pattern with its parts.</summary>
    public static Wording Kept(string pattern, IEnumerable<object?> parts)
    {
        var wording = new Wording(pattern.Length, 0);
        wording.pattern.Append(pattern);
        wording.parts.AddRange(parts);
        wording.formats.AddRange(wording.parts.Select(_ => (string?)null));
        return wording;
    }

    /// <summary>The compiler calls it, as it does <see cref="AppendFormatted{T}(T, string)"/>.</summary>
    public void AppendLiteral(string value) => pattern.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        pattern.Append(CultureInfo.InvariantCulture, $"{{{parts.Count}}}");
        parts.Add(value);
        formats.Add(format);
    }

    /// <summary>In another language.</summary>
    /// <param name="translation">Of the pattern.</param>
    /// <param name="told">Says a part, given its format.</param>
    public string In(string translation, Func<object?, string?, string?> told) =>
        string.Format(CultureInfo.InvariantCulture, translation, [.. parts.Select((part, at) => told(part, formats[at]))]);

    /// <summary>In English.</summary>
    public override string ToString() => In(Pattern, (part, format) => part is IFormattable known ? known.ToString(format, CultureInfo.InvariantCulture) : part?.ToString());

    public bool Equals(Wording? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Wording);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

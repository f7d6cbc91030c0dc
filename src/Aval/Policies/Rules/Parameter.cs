using System.Collections.Immutable;

namespace Aval.Policies.Rules;

/// <summary>What a parameter takes.</summary>
public enum ParameterKind { Whole, Number, Flag, Text, Currency, OneWord, SomeWords }

/// <summary>One parameter of a policy's JSON, as its reader asks for it: told by the reader itself, so that no form can forget one.</summary>
/// <param name="Path"><c>recheck.days</c>; of a list's entries <c>delegation[].upTo</c>.</param>
/// <param name="Least">Of numbers.</param>
/// <param name="Most">Of numbers.</param>
/// <param name="Words">Those of which it takes one or some.</param>
/// <param name="IsOptional">It may be left out.</param>
public sealed record Parameter(string Path, ParameterKind Kind, decimal Least, decimal Most, ImmutableArray<string> Words, bool IsOptional)
{
    /// <summary>The last part of the path, by which it is labelled.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The list whose entries have it; null where it stands alone.</summary>
    public string? List => Path.IndexOf("[]", StringComparison.Ordinal) is > 0 and var at ? Path[..at] : null;

    /// <summary>Its path in one entry of its list.</summary>
    public string At(int entry) => Path.Replace("[]", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{entry}]"), StringComparison.Ordinal);
}

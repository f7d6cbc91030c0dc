using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Aval.Web;

/// <summary>What a word of the desk means, in a few sentences.</summary>
/// <param name="Names">The word as the API writes it, then others that mean the same: a rule beside its finding.</param>
public sealed record Explanation(IReadOnlyList<string> Names, IReadOnlyList<string> Paragraphs)
{
    public string Code => Names[0];
}

/// <summary>The explanations of <c>docs/help</c>, which are built into the assembly, in the visitor's language.</summary>
public static class Explanations
{
    static readonly FrozenDictionary<string, IReadOnlyList<Explanation>> ByTongue =
        Tongue.All.ToFrozenDictionary(tongue => tongue.Code, tongue => Read(tongue == Tongue.English ? "" : "." + tongue.Code), StringComparer.Ordinal);

    static readonly FrozenDictionary<string, FrozenDictionary<string, Explanation>> ByName = ByTongue.ToFrozenDictionary(
        pair => pair.Key,
        pair => pair.Value.SelectMany(one => one.Names, (one, name) => KeyValuePair.Create(name, one)).ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<Explanation> All => In(Tongue.Current);

    public static IReadOnlyList<Explanation> In(Tongue tongue) => ByTongue[tongue.Code];

    /// <summary>Null for a word that nobody has explained.</summary>
    public static Explanation? Find(string name) => ByName[Tongue.Current.Code].GetValueOrDefault(name);

    /// <summary>The explanations of a text: a heading <c>## name, other name</c>, then paragraphs.</summary>
    public static IEnumerable<Explanation> Parse(string text) =>
        from section in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n## ").Skip(1)
        let lines = section.Split('\n', 2)
        select new Explanation(
            lines[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            lines[1].Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    static IReadOnlyList<Explanation> Read(string language)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Help/explanations{language}.md")!, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return [.. Parse(language == ".fr" ? FrenchType.Set(text) : text)];
    }
}

using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>The preset <c>standard</c>: with what a company starts, and what a draft may be based on. Its text is the embedded file.</summary>
public static class Standard
{
    public const string Name = "standard";

    public static string Json { get; } = Text();

    public static Policy Policy { get; } = PolicyJson.Parse(Json);

    static string Text()
    {
        using var stream = typeof(Standard).Assembly.GetManifestResourceStream("Presets/standard.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetRawText();
    }
}

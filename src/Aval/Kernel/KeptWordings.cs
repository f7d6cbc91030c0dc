using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aval.Kernel;

/// <summary>Sentences as a row keeps them: each with its parts, so that every reader is told in their own language.</summary>
public static class KeptWordings
{
    const string Said = "said", Parts = "parts", Amount = "amount", Of = "currency";

    /// <returns>Null for none.</returns>
    public static string? Write(IEnumerable<Wording> said) => said.Select(Node).ToArray() is { Length: > 0 } all ? new JsonArray(all).ToJsonString(Json.Options) : null;

    /// <summary>The sentences; of what was kept as plain English before, that text.</summary>
    public static IReadOnlyList<Wording> Read(string? kept)
    {
        if (kept is null) return [];
        return kept.StartsWith("[{", StringComparison.Ordinal) ? [.. JsonNode.Parse(kept)!.AsArray().Select(node => (Wording)PartOf(node)!)] : [Wording.Literally(kept)];
    }

    static JsonNode Node(Wording said) => new JsonObject { [Said] = said.Pattern, [Parts] = new JsonArray([.. said.Parts.Select(Node)]) };

    static JsonNode? Node(object? part) => part switch
    {
        null => null,
        Wording inner => Node(inner),
        Money money => new JsonObject { [Amount] = money.Minor, [Of] = money.Currency.Code },
        int or long or decimal => JsonSerializer.SerializeToNode(part),
        _ => part.ToString(),
    };

    static object? PartOf(JsonNode? node) => node switch
    {
        null => null,
        JsonObject of when of[Said] is { } said => Wording.Kept(said.GetValue<string>(), of[Parts]!.AsArray().Select(PartOf)),
        JsonObject of => new Money(of[Amount]!.GetValue<long>(), Currency.TryOfAny(of[Of]!.GetValue<string>(), out var currency) ? currency : default),
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<decimal>(out var number) => number,
        _ => node.GetValue<string>(),
    };
}

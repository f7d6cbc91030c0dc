using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aval.Kernel.Web;

/// <summary>How a type of single values travels: in JSON, in a query, in a column of a file, and what the OpenAPI document says of it.</summary>
/// <param name="Form">Which JSON token it is.</param>
/// <param name="Expected">As a sentence goes on: <c>must be …</c>.</param>
public sealed record Leaf(LeafForm Form, string Expected, JsonObject Schema)
{
    /// <summary>The leaf of this type (or of the type behind its <c>?</c>). One that is not listed travels as a text.</summary>
    public static Leaf Of(Type type)
    {
        var bare = Bare(type);
        bare = Nullable.GetUnderlyingType(bare) ?? bare;
        if (bare.IsEnum) return OfWords([.. Enum.GetNames(bare).Select(name => char.ToLowerInvariant(name[0]) + name[1..])]);
        return Known.TryGetValue(bare, out var leaf) ? leaf : Text("a text", new() { ["type"] = "string" });
    }

    /// <summary>The type that an <see cref="Optional{T}"/> wraps; any other type itself.</summary>
    internal static Type Bare(Type type) => IsOptional(type) ? type.GetGenericArguments()[0] : type;

    internal static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>The text of a query field as a value of this type; the fault is in the words of the type's converter where it has any.</summary>
    public static bool TryRead(string text, Type type, out object? value, out string fault)
    {
        (value, fault) = (null, "");
        var leaf = Of(type);
        if (leaf.ToJson(text) is { } json && BodyReader.TryLeaf(JsonSerializer.SerializeToUtf8Bytes(json), type, out value, out fault)) return true;
        if (fault.Length == 0) fault = "must be " + leaf.Expected;
        return false;
    }

    /// <summary>The text as a JSON value of this form; null when it is none. Numbers are written as programs do: <c>-1234.5</c>.</summary>
    public JsonNode? ToJson(string text) => Form switch
    {
        LeafForm.Text => JsonValue.Create(text),
        LeafForm.Number => decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
        LeafForm.Flag => text switch { "true" => JsonValue.Create(true), "false" => JsonValue.Create(false), _ => null },
    };

    internal const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    static readonly Dictionary<Type, Leaf> Known = new()
    {
        [typeof(string)] = Text("a text", new() { ["type"] = "string", ["maxLength"] = Texts.Longest }),
        [typeof(DateOnly)] = Text("a date as YYYY-MM-DD", new() { ["type"] = "string", ["format"] = "date" }),
        [typeof(DateTimeOffset)] = Text("an instant as 2026-03-02T09:30:00Z", new() { ["type"] = "string", ["format"] = "date-time" }),
        [typeof(Guid)] = Text("an id", new() { ["type"] = "string", ["format"] = "uuid" }),
        [typeof(Currency)] = Text("an ISO 4217 currency code in capitals", new() { ["type"] = "string", ["pattern"] = "^[A-Z]{3}$" }),
        [typeof(bool)] = new(LeafForm.Flag, "true or false", new() { ["type"] = "boolean" }),
        [typeof(short)] = Number("a whole number", new() { ["type"] = "integer", ["format"] = "int16" }),
        [typeof(int)] = Number("a whole number", new() { ["type"] = "integer", ["format"] = "int32" }),
        [typeof(long)] = Number("a whole number", new() { ["type"] = "integer", ["format"] = "int64" }),
        [typeof(decimal)] = Number("a number", new() { ["type"] = "number" }),
        [typeof(double)] = Number("a number", new() { ["type"] = "number" }),
        [typeof(Quantity)] = Number("a quantity", new() { ["type"] = "number", ["minimum"] = 0 }),
        [typeof(UnitPrice)] = Number("a price", new() { ["type"] = "number", ["minimum"] = 0 }),
    };

    static Leaf OfWords(IReadOnlyList<string> words)
    {
        var all = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return Text("one of " + string.Join(", ", words), new() { ["type"] = "string", ["enum"] = all });
    }

    static Leaf Text(string expected, JsonObject schema) => new(LeafForm.Text, expected, schema);
    static Leaf Number(string expected, JsonObject schema) => new(LeafForm.Number, expected, schema);
}

public enum LeafForm { Text, Number, Flag }

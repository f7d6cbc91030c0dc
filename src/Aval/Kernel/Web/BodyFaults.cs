using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Aval.Kernel.Web;

/// <summary>Finds out what is wrong with a body that could not be read: the first fault in its order, unknown names before wrong values.</summary>
static class BodyFaults
{
    static readonly JsonDocumentOptions Lenient = new() { MaxDepth = Json.Options.MaxDepth };
    static readonly JsonDocumentOptions Strict = Lenient with { AllowDuplicateProperties = false };

    /// <summary>The fault of this body when it is to become this type; null when none is found.</summary>
    public static Problem? Find(ReadOnlyMemory<byte> body, Type type)
    {
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return Malformed("The body is empty.");
        if (!Utf8.IsValid(body.Span)) return Malformed("The body is not UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return In(document.RootElement, BodyReader.InfoOf(type), "");
        }
        catch (JsonException e)
        {
            return Doubled(body) ?? Malformed($"The body is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}, or too deep.");
        }
        catch (InvalidOperationException)
        {
            return Malformed("The body holds a name with half a Unicode character.");
        }
    }

    /// <summary>True when a list holds <c>null</c>, which the serializer lets pass although nothing of ours is a list with holes.</summary>
    public static bool HasNullElement(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("null"u8) < 0) return false;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Json.Options.MaxDepth });
        var lists = new Stack<bool>();
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray: lists.Push(true); break;
                case JsonTokenType.StartObject: lists.Push(false); break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject: lists.Pop(); break;
                case JsonTokenType.PropertyName:
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.StartArray) lists.Push(true);
                    else if (reader.TokenType == JsonTokenType.StartObject) lists.Push(false);
                    break;
                case JsonTokenType.Null when lists.Count > 0 && lists.Peek(): return true;
            }

        return false;
    }

    static Problem? In(JsonElement value, JsonTypeInfo info, string path) => info.Kind switch
    {
        JsonTypeInfoKind.Object when info.PolymorphismOptions is null => InObject(value, info, path),
        JsonTypeInfoKind.Enumerable => InList(value, info, path),
        JsonTypeInfoKind.Dictionary => InDictionary(value, info, path),
        _ => InLeaf(value, info, path),
    };

    static Problem? InObject(JsonElement value, JsonTypeInfo info, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return Invalid(path, "must be an object");
        var fields = info.Properties.Where(IsTaken).ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            if (!fields.ContainsKey(member.Name)) return Unknown(Under(path, member.Name), member.Name, fields.Keys);
        foreach (var member in value.EnumerateObject())
        {
            var field = fields[member.Name];
            var at = Under(path, member.Name);
            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                if (In(member.Value, BodyReader.InfoOf(field.PropertyType), at) is { } fault) return fault;
            }
            else if (!TakesNull(field))
            {
                return Invalid(at, "must not be null");
            }
        }

        foreach (var field in fields.Values)
            if (IsRequired(field) && !value.TryGetProperty(field.Name, out _)) return Invalid(Under(path, field.Name), "is missing");
        return null;
    }

    static Problem? InList(JsonElement value, JsonTypeInfo info, string path)
    {
        if (value.ValueKind != JsonValueKind.Array) return Invalid(path, "must be a list");
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            if (element.ValueKind == JsonValueKind.Null) return Invalid(at, "must not be null");
            if (In(element, BodyReader.InfoOf(info.ElementType!), at) is { } fault) return fault;
        }

        return null;
    }

    static Problem? InDictionary(JsonElement value, JsonTypeInfo info, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return Invalid(path, "must be an object");
        foreach (var member in value.EnumerateObject())
        {
            var at = Under(path, member.Name);
            var name = JsonSerializer.SerializeToUtf8Bytes(member.Name);
            if (!BodyReader.TryLeaf(name, info.KeyType!, out _, out var fault)) return Invalid(at, $"{fault} (its name)");
            if (member.Value.ValueKind == JsonValueKind.Null) return Invalid(at, "must not be null");
            if (In(member.Value, BodyReader.InfoOf(info.ElementType!), at) is { } inside) return inside;
        }

        return null;
    }

    static Problem? InLeaf(JsonElement value, JsonTypeInfo info, string path)
    {
        if (value.ValueKind == JsonValueKind.String && !IsWhole(value)) return Invalid(path, "must be whole Unicode characters");
        return BodyReader.TryLeaf(JsonSerializer.SerializeToUtf8Bytes(value), info.Type, out _, out var fault) ? null : Invalid(path, Wording.Literally(fault));
    }

    static bool IsWhole(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static bool IsTaken(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null;

    internal static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    internal static bool TakesNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Leaf.IsOptional(property.PropertyType) || Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    /// <summary>The name that stands twice in one object, where that is all that is wrong.</summary>
    static Problem? Doubled(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            return Doubled(document.RootElement, "") is { } path ? KernelProblems.JsonMalformed.With($"{path} stands twice.", path) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Doubled(JsonElement value, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var member in value.EnumerateObject())
            {
                var at = Under(path, member.Name);
                if (!names.Add(member.Name)) return at;
                if (Doubled(member.Value, at) is { } inside) return inside;
            }

        if (value.ValueKind == JsonValueKind.Array)
            foreach (var (index, element) in value.EnumerateArray().Index())
                if (Doubled(element, $"{path}[{index}]") is { } inside) return inside;
        return null;
    }

    internal static Problem Unknown(string path, string name, IEnumerable<string> known)
    {
        // Of three letters two more would be another word, not a slip.
        var near = known.Where(field => Distance(name, field) <= Math.Min(2, name.Length / 2)).MinBy(field => Distance(name, field));
        return KernelProblems.FieldUnknown.With(near is null ? (Wording)$"{path} is not a field here." : $"{path} is not a field here; did you mean {near}?", path);
    }

    internal static Problem Invalid(string path, Wording fault) =>
        path.Length == 0 ? KernelProblems.FieldInvalid.With($"The body {fault}.") : KernelProblems.FieldInvalid.With($"{path} {fault}.", path);

    static Problem Malformed(Wording detail) => KernelProblems.JsonMalformed.With(detail);

    internal static string Under(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Single-letter edits between two names (Levenshtein, 1965).</summary>
    static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2 || left.Length > 100) return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

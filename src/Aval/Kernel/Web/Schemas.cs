using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Aval.Kernel.Web;

/// <summary>The schemas of bodies and answers, one component a type, from the same metadata that reads and writes them.</summary>
/// <remarks>Bodies first: a type that is both taken and answered is described as it is taken. One that is only answered has every field.</remarks>
sealed class Schemas(Docstrings docstrings)
{
    readonly SortedDictionary<string, (Type Type, JsonObject Schema)> components = new(StringComparer.Ordinal);

    public JsonObject Components => new(components.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.Schema)));

    public JsonNode OfBody(Type type) => Of(type, taken: true);
    public JsonNode OfAnswer(Type type) => Of(type, taken: false);

    JsonObject Of(Type type, bool taken)
    {
        if (type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(JsonObject)) return [];
        var info = BodyReader.InfoOf(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new() { ["type"] = "array", ["items"] = Of(info.ElementType!, taken) },
            JsonTypeInfoKind.Dictionary => new() { ["type"] = "object", ["additionalProperties"] = Of(info.ElementType!, taken) },
            JsonTypeInfoKind.Object => Reference(info, taken),
            _ => (JsonObject)Leaf.Of(type).Schema.DeepClone(),
        };
    }

    JsonObject Reference(JsonTypeInfo info, bool taken)
    {
        var name = info.Type.Name;
        if (!components.TryGetValue(name, out var component))
        {
            components[name] = (info.Type, []);
            components[name] = (info.Type, Object(info, taken));
        }
        else if (component.Type != info.Type)
        {
            throw new InvalidOperationException($"the OpenAPI document knows both {component.Type.FullName} and {info.Type.FullName} as {name}");
        }

        return new() { ["$ref"] = "#/components/schemas/" + name };
    }

    JsonObject Object(JsonTypeInfo info, bool taken)
    {
        var fields = new JsonObject();
        var required = new JsonArray();
        foreach (var property in info.Properties.Where(property => taken ? BodyFaults.IsTaken(property) : property.Get is not null))
        {
            var schema = Of(property.PropertyType, taken);
            if (BodyFaults.TakesNull(property)) schema = OrNull(schema);
            if (property.AttributeProvider is PropertyInfo member && docstrings.Of(member.DeclaringType!, member.Name) is { } meaning)
                schema["description"] = meaning;
            fields[property.Name] = schema;
            if (!taken || BodyFaults.IsRequired(property)) required.Add(property.Name);
        }

        var made = new JsonObject { ["type"] = "object" };
        if (docstrings.Of(info.Type) is { } summary) made["description"] = summary;
        made["properties"] = fields;
        if (required.Count > 0) made["required"] = required;
        if (taken) made["additionalProperties"] = false;
        return made;
    }

    static JsonObject OrNull(JsonObject schema)
    {
        if (schema.Count == 0) return schema;
        if (schema["type"] is not JsonValue type) return new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (schema["enum"] is JsonArray words) words.Add(null);
        return schema;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Aval.Kernel.Web;

/// <summary>Reads the columns of a file's row into the same body that the API takes, and refuses it in the same words.</summary>
public static class FieldsReader
{
    /// <summary>The row as a value. Column names are paths (<c>billingAddress.line1</c>); an empty column is an absent field.</summary>
    /// <returns>Refuses with <c>field-unknown</c> or <c>field-invalid</c>; the field is the column's name.</returns>
    public static Answered<TBody> Read<TBody>(IReadOnlyDictionary<string, string> columns)
    {
        var body = new JsonObject();
        foreach (var (column, text) in columns)
            if (Put(body, column, text) is { } problem) return problem;
        return BodyReader.Read<TBody>(JsonSerializer.SerializeToUtf8Bytes(body));

        static Problem? Put(JsonObject body, string column, string text)
        {
            var info = BodyReader.InfoOf(typeof(TBody));
            var names = column.Split('.');
            foreach (var name in names[..^1])
            {
                if (FieldOf(info, name) is not { } part) return BodyFaults.Unknown(column, name, NamesOf(info));
                info = BodyReader.InfoOf(part.PropertyType);
            }

            if (FieldOf(info, names[^1]) is not { } field) return BodyFaults.Unknown(column, names[^1], NamesOf(info));
            if (text.Length == 0) return null;
            if (BodyReader.InfoOf(field.PropertyType).Kind != JsonTypeInfoKind.None) return BodyFaults.Invalid(column, "cannot stand in one column");
            var leaf = Leaf.Of(field.PropertyType);
            if (leaf.ToJson(text) is not { } value) return BodyFaults.Invalid(column, "must be " + leaf.Expected);
            Within(body, names[..^1])[names[^1]] = value;
            return null;
        }
    }

    static JsonPropertyInfo? FieldOf(JsonTypeInfo info, string name) => FieldsOf(info).FirstOrDefault(field => field.Name == name);

    static IEnumerable<string> NamesOf(JsonTypeInfo info) => FieldsOf(info).Select(field => field.Name);

    static IEnumerable<JsonPropertyInfo> FieldsOf(JsonTypeInfo info) =>
        info.Kind == JsonTypeInfoKind.Object ? info.Properties.Where(BodyFaults.IsTaken) : [];

    static JsonObject Within(JsonObject body, string[] names)
    {
        foreach (var name in names) body = body[name] as JsonObject ?? (JsonObject)(body[name] = new JsonObject());
        return body;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aval.Kernel.Web;

/// <summary>The text of one column of a row, as UTF-8; empty where the column is.</summary>
public delegate ReadOnlySpan<byte> FieldAt(int column);

/// <summary>Reads the rows of a file, whose columns are known once, into the body that the API takes, and refuses them in the same words.</summary>
/// <remarks>Column names are paths (<c>billingAddress.line1</c>); an empty column is an absent field. Not safe for several threads.</remarks>
public sealed class ColumnsReader<TBody>
{
    readonly Node body;
    readonly ArrayBufferWriter<byte> buffer = new(1024);

    ColumnsReader(Node body) => this.body = body;

    /// <summary>The reader of these columns; refuses with <c>field-unknown</c> or <c>field-invalid</c>, the field being the column's name.</summary>
    /// <param name="columns">The names that this body takes, each with its place in the row.</param>
    public static Answered<ColumnsReader<TBody>> Of(IEnumerable<(string Name, int Place)> columns)
    {
        var top = new Node("", default, null, -1, []);
        foreach (var (name, place) in columns)
            if (Add(top, name, place) is { } problem) return problem;
        return new ColumnsReader<TBody>(top);
    }

    /// <summary>True when the body has a field at this path that a column can fill.</summary>
    public static bool Takes(string column) => Add(new Node("", default, null, -1, []), column, 0) is null;

    public Answered<TBody> Read(FieldAt fieldAt)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
            if (Write(json, body, fieldAt) is { } problem) return problem;
        return BodyReader.Read<TBody>(buffer.WrittenMemory);
    }

    static Problem? Write(Utf8JsonWriter json, Node node, FieldAt fieldAt)
    {
        json.WriteStartObject();
        foreach (var part in node.Parts)
        {
            if (IsEmpty(part, fieldAt)) continue;
            json.WritePropertyName(part.Name);
            if ((part.Leaf is null ? Write(json, part, fieldAt) : WriteLeaf(json, part, part.Leaf, fieldAt(part.Place))) is { } problem) return problem;
        }

        json.WriteEndObject();
        return null;
    }

    static Problem? WriteLeaf(Utf8JsonWriter json, Node node, Leaf leaf, ReadOnlySpan<byte> text)
    {
        switch (leaf.Form)
        {
            case LeafForm.Text:
                json.WriteStringValue(text);
                return null;
            case LeafForm.Number when decimal.TryParse(text, Leaf.Plain, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                return null;
            case LeafForm.Flag when text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8):
                json.WriteBooleanValue(text.Length == 4);
                return null;
            case LeafForm.Number or LeafForm.Flag:
                return BodyFaults.Invalid(node.Path, $"must be {leaf.Expected}");
        }

        return null;
    }

    static bool IsEmpty(Node node, FieldAt fieldAt)
    {
        if (node.Leaf is not null) return fieldAt(node.Place).IsEmpty;
        foreach (var part in node.Parts)
            if (!IsEmpty(part, fieldAt)) return false;
        return true;
    }

    static Problem? Add(Node top, string column, int place)
    {
        var info = BodyReader.InfoOf(Leaf.Bare(typeof(TBody)));
        var node = top;
        var names = column.Split('.');
        for (var i = 0; i < names.Length; i++)
        {
            if (FieldsOf(info).FirstOrDefault(known => known.Name == names[i]) is not { } field)
                return BodyFaults.Unknown(column, names[i], FieldsOf(info).Select(known => known.Name));
            info = BodyReader.InfoOf(Leaf.Bare(field.PropertyType));
            var last = i == names.Length - 1;
            if (last && info.Kind != JsonTypeInfoKind.None) return BodyFaults.Invalid(column, "cannot stand in one column");
            var part = node.Parts.Find(known => known.Path == string.Join('.', names[..(i + 1)]));
            if (part is not null && last) return BodyFaults.Invalid(column, "stands twice among the columns");
            if (part is null)
            {
                part = new Node(
                    string.Join('.', names[..(i + 1)]), JsonEncodedText.Encode(names[i]), last ? Leaf.Of(field.PropertyType) : null, place, []);
                node.Parts.Add(part);
            }

            node = part;
        }

        return null;
    }

    static IEnumerable<JsonPropertyInfo> FieldsOf(JsonTypeInfo info) =>
        info.Kind == JsonTypeInfoKind.Object ? info.Properties.Where(BodyFaults.IsTaken) : [];

    sealed record Node(string Path, JsonEncodedText Name, Leaf? Leaf, int Place, List<Node> Parts);
}

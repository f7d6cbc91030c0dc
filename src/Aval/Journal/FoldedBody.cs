using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aval.Kernel.Journal;

namespace Aval.Journal;

/// <summary>An entry's body with its long lists folded to their counts, so that a page of a journal stays small whatever an entry carries: a payer that
/// changes its group takes all its rows along.</summary>
/// <param name="Json">The body; in place of a folded list stands <c>{"folded": n}</c>.</param>
/// <param name="Lists">Those that were folded at the body's first two levels, by path (<c>rows.sales_order</c>), with their counts: they are read in pages.</param>
/// <param name="Texts">The texts that what is shown refers to.</param>
sealed record FoldedBody(JsonElement Json, IReadOnlyList<(string Path, int Count)> Lists, IReadOnlyList<EntryText> Texts)
{
    /// <summary>A body of at most so many bytes is told as it stands.</summary>
    const int ShortBytes = 16_384;

    /// <summary>In a longer one a list of more items is folded, at any depth.</summary>
    const int MostItems = 20;

    static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bytes of what is told.</summary>
    public int Length => JsonMarshal.GetRawUtf8Value(Json).Length;

    public static FoldedBody Of(Entry entry)
    {
        using var body = JsonDocument.Parse(entry.Body);
        if (entry.Body.Length <= ShortBytes) return new FoldedBody(body.RootElement.Clone(), [], entry.Texts);
        var buffer = new ArrayBufferWriter<byte>(ShortBytes);
        var lists = new List<(string, int)>();
        using (var json = new Utf8JsonWriter(buffer, Writing)) Write(json, body.RootElement, "", depth: 0, lists);
        using var folded = JsonDocument.Parse(buffer.WrittenMemory);
        return new FoldedBody(folded.RootElement.Clone(), lists, TextsOf(entry, [folded.RootElement]));
    }

    /// <summary>The items of a list that can be folded, in the order in which they stand; of an object its fields, each as one. Null when there is no such list.</summary>
    public static IEnumerable<JsonElement>? ListAt(JsonElement body, string path)
    {
        var found = body;
        foreach (var name in path.Split('.', 2))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found)) return null;
        return found.ValueKind switch
        {
            JsonValueKind.Array => found.EnumerateArray(),
            JsonValueKind.Object => found.EnumerateObject().Select(field => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [field.Name] = field.Value })),
            _ => null,
        };
    }

    /// <summary>The texts of the entry to which these parts of its body refer.</summary>
    public static IReadOnlyList<EntryText> TextsOf(Entry entry, IReadOnlyList<JsonElement> parts)
    {
        if (entry.Texts.Count == 0) return [];
        var meant = new HashSet<int>();
        foreach (var part in parts) Collect(part, meant);
        return [.. entry.Texts.Where(text => meant.Contains(text.Ordinal))];
    }

    static void Write(Utf8JsonWriter json, JsonElement value, string path, int depth, List<(string, int)> lists)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when value.GetArrayLength() > MostItems:
                Fold(json, value.GetArrayLength(), path, depth, lists);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, item, path, depth + 1, lists);
                json.WriteEndArray();
                break;
            case JsonValueKind.Object when path is "joined" or "with" && value.GetPropertyCount() > MostItems:
                Fold(json, value.GetPropertyCount(), path, depth, lists);
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    json.WritePropertyName(field.Name);
                    Write(json, field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}", depth + 1, lists);
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    static void Fold(Utf8JsonWriter json, int count, string path, int depth, List<(string, int)> lists)
    {
        if (depth <= 2) lists.Add((path, count));
        json.WriteStartObject();
        json.WriteNumber("folded", count);
        json.WriteEndObject();
    }

    /// <summary>A reference is a number, a colon and a hash; what only looks like one shows a text too many, never one too few.</summary>
    static void Collect(JsonElement value, HashSet<int> meant)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Collect(item, meant);
                break;
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject()) Collect(field.Value, meant);
                break;
            case JsonValueKind.String when value.GetString()!.Split(':') is [var number, _]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal):
                meant.Add(ordinal);
                break;
        }
    }
}

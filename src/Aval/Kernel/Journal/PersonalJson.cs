using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Aval.Kernel.Journal;

/// <summary>Takes the texts of some properties out of JSON and puts them back, byte by byte as they were.</summary>
static class PersonalJson
{
    /// <summary>The JSON with empty texts at these properties, and an array of what stood there; no array when nothing did, or nothing but markers of erased texts.</summary>
    public static (string Json, string? Texts) Split(string json, IReadOnlyList<string> fields)
    {
        if (!MayHold(json, fields)) return (json, null);
        var texts = new StringBuilder();
        var any = false;
        var rest = Replace(json, fields, text =>
        {
            any |= text != PersonalText.Erased;
            texts.Append(texts.Length == 0 ? '[' : ',').Append('"').Append(text).Append('"');
            return "";
        });
        return any ? (rest, texts.Append(']').ToString()) : (rest, null);
    }

    /// <summary>The JSON with these texts in their places again; with the marker where there are none, or none that can be read.</summary>
    public static string Fill(string json, string? texts, IReadOnlyList<string> fields)
    {
        var raw = texts is null ? [] : Read(texts);
        return Replace(json, fields, _ => raw.TryDequeue(out var text) ? text : PersonalText.Erased);
    }

    /// <summary>Whether some JSON is what <see cref="Fill"/> makes of the other, in UTF-8.</summary>
    /// <param name="texts">Empty where there are none any more.</param>
    /// <exception cref="JsonException">Somebody wrote over the texts.</exception>
    public static bool IsFilled(ReadOnlySpan<byte> json, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> texts, IReadOnlyList<string> fields)
    {
        var reader = new Utf8JsonReader(rest);
        var kept = new Utf8JsonReader(texts);
        var (from, meant, more) = (0, false, texts.Length > 0);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) meant = Contains(fields, ref reader);
            if (reader.TokenType != JsonTokenType.String || !meant) continue;
            while (more && (more = kept.Read()) && kept.TokenType != JsonTokenType.String) continue;
            var start = (int)reader.TokenStartIndex + 1;
            if (!Passes(ref json, rest[from..start]) || !Passes(ref json, more ? kept.ValueSpan : PersonalText.ErasedBytes)) return false;
            from = start + reader.ValueSpan.Length;
        }

        while (more) more = kept.Read();
        return json.SequenceEqual(rest[from..]);
    }

    static bool Passes(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> part)
    {
        if (!json.StartsWith(part)) return false;
        json = json[part.Length..];
        return true;
    }

    /// <summary>False when none of the properties has a text, which is most often so, and is seen without reading the JSON.</summary>
    static bool MayHold(string json, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
            for (var at = json.IndexOf(field, StringComparison.Ordinal); at >= 0; at = json.IndexOf(field, at + field.Length, StringComparison.Ordinal))
                if (json.AsSpan(at + field.Length).TrimStart('"').TrimStart(" \t\r\n:") is ['"', ..]) return true;
        return false;
    }

    static Queue<string> Read(string texts)
    {
        var raw = new Queue<string>();
        try
        {
            Replace(texts, null, text =>
            {
                raw.Enqueue(text);
                return text;
            });
            return raw;
        }
        catch (JsonException)
        {
            // Somebody wrote over it: a proof tells by the hash, and others can go on.
            return [];
        }
    }

    /// <summary>Replaces the texts, as they are escaped, that are the values of these properties; all that are in the array when the properties are null.</summary>
    static string Replace(string json, IReadOnlyList<string>? fields, Func<string, string> replacement)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var written = new ArrayBufferWriter<byte>(bytes.Length + 16);
        var reader = new Utf8JsonReader(bytes);
        var (from, meant) = (0, fields is null);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) meant = fields is null || Contains(fields, ref reader);
            if (reader.TokenType != JsonTokenType.String || !meant) continue;
            var start = (int)reader.TokenStartIndex + 1;
            written.Write(bytes.AsSpan(from, start - from));
            written.Write(Encoding.UTF8.GetBytes(replacement(Encoding.UTF8.GetString(reader.ValueSpan))));
            from = start + reader.ValueSpan.Length;
        }

        written.Write(bytes.AsSpan(from));
        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    static bool Contains(IReadOnlyList<string> fields, ref Utf8JsonReader property)
    {
        foreach (var field in fields)
            if (property.ValueTextEquals(field)) return true;
        return false;
    }
}

using System.Text;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>Holds the rows of one entry after the other against the versions that the tables hold of a stretch, value by value.</summary>
sealed class RowsProof(Composition composition, StoredVersions versions, StretchTexts texts)
{
    readonly Shape[] shapes = [.. composition.TablesInOrder.Select(table => new Shape(table))];
    readonly List<KeyVersions> told = [];
    byte[] scratch = new byte[256];
    int root;
    long sequence;

    public void Begin(int ofRoot, long ofSequence)
    {
        (root, sequence) = (ofRoot, ofSequence);
        told.Clear();
    }

    /// <summary>Whether the last that the entry has told of each row is what the table holds, and is rightly marked as live.</summary>
    public bool End()
    {
        foreach (var key in told)
        {
            var version = versions[key.Next - 1];
            if (key.Differs) return false;
            key.Row = key.Table.MayBeClosed ? versions.Row(key.Table, version) : null;
            if (version.Live != (key.Row is null || key.Table.IsLive(key.Row))) return false;
            if (!version.Live) key.Row = null;
        }

        return true;
    }

    public bool HoldsRows(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (ShapeOf(ref json) is not { } shape || !json.Read() || json.TokenType != JsonTokenType.StartArray) return false;
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                if (!Tells(shape, ref json, body)) return false;
            if (json.TokenType != JsonTokenType.EndArray) return false;
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    /// <summary>A row that is gone by the entry must end there; one that it wrote as well is for the closer look.</summary>
    public bool HoldsLeft(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (ShapeOf(ref json) is not { } shape || !json.Read() || json.TokenType != JsonTokenType.StartArray) return false;
            while (json.Read() && json.TokenType == JsonTokenType.String)
                if (versions.Find(shape.Table, root, BodyProof.Unescaped(ref json, ref scratch)) is { Stands: true } key)
                {
                    var before = versions[key.Next - 1];
                    if (before.From == sequence || before.To != sequence) return false;
                    (key.Stands, key.Row) = (false, null);
                }

            if (json.TokenType != JsonTokenType.EndArray) return false;
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    Shape? ShapeOf(ref Utf8JsonReader json)
    {
        foreach (var shape in shapes)
            if (json.ValueTextEquals(shape.Name)) return shape;
        return null;
    }

    /// <summary>Goes on to the version that this row is, after which the one before it must have ended.</summary>
    bool Tells(Shape shape, ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        if (!json.Read() || !json.ValueTextEquals(shape.Columns[0]) || !json.Read() || json.TokenType != JsonTokenType.String) return false;
        if (versions.Find(shape.Table, root, BodyProof.Unescaped(ref json, ref scratch)) is not { } key) return false;
        // Of a row that one entry wrote several times the last holds.
        if (!(key.Next > key.First && versions[key.Next - 1].From == sequence))
        {
            if (key.Next == key.End || versions[key.Next].From != sequence || (key.Stands && versions[key.Next - 1].To != sequence)) return false;
            key.Tell();
            told.Add(key);
        }

        return Compare(shape, key, ref json, body);
    }

    bool Compare(Shape shape, KeyVersions key, ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        var (version, next, same) = (versions[key.Next - 1], 1, true);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            while (next < shape.Columns.Length && !json.ValueTextEquals(shape.Columns[next])) same &= versions.Cell(version, next++) == StoredVersions.None;
            if (next == shape.Columns.Length || !json.Read() || !HoldsValue(shape.Table.Columns[next], versions.Cell(version, next), ref json, body, ref same)) return false;
            next++;
        }

        while (next < shape.Columns.Length) same &= versions.Cell(version, next++) == StoredVersions.None;
        key.Differs = !same;
        return json.TokenType == JsonTokenType.EndObject;
    }

    /// <param name="same">False from the first value on that is another one; texts are looked at even so.</param>
    bool HoldsValue(Column column, long cell, ref Utf8JsonReader json, ReadOnlySpan<byte> body, ref bool same)
    {
        if (column.Personal is { } personal) return column.Kind == ColumnKind.Json
            ? HoldsPersonalJson(personal, cell, ref json, body, ref same)
            : HoldsPersonalText(cell, ref json, ref same);
        same &= cell != StoredVersions.None && column.Kind switch
        {
            ColumnKind.Text => json.TokenType == JsonTokenType.String && json.ValueTextEquals(versions.Bytes(cell)),
            ColumnKind.Whole => json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var whole) && whole == cell,
            ColumnKind.Date => json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && RawRows.DayOf(json.ValueSpan) == cell,
            ColumnKind.Flag => json.TokenType == (cell != 0 ? JsonTokenType.True : JsonTokenType.False),
            ColumnKind.Instant => json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var instant) && instant.UtcTicks == cell,
            ColumnKind.Json => Whole(ref json, body).SequenceEqual(versions.Bytes(cell)),
        };
        return json.TrySkip();
    }

    bool HoldsPersonalText(long cell, ref Utf8JsonReader json, ref bool same)
    {
        if (json.TokenType != JsonTokenType.String || !texts.TryOpen(BodyProof.Unescaped(ref json, ref scratch), out var text, out _)) return false;
        same &= cell != StoredVersions.None && text.SequenceEqual(versions.Bytes(cell));
        return true;
    }

    /// <summary>An array of what is left of the JSON, after the reference to its texts where there is one.</summary>
    bool HoldsPersonalJson(Personal personal, long cell, ref Utf8JsonReader json, ReadOnlySpan<byte> body, ref bool same)
    {
        if (json.TokenType != JsonTokenType.StartArray || !json.Read()) return false;
        var reference = json.TokenType == JsonTokenType.String ? BodyProof.Unescaped(ref json, ref scratch) : default;
        var isText = json.TokenType == JsonTokenType.String;
        var first = Whole(ref json, body);
        if (!json.Read()) return false;
        if (json.TokenType == JsonTokenType.EndArray)
        {
            same &= cell != StoredVersions.None && first.SequenceEqual(versions.Bytes(cell));
            return true;
        }

        if (!isText || !texts.TryOpen(reference, out var kept, out var isErased)) return false;
        var rest = Whole(ref json, body);
        same &= cell != StoredVersions.None && PersonalJson.IsFilled(versions.Bytes(cell), rest, isErased ? default : kept, personal.Fields);
        return json.Read() && json.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>The bytes of the value at which the reader stands, which it passes.</summary>
    static ReadOnlySpan<byte> Whole(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return body[start..(int)json.BytesConsumed];
    }

    /// <summary>A table's names as the body has them.</summary>
    sealed class Shape(Table table)
    {
        public Table Table => table;
        public byte[] Name { get; } = Encoding.UTF8.GetBytes(table.Name);
        public byte[][] Columns { get; } = [.. table.JsonNames.Select(Encoding.UTF8.GetBytes)];
    }
}

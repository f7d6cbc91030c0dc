using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One link of a root's chain, as stored: the body's bytes are the truth, the other columns repeat it for queries.</summary>
public sealed record Entry(
    string Root, long Sequence, DateTimeOffset At, DateOnly BusinessDate, string Actor, string Command, byte[] Body, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>The meaning of the rules that made the entries of today. It rises when a rule's meaning changes; a replay of older ones then says so.</summary>
    public const int Engine = 1;

    /// <summary>What stands before the first entry of a root.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the previous hash and the body's stored bytes.</summary>
    public static byte[] HashOf(byte[] previous, byte[] body)
    {
        var both = ArrayPool<byte>.Shared.Rent(previous.Length + body.Length);
        previous.CopyTo(both, 0);
        body.CopyTo(both, previous.Length);
        var hash = SHA256.HashData(both.AsSpan(0, previous.Length + body.Length));
        ArrayPool<byte>.Shared.Return(both);
        return hash;
    }
}

/// <summary>What an entry says, read from its body.</summary>
/// <param name="With">The entries of other roots that the same act wrote.</param>
public sealed record EntryContent(
    IReadOnlyList<(Table Table, object Row)> Rows,
    IReadOnlyList<(Table Table, string Key)> Left,
    IReadOnlyList<string> Moved,
    IReadOnlyList<(string Root, long Sequence)> With,
    byte[]? Result,
    DateOnly? Clock)
{
    /// <summary>The facts with this entry's rows: what catches up a node's cache, and what a replay does.</summary>
    public Facts ApplyTo(Facts facts)
    {
        foreach (var (_, row) in Rows) facts = facts.With(row);
        foreach (var (table, key) in Left)
            if (facts.Find(table.RowType, key) is { } row) facts = facts.Without(row);
        foreach (var (table, row) in Rows)
            if (!table.IsLive(row)) facts = facts.Without(row);
        return facts;
    }
}

/// <summary>Writes and reads the bodies of entries. A body is one JSON object; rows stand in it by table, with the columns' names in camel case and nulls left out.</summary>
public sealed class EntryFormat(Composition composition)
{
    // Names in other alphabets stay readable; what is written is well-formed by construction.
    internal static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> buffer = new(4096);

    /// <summary>The part of a case that belongs to one root, as the body of its entry; and where its other parts stand.</summary>
    /// <remarks>Not safe for several threads: each worker has its own.</remarks>
    public byte[] Write(string root, long sequence, string command, Case @case, IReadOnlyList<(string Root, long Sequence)> places)
    {
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("root", root);
        json.WriteNumber("sequence", sequence);
        json.WriteString("at", @case.Now);
        json.WriteString("today", Iso(@case.Today));
        json.WriteString("actor", @case.Actor.ToString());
        json.WriteString("command", command);
        json.WriteNumber("engine", Entry.Engine);
        // What no root owns was decided upon as the company's entry of this number left it: a replay of one root needs it.
        if (root != Facts.Company) json.WriteNumber("company", @case.Company.Sequence);
        if (@case.Reason is not null) json.WriteString("reason", @case.Reason);
        WriteRows(json, root, @case.Changes);
        WriteLeft(json, root, @case.Changes);
        if (places.Count > 1) WritePlaces(json, root, places);
        if (root == Facts.Company) WriteMoved(json, @case.Moved);
        if (root == Facts.Company && @case.Clock is { } clock) json.WriteString("clock", Iso(clock));
        if (@case.Result is not null && root == @case.Root)
        {
            json.WritePropertyName("result");
            json.WriteRawValue(@case.Result, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public EntryContent Read(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var rows = new List<(Table, object)>();
        if (document.RootElement.TryGetProperty("rows", out var tables))
            foreach (var table in tables.EnumerateObject())
                foreach (var row in table.Value.EnumerateArray()) rows.Add((composition.Tables[table.Name], ReadRow(composition.Tables[table.Name], row)));
        var left = new List<(Table, string)>();
        if (document.RootElement.TryGetProperty("left", out tables))
            foreach (var table in tables.EnumerateObject())
                foreach (var key in table.Value.EnumerateArray()) left.Add((composition.Tables[table.Name], key.GetString()!));
        var moved = document.RootElement.TryGetProperty("moved", out var parties) ? parties.EnumerateArray().Select(party => party.GetString()!).ToList() : [];
        var with = document.RootElement.TryGetProperty("with", out var places)
            ? places.EnumerateObject().Select(place => (place.Name, place.Value.GetInt64())).ToList()
            : [];
        var result = document.RootElement.TryGetProperty("result", out var stored) ? JsonMarshal.GetRawUtf8Value(stored).ToArray() : null;
        DateOnly? clock = document.RootElement.TryGetProperty("clock", out var date)
            ? DateOnly.ParseExact(date.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
        return new EntryContent(rows, left, moved, with, result, clock);
    }

    /// <summary>True when the columns beside the body say what the body says.</summary>
    internal static bool Heads(Entry entry)
    {
        using var document = JsonDocument.Parse(entry.Body);
        var body = document.RootElement;
        return body.GetProperty("root").GetString() == entry.Root
            && body.GetProperty("sequence").GetInt64() == entry.Sequence
            && body.GetProperty("at").GetDateTimeOffset() == entry.At
            && body.GetProperty("today").GetString() == Iso(entry.BusinessDate)
            && body.GetProperty("actor").GetString() == entry.Actor
            && body.GetProperty("command").GetString() == entry.Command;
    }

    /// <summary>One row as JSON, the form in which rows are compared and kept.</summary>
    public static void WriteRow(Utf8JsonWriter json, Table table, object row)
    {
        json.WriteStartObject();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var value = table.ValueOf(row, i);
            if (value is null) continue;
            json.WritePropertyName(table.JsonNames[i]);
            switch (table.Columns[i].Kind)
            {
                case ColumnKind.Text: json.WriteStringValue((string)value); break;
                case ColumnKind.Whole: json.WriteNumberValue((long)value); break;
                case ColumnKind.Date: json.WriteStringValue(Iso((DateOnly)value)); break;
                case ColumnKind.Flag: json.WriteBooleanValue((bool)value); break;
                case ColumnKind.Instant: json.WriteStringValue((DateTimeOffset)value); break;
                case ColumnKind.Json: json.WriteRawValue((string)value, skipInputValidation: true); break;
            }
        }

        json.WriteEndObject();
    }

    static object ReadRow(Table table, JsonElement row)
    {
        var items = new object?[table.Columns.Count];
        for (var i = 0; i < items.Length; i++)
        {
            if (!row.TryGetProperty(table.JsonNames[i], out var value)) continue;
            items[i] = table.Columns[i].Kind switch
            {
                ColumnKind.Text => value.GetString(),
                ColumnKind.Whole => value.GetInt64(),
                ColumnKind.Date => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                ColumnKind.Flag => value.GetBoolean(),
                ColumnKind.Instant => value.GetDateTimeOffset(),
                ColumnKind.Json => value.GetRawText(),
            };
        }

        return table.Read(new Values(items));
    }

    static void WriteRows(Utf8JsonWriter json, string root, IReadOnlyList<Change> changes)
    {
        json.WriteStartObject("rows");
        for (var i = 0; i < changes.Count; i++)
        {
            var table = changes[i].Table;
            if (!Writes(changes[i], root) || AnyBefore(changes, i, table, root)) continue;
            json.WriteStartArray(table.Name);
            for (var j = i; j < changes.Count; j++)
                if (Writes(changes[j], root) && ReferenceEquals(changes[j].Table, table)) WriteRow(json, table, changes[j].Row);
            json.WriteEndArray();
        }

        json.WriteEndObject();

        static bool Writes(Change change, string root) => change.Kind != ChangeKind.Leaves && change.Root == root;

        static bool AnyBefore(IReadOnlyList<Change> changes, int end, Table table, string root)
        {
            for (var i = 0; i < end; i++)
                if (ReferenceEquals(changes[i].Table, table) && Writes(changes[i], root)) return true;
            return false;
        }
    }

    /// <summary>Keys of the rows that are gone from this root after the case; one that came back is among its rows.</summary>
    static void WriteLeft(Utf8JsonWriter json, string root, IReadOnlyList<Change> changes)
    {
        var left = changes.Where((change, i) => change.Kind == ChangeKind.Leaves && change.Root == root && !ComesBack(changes, i))
            .GroupBy(change => change.Table.Name, StringComparer.Ordinal)
            .ToList();
        if (left.Count == 0) return;
        json.WriteStartObject("left");
        foreach (var table in left)
        {
            json.WriteStartArray(table.Key);
            foreach (var change in table) json.WriteStringValue(change.Table.KeyOf(change.Row));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static bool ComesBack(IReadOnlyList<Change> changes, int left)
    {
        var (table, row, root, _) = changes[left];
        for (var i = left + 1; i < changes.Count; i++)
            if (changes[i].Kind != ChangeKind.Leaves && ReferenceEquals(changes[i].Table, table) && changes[i].Root == root
                && table.KeyOf(changes[i].Row) == table.KeyOf(row)) return true;
        return false;
    }

    static void WritePlaces(Utf8JsonWriter json, string root, IReadOnlyList<(string Root, long Sequence)> places)
    {
        json.WriteStartObject("with");
        foreach (var place in places)
            if (place.Root != root) json.WriteNumber(place.Root, place.Sequence);
        json.WriteEndObject();
    }

    static void WriteMoved(Utf8JsonWriter json, IReadOnlyList<string> moved)
    {
        if (moved.Count == 0) return;
        json.WriteStartArray("moved");
        foreach (var party in moved) json.WriteStringValue(party);
        json.WriteEndArray();
    }

    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>Writes and reads the bodies of entries. A body is one JSON object; rows stand in it by table (<see cref="RowFormat"/>).</summary>
public sealed class EntryFormat(Composition composition)
{
    // Names in other alphabets stay readable; what is written is well-formed by construction.
    internal static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> buffer = new(4096);

    /// <summary>The part of a case that belongs to one root, as the body of its entry; and where its other parts stand.</summary>
    /// <param name="claims">What the act used up; it stands in the entry of the case's own root.</param>
    /// <remarks>Not safe for several threads: each worker has its own.</remarks>
    /// <param name="personal">
    /// True when an entry of the same act keeps texts beside it: the hashes of its claims' contents are then kept there too, since the texts could be guessed from them.
    /// </param>
    public (byte[] Body, IReadOnlyList<EntryText> Texts) Write(
        string root, long sequence, string command, Case @case, IReadOnlyList<(string Root, long Sequence)> places, IReadOnlyList<ClaimRow> claims, bool personal)
    {
        var apart = new TextsApart();
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("root", root);
        json.WriteNumber("sequence", sequence);
        json.WriteString("at", @case.Now);
        json.WriteString("today", RowFormat.Iso(@case.Today));
        json.WriteString("actor", @case.Actor.ToString());
        json.WriteString("command", command);
        json.WriteNumber("engine", Entry.Engine);
        // What no root owns was decided upon as the company's entry of this number left it: a replay of one root needs it.
        if (root != Facts.Company) json.WriteNumber("company", @case.Company.Sequence);
        if (@case.Reason is not null) json.WriteString("reason", apart.Keep(@case.Reason));
        WriteRows(json, root, @case.Changes, apart);
        WriteLeft(json, root, @case.Changes);
        if (@case.Enrolments.Count > 0) WriteMembers(json, root, @case.Enrolments);
        if (root == @case.Root && claims.Count > 0) WriteClaims(json, claims, personal || apart.Kept.Count > 0 ? apart : null);
        if (places.Count > 1) WritePlaces(json, root, places);
        if (root == Facts.Company) WriteTexts(json, "moved", @case.Moved);
        if (root == Facts.Company && @case.Clock is { } clock) json.WriteString("clock", RowFormat.Iso(clock));
        if (@case.Result is not null && root == @case.Root)
        {
            json.WritePropertyName("result");
            json.WriteRawValue(@case.Result, skipInputValidation: true);
        }

        if (apart.Kept.Count > 0) json.WriteNumber("texts", apart.Kept.Count);
        json.WriteEndObject();
        json.Flush();
        return (buffer.WrittenSpan.ToArray(), apart.Kept);
    }

    /// <summary>What was said as the reason; null when nothing was.</summary>
    public static string? ReasonOf(JsonElement body, Entry entry) => ReasonOf(body, new TextsBeside(entry));

    /// <param name="later">True where a later version, beside which this one still serves, may have written it: rows of tables unknown here are left out.</param>
    public EntryContent Read(Entry entry, bool later = false)
    {
        using var document = JsonDocument.Parse(entry.Body);
        return Read(entry, document.RootElement, later);
    }

    /// <summary>As <see cref="Read(Entry, bool)"/>, and whether the columns beside the body say what the body says.</summary>
    internal (EntryContent Content, bool Heads) Prove(Entry entry)
    {
        using var document = JsonDocument.Parse(entry.Body);
        return (Read(entry, document.RootElement), Heads(entry, document.RootElement));
    }

    EntryContent Read(Entry entry, JsonElement body, bool later = false)
    {
        var beside = new TextsBeside(entry);
        var reason = ReasonOf(body, beside);
        var rows = new List<(Table, object?[])>();
        if (body.TryGetProperty("rows", out var tables))
            foreach (var table in Known(tables, later))
            {
                var known = composition.Tables[table.Name];
                foreach (var row in table.Value.EnumerateArray()) rows.Add((known, RowFormat.Read(known, row, beside)));
            }

        var left = new List<(Table, string)>();
        if (body.TryGetProperty("left", out tables))
            foreach (var table in Known(tables, later))
                foreach (var key in table.Value.EnumerateArray()) left.Add((composition.Tables[table.Name], key.GetString()!));
        return new EntryContent(
            reason,
            rows,
            left,
            body.TryGetProperty("claims", out var claims) ? [.. claims.EnumerateArray().Select(claim => ReadClaim(claim, entry, beside))] : [],
            body.TryGetProperty("joined", out var joined) ? [.. joined.EnumerateObject().Select(party => (party.Name, party.Value.GetString()))] : [],
            Texts(body, "parted"),
            Texts(body, "moved"),
            body.TryGetProperty("with", out var places) ? [.. places.EnumerateObject().Select(place => (place.Name, place.Value.GetInt64()))] : [],
            body.TryGetProperty("result", out var stored) ? JsonMarshal.GetRawUtf8Value(stored).ToArray() : null,
            body.TryGetProperty("clock", out var date) ? RowFormat.Date(date.GetString()!) : null,
            beside.Meant);
    }

    IEnumerable<JsonProperty> Known(JsonElement tables, bool later) => tables.EnumerateObject().Where(table => !later || composition.Tables.ContainsKey(table.Name));

    /// <summary>What the decision left as its result; null when it left none, or the body cannot be read.</summary>
    internal TResult? ResultOf<TResult>(Entry entry) where TResult : class
    {
        try
        {
            return Read(entry).Result is { } result ? JsonSerializer.Deserialize<TResult>(result, Json.Options) : null;
        }
        catch (Exception e) when (RootProof.IsUnreadable(e))
        {
            return null;
        }
    }

    static bool Heads(Entry entry, JsonElement body) =>
        body.GetProperty("root").GetString() == entry.Root
            && body.GetProperty("sequence").GetInt64() == entry.Sequence
            && body.GetProperty("at").GetDateTimeOffset() == entry.At
            && body.GetProperty("today").GetString() == RowFormat.Iso(entry.BusinessDate)
            && body.GetProperty("actor").GetString() == entry.Actor
            && body.GetProperty("command").GetString() == entry.Command
            && (body.TryGetProperty("texts", out var texts) ? texts.GetInt32() : 0) == entry.TextCount;

    static string? ReasonOf(JsonElement body, TextsBeside beside) =>
        body.TryGetProperty("reason", out var said) ? beside.Open(said.GetString()!, TextPlace.Reason) ?? PersonalText.Erased : null;

    static void WriteRows(Utf8JsonWriter json, string root, IReadOnlyList<Change> changes, TextsApart apart)
    {
        json.WriteStartObject("rows");
        for (var i = 0; i < changes.Count; i++)
        {
            var table = changes[i].Table;
            if (!Writes(changes[i], root) || AnyBefore(changes, i, table, root)) continue;
            json.WriteStartArray(table.Name);
            for (var j = i; j < changes.Count; j++)
                if (Writes(changes[j], root) && ReferenceEquals(changes[j].Table, table)) RowFormat.Write(json, table, changes[j].Values, apart);
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

    /// <summary>Who belongs to this root after the case and was enrolled in it, and who was here and belongs to another: the last enrolment of a party holds.</summary>
    static void WriteMembers(Utf8JsonWriter json, string root, IReadOnlyList<Enrolment> enrolments)
    {
        var last = enrolments.GroupBy(enrolment => enrolment.Party, StringComparer.Ordinal).Select(party => (Ends: party.Last(), Each: party)).ToList();
        var joined = last.Where(party => party.Ends.Root == root).ToList();
        if (joined.Count > 0)
        {
            json.WriteStartObject("joined");
            foreach (var (party, _) in joined) json.WriteString(party.Party, party.Above);
            json.WriteEndObject();
        }

        WriteTexts(json, "parted", [.. last.Where(party => party.Ends.Root != root && party.Each.Any(step => step.From == root)).Select(party => party.Ends.Party)]);
    }

    /// <summary>As arrays of scope, number, content hash and party; an idempotency key belongs to none, and a number that a decision has made has no content.</summary>
    static void WriteClaims(Utf8JsonWriter json, IReadOnlyList<ClaimRow> claims, TextsApart? apart)
    {
        Span<byte> hash = stackalloc byte[Base64Url.GetEncodedLength(SHA256.HashSizeInBytes)];
        json.WriteStartArray("claims");
        foreach (var claim in claims)
        {
            json.WriteStartArray();
            json.WriteStringValue(claim.Scope);
            json.WriteStringValue(claim.Number);
            var content = hash[..Base64Url.EncodeToUtf8(claim.ContentHash, hash)];
            if (apart is null || content.IsEmpty) json.WriteStringValue(content);
            else json.WriteStringValue(apart.Keep(Encoding.ASCII.GetString(content)));
            if (claim.Party.Length > 0) json.WriteStringValue(claim.Party);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>A claim whose content was erased has none any more.</summary>
    static ClaimRow ReadClaim(JsonElement claim, Entry entry, TextsBeside beside)
    {
        var content = claim[2].GetString()!;
        if (content.Contains(':', StringComparison.Ordinal)) content = beside.Open(content, TextPlace.Claim) ?? "";
        return new ClaimRow(
            claim[0].GetString()!, claim[1].GetString()!, Base64Url.DecodeFromChars(content), claim.GetArrayLength() > 3 ? claim[3].GetString()! : "",
            entry.Root, entry.Sequence);
    }

    static void WritePlaces(Utf8JsonWriter json, string root, IReadOnlyList<(string Root, long Sequence)> places)
    {
        json.WriteStartObject("with");
        foreach (var place in places)
            if (place.Root != root) json.WriteNumber(place.Root, place.Sequence);
        json.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static IReadOnlyList<string> Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];
}

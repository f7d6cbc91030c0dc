using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>
/// Holds the bytes of an entry's body against the columns beside it and against the versions that the tables hold, without making strings or rows of them.
/// It says yes only to what is plainly right; whatever is not, or is written in another way than this version writes, is left to <see cref="RootProof"/>.
/// </summary>
sealed class BodyProof(Composition composition, StoredVersions versions, StretchTexts texts)
{
    public const string Columns = "root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts";
    public const int BodyColumn = 6;

    readonly RowsProof rows = new(composition, versions, texts);
    byte[] scratch = new byte[256];

    /// <summary>The claims of the last entry, and who joined and parted by it.</summary>
    public List<ClaimRow> Claims { get; } = [];
    public List<(string Party, string? Above)> Joined { get; } = [];
    public List<string> Parted { get; } = [];

    /// <summary>The business date that the last entry has set.</summary>
    public DateOnly? Clock { get; private set; }

    /// <param name="entry">At a row of <see cref="Columns"/>; the texts are at those of this entry.</param>
    /// <param name="root">The root's place in the stretch.</param>
    public bool Holds(RawRows entry, int root, string name)
    {
        Claims.Clear();
        Joined.Clear();
        Parted.Clear();
        Clock = null;
        var body = entry.Blob(BodyColumn);
        if (!Utf8.IsValid(body)) return false;
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        var (seen, sequence) = (Parts.None, entry.Whole(1));
        rows.Begin(root, sequence);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var part = PartOf(ref json);
            // Of two properties of one name the last holds for a reader of JSON, and neither here.
            if ((seen & part) != Parts.None || !json.Read() || !HoldsPart(part, ref json, body, entry, name)) return false;
            seen |= part;
        }

        return json.TokenType == JsonTokenType.EndObject && !json.Read() && (seen & Parts.Heads) == Parts.Heads
            && (entry.Whole(9) == 0 || (seen & Parts.Texts) != Parts.None) && rows.End();
    }

    /// <summary>Holds the columns alone against the body, which begins with what they repeat, and ends with the number of its texts where there are any.</summary>
    /// <param name="entry">As for <see cref="Holds"/>.</param>
    public static bool HoldsHeads(RawRows entry, ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        for (var seen = Parts.None; seen != Parts.Heads;)
        {
            if (!json.Read() || json.TokenType != JsonTokenType.PropertyName) return false;
            var part = PartOf(ref json);
            if ((seen & part) != Parts.None || !json.Read() || !IsHead(part, ref json, entry)) return false;
            seen |= part;
        }

        var rest = body.TrimEnd((byte)'}');
        var said = rest[(rest.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)..];
        // Two brackets would end something within it.
        var texts = rest.Length == body.Length - 1 && rest[..^said.Length].EndsWith(",\"texts\":"u8) ? said : "0"u8;
        return Utf8Parser.TryParse(texts, out long count, out _) && count == entry.Whole(9);
    }

    static bool IsHead(Parts part, ref Utf8JsonReader json, RawRows entry) => part switch
    {
        Parts.Root => IsText(ref json, entry.Text(0)),
        Parts.Sequence => IsWhole(ref json, entry.Whole(1)),
        Parts.At => json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var at) && at.UtcTicks == entry.Instant(2),
        Parts.Today => IsDay(ref json, entry.Day(3)),
        Parts.Actor => IsText(ref json, entry.Text(4)),
        Parts.Command => IsText(ref json, entry.Text(5)),
        _ => false,
    };

    bool HoldsPart(Parts part, ref Utf8JsonReader json, ReadOnlySpan<byte> body, RawRows entry, string name) => part switch
    {
        Parts.Root or Parts.Sequence or Parts.At or Parts.Today or Parts.Actor or Parts.Command => IsHead(part, ref json, entry),
        Parts.Texts => IsWhole(ref json, entry.Whole(9)),
        Parts.Reason => json.TokenType == JsonTokenType.String && texts.TryOpen(Unescaped(ref json), out _, out _),
        Parts.Rows => rows.HoldsRows(ref json, body),
        Parts.Left => rows.HoldsLeft(ref json),
        Parts.Claims => ReadClaims(ref json, name, entry.Whole(1)),
        Parts.Joined => ReadJoined(ref json),
        Parts.Parted => ReadParted(ref json),
        Parts.Clock => ReadClock(ref json),
        Parts.Moved => IsOfTexts(ref json),
        Parts.With => IsOfWholes(ref json),
        Parts.Result or Parts.None => json.TrySkip(),
        _ => false,
    };

    static Parts PartOf(ref Utf8JsonReader json)
    {
        foreach (var (name, part) in Names)
            if (json.ValueTextEquals(name)) return part;
        return Parts.None;
    }

    static bool IsText(ref Utf8JsonReader json, ReadOnlySpan<byte> text) => json.TokenType == JsonTokenType.String && json.ValueTextEquals(text);

    static bool IsWhole(ref Utf8JsonReader json, long whole) => json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var said) && said == whole;

    static bool IsDay(ref Utf8JsonReader json, int day) =>
        json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && RawRows.DayOf(json.ValueSpan) == day;

    bool ReadClaims(ref Utf8JsonReader json, string root, long sequence)
    {
        if (json.TokenType != JsonTokenType.StartArray) return false;
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            if (!json.Read() || json.TokenType != JsonTokenType.String) return false;
            var scope = json.GetString()!;
            if (!json.Read() || json.TokenType != JsonTokenType.String) return false;
            var number = json.GetString()!;
            if (!json.Read() || json.TokenType != JsonTokenType.String) return false;
            var content = Unescaped(ref json);
            if (content.Contains((byte)':'))
            {
                if (!texts.TryOpen(content, out content, out var isErased)) return false;
                if (isErased) content = [];
            }

            var hash = new byte[Base64Url.GetMaxDecodedLength(content.Length)];
            if (Base64Url.DecodeFromUtf8(content, hash, out _, out var length) != OperationStatus.Done) return false;
            var party = json.Read() && json.TokenType == JsonTokenType.String ? json.GetString()! : "";
            if (party.Length > 0) json.Read();
            if (json.TokenType != JsonTokenType.EndArray) return false;
            Claims.Add(new ClaimRow(scope, number, length == hash.Length ? hash : hash[..length], party, root, sequence));
        }

        return json.TokenType == JsonTokenType.EndArray;
    }

    bool ReadJoined(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var party = json.GetString()!;
            if (!json.Read() || json.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return false;
            Joined.Add((party, json.GetString()));
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    bool ReadParted(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) return false;
        while (json.Read() && json.TokenType == JsonTokenType.String) Parted.Add(json.GetString()!);
        return json.TokenType == JsonTokenType.EndArray;
    }

    static bool IsOfTexts(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) return false;
        while (json.Read() && json.TokenType == JsonTokenType.String) continue;
        return json.TokenType == JsonTokenType.EndArray;
    }

    static bool IsOfWholes(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out _)) return false;
        return json.TokenType == JsonTokenType.EndObject;
    }

    bool ReadClock(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || RawRows.DayOf(json.ValueSpan) is not { } day) return false;
        Clock = DateOnly.FromDayNumber(day);
        return true;
    }

    ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader json) => Unescaped(ref json, ref scratch);

    internal static ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader json, ref byte[] scratch)
    {
        if (!json.ValueIsEscaped) return json.ValueSpan;
        if (scratch.Length < json.ValueSpan.Length) scratch = new byte[json.ValueSpan.Length * 2];
        return scratch.AsSpan(0, json.CopyString(scratch));
    }

    [Flags]
    enum Parts
    {
        None = 0, Root = 1, Sequence = 2, At = 4, Today = 8, Actor = 16, Command = 32, Heads = 63, Texts = 64, Reason = 128, Rows = 256, Left = 512, Claims = 1024,
        Joined = 2048, Parted = 4096, Moved = 8192, With = 16384, Result = 32768, Clock = 65536,
    }

    static readonly (byte[] Name, Parts Part)[] Names =
    [
        .. Enum.GetValues<Parts>().Where(part => part is not (Parts.None or Parts.Heads))
            .Select(part => (Encoding.UTF8.GetBytes(char.ToLowerInvariant(part.ToString()[0]) + part.ToString()[1..]), part)),
    ];
}

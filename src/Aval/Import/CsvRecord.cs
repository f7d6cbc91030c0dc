using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Aval.Import;

/// <summary>What is wrong with the form of a record.</summary>
enum CsvFault { None, TextAfterQuote, QuoteInside, QuoteOpen, NotUtf8 }

/// <summary>One record of a CSV file (RFC 4180, fields separated by commas, lines ended by LF or CRLF); used again for every record.</summary>
sealed class CsvRecord
{
    static readonly SearchValues<byte> Special = SearchValues.Create(",\"\n"u8);

    byte[] text = new byte[1024];
    int[] ends = new int[32];
    int length;

    public int Count { get; private set; }

    /// <summary>Lines that the record takes: more than one where a quoted field holds line ends.</summary>
    public int Lines { get; private set; }

    public CsvFault Fault { get; private set; }

    /// <summary>Fields that have lost characters without a shape (U+0080 to U+009F): what is left of text that some program once took for another encoding.</summary>
    public int Mended { get; private set; }

    /// <summary>An empty line, which is no record.</summary>
    public bool IsBlank => Count == 1 && length == 0 && Fault == CsvFault.None;

    public ReadOnlySpan<byte> this[int field] => text.AsSpan((field == 0 ? 0 : ends[field - 1])..ends[field]);

    public string Text(int field) => Encoding.UTF8.GetString(this[field]);

    /// <summary>Reads the record that the bytes begin with.</summary>
    /// <param name="last">True when nothing follows these bytes, so that their end ends the record.</param>
    /// <returns>How many bytes it took, its line end included; 0 when it goes on behind them.</returns>
    public int Read(ReadOnlySpan<byte> bytes, bool last)
    {
        (length, Count, Lines, Fault, Mended) = (0, 0, 1, CsvFault.None, 0);
        var at = 0;
        while (true)
        {
            int next;
            if (at < bytes.Length && bytes[at] == (byte)'"')
            {
                next = Quoted(bytes, at + 1);
                if (next < 0 && !last) return 0;
                if (next < 0) return Broken(CsvFault.QuoteOpen, bytes, bytes.Length);
            }
            else
            {
                next = bytes[at..].IndexOfAny(Special);
                next = next < 0 ? bytes.Length : at + next;
                if (next == bytes.Length && !last) return 0;
                Append(next < bytes.Length && bytes[next] == (byte)'\n' && next > at && bytes[next - 1] == (byte)'\r' ? bytes[at..(next - 1)] : bytes[at..next]);
            }

            EndField();
            // The last line may end without a line end.
            if (next < bytes.Length && bytes[next] == (byte)'\r' && (next + 1 == bytes.Length ? last : bytes[next + 1] == (byte)'\n')) next++;
            if (next == bytes.Length) return last ? Ended(next) : 0;
            switch (bytes[next])
            {
                case (byte)',': at = next + 1; break;
                case (byte)'\n': return Ended(next + 1);
                case (byte)'"': return Broken(CsvFault.QuoteInside, bytes, next);
                default: return next + 1 == bytes.Length && !last ? 0 : Broken(CsvFault.TextAfterQuote, bytes, next);
            }
        }
    }

    /// <summary>Takes a quoted field; the place behind its closing quote, or -1 when there is none.</summary>
    int Quoted(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var quote = bytes[at..].IndexOf((byte)'"');
            if (quote < 0) return -1;
            var part = bytes.Slice(at, quote);
            Lines += part.Count((byte)'\n');
            Append(part);
            at += quote + 1;
            if (at == bytes.Length || bytes[at] != (byte)'"') return at;
            Append("\""u8);
            at++;
        }
    }

    int Ended(int taken)
    {
        if (!Utf8.IsValid(text.AsSpan(0, length))) Fault = CsvFault.NotUtf8;
        return taken;
    }

    /// <summary>Leaves the rest of the line: the next record begins behind it.</summary>
    int Broken(CsvFault fault, ReadOnlySpan<byte> bytes, int at)
    {
        Fault = fault;
        var end = bytes[at..].IndexOf((byte)'\n');
        return end < 0 ? bytes.Length : at + end + 1;
    }

    void Append(ReadOnlySpan<byte> part)
    {
        if (length + part.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, length + part.Length));
        part.CopyTo(text.AsSpan(length));
        length += part.Length;
    }

    void EndField()
    {
        if (Count == ends.Length) Array.Resize(ref ends, ends.Length * 2);
        var start = Count == 0 ? 0 : ends[Count - 1];
        if (text.AsSpan(start..length).Contains((byte)0xC2)) Mend(start);
        ends[Count++] = length;
    }

    /// <summary>Takes the two-byte forms of U+0080 to U+009F out of the field.</summary>
    void Mend(int start)
    {
        var kept = start;
        for (var at = start; at < length; at++)
        {
            if (text[at] == 0xC2 && at + 1 < length && text[at + 1] is >= 0x80 and <= 0x9F) at++;
            else text[kept++] = text[at];
        }

        if (kept < length) Mended++;
        length = kept;
    }
}

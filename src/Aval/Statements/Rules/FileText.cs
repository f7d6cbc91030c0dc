using System.Text;

namespace Aval.Statements.Rules;

/// <summary>The characters of a file whose encoding nobody states: a mark at its beginning, else sixteen bits where every other byte is
/// zero, else UTF-8, else Windows-1252, of which Latin-1 is a part.</summary>
static class FileText
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly UnicodeEncoding StrictUtf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    static readonly UnicodeEncoding StrictUtf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    public static string Of(ReadOnlySpan<byte> file, Encoding? stated = null)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble)) return Decode(StrictUtf8, file[3..]);
        if (file.StartsWith(Encoding.Unicode.Preamble)) return Decode(StrictUtf16, file[2..]);
        if (file.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Decode(StrictUtf16BigEndian, file[2..]);
        if (IsSixteenBits(file, zerosFirst: false)) return Decode(StrictUtf16, file);
        if (IsSixteenBits(file, zerosFirst: true)) return Decode(StrictUtf16BigEndian, file);
        if (stated is not null) return Decode(stated, file);
        return Find("windows-1252") is { } western && !IsUtf8(file) ? Decode(western, file) : Decode(StrictUtf8, file);
    }

    /// <summary>The encoding of this name; null when there is none such. Bytes that it does not know are refused, never read as a question mark.</summary>
    public static Encoding? Find(string name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase)) return StrictUtf8;
        var (writes, reads) = (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        if (CodePagesEncodingProvider.Instance.GetEncoding(name, writes, reads) is { } page) return page;
        return Encoding.GetEncodings().FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Encoding.GetEncoding(known.CodePage, writes, reads)
            : null;
    }

    public static bool IsUtf8(ReadOnlySpan<byte> file) => System.Text.Unicode.Utf8.IsValid(file);

    /// <summary>Two bytes a letter without a mark: the first letters are ASCII, each beside a zero.</summary>
    static bool IsSixteenBits(ReadOnlySpan<byte> file, bool zerosFirst)
    {
        if (file.Length < 8 || file.Length % 2 != 0) return false;
        for (var at = 0; at < 8; at++)
            if (file[at] == 0 != ((at % 2 == 0) == zerosFirst)) return false;
        return true;
    }

    /// <summary>The lines of a text, whatever ends them.</summary>
    public static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    static string Decode(Encoding encoding, ReadOnlySpan<byte> file)
    {
        string text;
        try
        {
            text = encoding.GetString(file);
        }
        catch (DecoderFallbackException e)
        {
            throw new UnreadableException(0, $"expected {encoding.WebName}, but byte {e.Index} is none");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw new UnreadableException(0, "expected a text, found bytes of zero") : text;
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Aval.Statements.Rules;

/// <summary>Reads a bank's file, whatever its name: its content says what it is.</summary>
public static class StatementFile
{
    static readonly Regex Swift = new(@"(?:^|\n|\{4:):20:", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    /// <summary>All statements of the file, or why it is refused whole.</summary>
    /// <param name="mappings">For CSV: the one whose columns the header has is used; where several fit, none.</param>
    public static FileRead Read(ReadOnlyMemory<byte> file, IReadOnlyCollection<CsvMapping>? mappings = null)
    {
        try
        {
            return new FileRead(Statements(file, mappings ?? []), null);
        }
        catch (UnreadableException e)
        {
            return FileRead.Refused(e.Line, e.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            return FileRead.Refused(0, "expected lines of the length that statements have");
        }
        catch (OverflowException)
        {
            return FileRead.Refused(0, "expected amounts that sum to less than 10^16");
        }
    }

    static ImmutableArray<BankStatement> Statements(ReadOnlyMemory<byte> file, IReadOnlyCollection<CsvMapping> mappings)
    {
        if (file.IsEmpty) throw new UnreadableException(0, "expected a bank statement, the file is empty");
        if (LooksLikeXml(file.Span)) return CamtReader.Read(file.Span);
        var text = FileText.Of(file.Span);
        if (text.TrimStart().StartsWith("01,", StringComparison.Ordinal)) return Bai2Reader.Read(text);
        if (Swift.IsMatch(text)) return SwiftReader.Read(text);
        var fitting = mappings.Where(mapping => CsvReader.Fits(file.Span, mapping)).ToList();
        return fitting.Count switch
        {
            1 => CsvReader.Read(file.Span, fitting[0]),
            0 => throw new UnreadableException(
                1, "expected camt.052, camt.053 or camt.054, MT940 or MT942, BAI2, or a CSV file whose header has the columns of a saved mapping"),
            _ => throw new UnreadableException(1, $"expected columns of one saved mapping, but these fit: {string.Join(", ", fitting.Select(mapping => mapping.Name))}"),
        };
    }

    static bool LooksLikeXml(ReadOnlySpan<byte> file)
    {
        // A mark of the encoding, then blanks, then the first bracket; in sixteen bits with a zero beside each.
        foreach (var letter in file[..Math.Min(file.Length, 64)])
            if (letter is (byte)'<') return true;
            else if (letter is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        return false;
    }
}

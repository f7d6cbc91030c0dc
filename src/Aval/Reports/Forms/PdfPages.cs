using System.Globalization;
using System.Text;

namespace Aval.Reports.Forms;

/// <summary>Lines of text on pages of A4 as a PDF 1.4 file (ISO 32000-1), in Helvetica, which every reader has: no font is read or embedded.</summary>
/// <remarks>The characters are those of Windows-1252; accents that it lacks are left off, and other scripts become question marks (docs/decisions/0010).</remarks>
sealed class PdfPages(string title)
{
    public const double Width = 595;
    const double Height = 842;
    const double Margin = 50;

    readonly List<StringBuilder> pages = [new()];
    double y = Height - Margin;

    /// <summary>A line of pieces, each at its place from the left or, to the right, ending there. It begins a page where there is no room.</summary>
    public void Line(double size, IReadOnlyList<(double X, string Text, bool ToTheRight)> pieces, bool bold = false)
    {
        if (!HasRoom(size))
        {
            pages.Add(new());
            y = Height - Margin;
        }

        y -= size * 1.4;
        foreach (var (x, text, toTheRight) in pieces)
        {
            var from = toTheRight ? x - WidthOf(text, size) : x;
            if (text.Length > 0) pages[^1].Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "B" : "R")} {size} Tf {from:0.##} {y:0.##} Td ({Escaped(text)}) Tj ET\n");
        }
    }

    /// <summary>False where the next line begins a page.</summary>
    public bool HasRoom(double size) => y - (size * 1.4) >= Margin;

    public void Space(double height) => y -= height;

    /// <summary>A thin line across.</summary>
    public void Rule(double from, double to) => pages[^1].Append(CultureInfo.InvariantCulture, $"0.5 w {from:0.##} {y - 3:0.##} m {to:0.##} {y - 3:0.##} l S\n");

    /// <summary>In points; characters outside ASCII are taken to be as wide as a digit, the blank that does not break as wide as the other.</summary>
    public static double WidthOf(string text, double size) =>
        Known(text).Sum(character => character is >= ' ' and <= '~' ? Widths[character - ' '] : character == '\u00a0' ? Widths[0] : 556) * size / 1000;

    public byte[] ToBytes()
    {
        var file = new StringBuilder("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        var places = new List<int>();
        var count = pages.Count;
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {Text(count)} /Kids [{string.Join(' ', Enumerable.Range(0, count).Select(at => $"{Text(6 + (2 * at))} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Add($"<< /Title ({Escaped(title)}) /Producer (Aval) >>");
        for (var at = 0; at < count; at++)
        {
            Line(8, $"{Text(at + 1)} / {Text(count)}", pages[at]);
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /R 3 0 R /B 4 0 R >> >> /Contents {Text(7 + (2 * at))} 0 R >>");
            Add($"<< /Length {Text(pages[at].Length)} >>\nstream\n{pages[at]}\nendstream");
        }

        var end = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{end}\n%%EOF\n");
        // Each character stands for one byte, so that places and lengths count bytes.
        return Encoding.Latin1.GetBytes(file.ToString());

        void Add(string body)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{body}\nendobj\n");
        }

        static void Line(double size, string text, StringBuilder page) =>
            page.Append(CultureInfo.InvariantCulture, $"BT /R {size} Tf {Width - Margin - WidthOf(text, size):0.##} {Margin / 2:0.##} Td ({text}) Tj ET\n");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in Known(text))
        {
            if (character is '(' or ')' or '\\') escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>The text in bytes of Windows-1252, each as the character of its number.</summary>
    static string Known(string text)
    {
        var known = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormC))
            if (Byte(character) is { } direct) known.Append(direct);
            else
                foreach (var part in character.ToString().Normalize(NormalizationForm.FormD))
                    if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark) known.Append(Byte(part) ?? '?');
        return known.ToString();
    }

    static char? Byte(char character) => character switch
    {
        >= ' ' and <= '~' => character,
        >= '\u00a0' and <= '\u00ff' => character,
        _ => Above.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? (char)(0x80 + at) : null,
    };

    /// <summary>What Windows-1252 has from 0x80 on; a blank where it has nothing.</summary>
    const string Above = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>Of Helvetica from blank to tilde, in thousandths of the size (Adobe's font metrics).</summary>
    static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];
}

namespace Aval.Reports.Forms;

/// <summary>A statement of account on pages of A4.</summary>
static class LetterPdf
{
    const double Left = 40;
    const double Right = PdfPages.Width - 40;
    const double Size = 8.5;

    // Where each column ends or, to the left, begins.
    static readonly double[] DocumentColumns = [Left, 100, 215, 275, 380, 440, 500, Right];
    static readonly double[] AgingColumns = [Left, 170, 245, 320, 395, 470, Right];

    public static byte[] Of(AccountLetter letter)
    {
        var pages = new PdfPages(LetterText.Title(letter));
        pages.Line(10, [(Left, letter.From, false)]);
        pages.Space(20);
        foreach (var line in letter.To) pages.Line(10, [(Left, line, false)]);
        pages.Space(20);
        pages.Line(15, [(Left, LetterText.Title(letter), false)], bold: true);
        pages.Line(10, [(Left, $"Customer {letter.Payer}", false)]);
        pages.Space(12);
        Table(pages, LetterText.Heads, DocumentColumns, 4, letter.Rows.Select(LetterText.Row));
        pages.Space(8);
        foreach (var balance in letter.Balances) pages.Line(11, [(Left, LetterText.Balance(balance), false)], bold: true);
        pages.Space(16);
        Table(pages, LetterText.Buckets, AgingColumns, 1, letter.Aging.Select(LetterText.Row));
        pages.Space(12);
        pages.Line(10, [(Left, LetterText.Remark(letter), false)]);
        return pages.ToBytes();
    }

    /// <param name="figures">The first column that stands to the right.</param>
    static void Table(PdfPages pages, string[] heads, double[] columns, int figures, IEnumerable<string[]> rows)
    {
        IReadOnlyList<(double, string, bool)> Cells(string[] cells) => [.. cells.Select((cell, at) => (columns[at], Fitting(cell, at), at >= figures))];
        // A number may be longer than its column: then its end is left out.
        string Fitting(string cell, int at)
        {
            var most = at < figures && at + 1 < columns.Length ? columns[at + 1] - columns[at] - (at + 1 == figures ? 60 : 4) : double.MaxValue;
            while (cell.Length > 1 && PdfPages.WidthOf(cell, Size) > most) cell = cell[..^2] + "…";
            return cell;
        }

        Head();
        foreach (var row in rows)
        {
            if (!pages.HasRoom(Size)) Head();
            pages.Line(Size, Cells(row));
        }

        void Head()
        {
            pages.Line(Size, Cells(heads), bold: true);
            pages.Rule(Left, Right);
        }
    }
}

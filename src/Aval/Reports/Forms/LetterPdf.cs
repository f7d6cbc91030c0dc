namespace Aval.Reports.Forms;

/// <summary>A statement of account on pages of A4.</summary>
static class LetterPdf
{
    const double Left = 40;
    const double Right = PdfPages.Width - 40;
    const double Size = 8.5;

    // Where each column ends or, to the left, begins.
    static readonly double[] DocumentColumns = [Left, 87, 170, 224, 341, 412, 483, Right];
    static readonly double[] MoveColumns = [Left, 130, 235, 305, 410, 470, Right];
    static readonly double[] AgingColumns = [Left, 170, 245, 320, 395, 470, Right];

    public static byte[] Of(AccountLetter letter)
    {
        var text = new LetterText(letter);
        var pages = new PdfPages(text.Title);
        pages.Line(10, [(Left, letter.From, false)]);
        pages.Space(20);
        foreach (var line in letter.To) pages.Line(10, [(Left, line, false)]);
        pages.Space(20);
        pages.Line(15, [(Left, text.Title, false)], bold: true);
        pages.Line(10, [(Left, text.Customer, false)]);
        pages.Space(12);
        if (letter.Moved.Count > 0)
        {
            Table(pages, text.Words.MoveHeads, MoveColumns, 4, text.Moves);
            pages.Space(12);
        }

        Table(pages, text.Words.Heads, DocumentColumns, 4, text.Rows);
        pages.Space(8);
        foreach (var balance in text.Balances) pages.Line(11, [(Left, balance, false)], bold: true);
        pages.Space(16);
        Table(pages, text.Words.Buckets, AgingColumns, 1, text.Aging);
        pages.Space(12);
        pages.Line(10, [(Left, text.Remark, false)]);
        return pages.ToBytes();
    }

    /// <param name="figures">The first column that stands to the right.</param>
    static void Table(PdfPages pages, string[] heads, double[] columns, int figures, IEnumerable<string[]> rows)
    {
        IReadOnlyList<(double, string, bool)> Cells(string[] cells) => [.. cells.Select((cell, at) => (columns[at], Fitting(cell, at), at >= figures))];
        // A number may be longer than its column: then its end is left out.
        string Fitting(string cell, int at)
        {
            var most = at < figures && at + 1 < columns.Length ? columns[at + 1] - columns[at] - (at + 1 == figures ? 62 : 4) : double.MaxValue;
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

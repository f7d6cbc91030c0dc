using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aval.Kernel;
using Aval.Reports.Rules;

namespace Aval.Reports.Forms;

/// <summary>A report as a workbook (ECMA-376): one sheet after the other when there are more rows than one takes, the sums at the end. It is written to a temporary file
/// first, since a part's size stands before it.</summary>
sealed class XlsxForm(Stream output) : ReportWriter
{
    /// <summary>A sheet takes 1,048,576.</summary>
    const int MostRows = 1_000_000;

    static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    readonly FileStream file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);
    readonly StringBuilder cells = new();
    ZipArchive? archive;
    StreamWriter? sheet;
    ReportHead? head;
    int sheets;
    int rows;

    public override async ValueTask BeginAsync(ReportHead head, CancellationToken cancel)
    {
        this.head = head;
        archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        await OpenSheetAsync();
    }

    public override async ValueTask RowAsync(IReadOnlyList<object?> row, CancellationToken cancel)
    {
        if (rows >= MostRows)
        {
            await CloseSheetAsync();
            await OpenSheetAsync();
        }

        await WriteAsync(row);
    }

    public override async ValueTask EndAsync(ReportSums sums, CancellationToken cancel)
    {
        foreach (var row in sums.Rows())
        {
            row[0] = "Total";
            await WriteAsync(row);
        }

        await CloseSheetAsync();
        await PartAsync("xl/workbook.xml", XlsxParts.Workbook(head!.Report.Title, sheets));
        await PartAsync("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookParts(sheets));
        await PartAsync("xl/styles.xml", XlsxParts.Styles);
        await PartAsync("_rels/.rels", XlsxParts.PackageParts);
        await PartAsync("[Content_Types].xml", XlsxParts.ContentTypes(sheets));
        await archive!.DisposeAsync();
        file.Position = 0;
        await file.CopyToAsync(output, cancel);
    }

    public override async ValueTask DisposeAsync() => await file.DisposeAsync();

    async Task OpenSheetAsync()
    {
        sheet = new StreamWriter(archive!.CreateEntry($"xl/worksheets/sheet{++sheets}.xml", CompressionLevel.Fastest).Open(), Plain);
        rows = 0;
        await sheet.WriteAsync(XlsxParts.SheetHead);
        await WriteAsync([.. head!.Columns.Select(column => (object?)column.Head)], XlsxParts.Bold);
    }

    async Task CloseSheetAsync()
    {
        await sheet!.WriteAsync(XlsxParts.SheetEnd);
        await sheet.DisposeAsync();
    }

    async Task WriteAsync(IReadOnlyList<object?> row, int text = XlsxParts.General)
    {
        rows++;
        cells.Clear().Append(CultureInfo.InvariantCulture, $"<row r=\"{rows}\">");
        for (var i = 0; i < row.Count; i++) Cell(row[i], $"{XlsxParts.ColumnName(i)}{rows.ToString(CultureInfo.InvariantCulture)}", text);
        await sheet!.WriteAsync(cells.Append("</row>"));
    }

    void Cell(object? value, string place, int text)
    {
        switch (value)
        {
            case null: break;
            case Money amount: Number(place, amount.Major, XlsxParts.Amount(amount.Currency.Decimals)); break;
            case DateOnly date when date >= XlsxParts.FirstDay: Number(place, XlsxParts.Serial(date), XlsxParts.Date); break;
            case DateOnly date: Text(place, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text); break;
            case string words: Text(place, words, text); break;
            case IFormattable number: Number(place, number, XlsxParts.General); break;
            default: throw new ArgumentException($"a cell of a report is no {value.GetType().Name}", nameof(value));
        }
    }

    void Number(string place, IFormattable number, int style) =>
        cells.Append(CultureInfo.InvariantCulture, $"<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>");

    // Texts stand in their cells as they are: nothing of them is ever read as a formula.
    void Text(string place, string text, int style) =>
        cells.Append(CultureInfo.InvariantCulture, $"<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{XlsxParts.Escaped(text)}</t></is></c>");

    async Task PartAsync(string name, string text)
    {
        await using var part = new StreamWriter(archive!.CreateEntry(name, CompressionLevel.Fastest).Open(), Plain);
        await part.WriteAsync(text);
    }
}

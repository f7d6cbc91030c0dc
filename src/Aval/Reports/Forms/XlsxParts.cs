using System.Globalization;
using System.Security;
using System.Text;

namespace Aval.Reports.Forms;

/// <summary>The fixed parts of a workbook (ECMA-376, part 1), and how values stand in its cells.</summary>
static class XlsxParts
{
    public const int General = 0;
    public const int Date = 1;
    public const int Bold = 6;

    const string Header = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Spreadsheets count days from 1900 and believe that it was a leap year: from this day on all agree.</summary>
    public static readonly DateOnly FirstDay = new(1900, 3, 1);

    static readonly DateOnly DayZero = new(1899, 12, 30);

    public const string SheetHead =
        $"""{Header}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>""";

    public const string SheetEnd = "</sheetData></worksheet>";

    public const string PackageParts =
        $"""{Header}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    /// <summary>The styles of cells, in this order: general, date, amounts without and with two, three and four decimals, bold.</summary>
    public const string Styles =
        $"""
        {Header}<styleSheet xmlns="{Main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>
        <numFmt numFmtId="165" formatCode="#,##0.000"/><numFmt numFmtId="166" formatCode="#,##0.0000"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    /// <summary>The style of an amount of a currency with so many decimals.</summary>
    public static int Amount(int decimals) => decimals switch { 0 => 2, 2 => 3, 3 => 4, _ => 5 };

    public static int Serial(DateOnly date) => date.DayNumber - DayZero.DayNumber;

    public static string Workbook(string title, int sheets) => Joined(
        $"""{Header}<workbook xmlns="{Main}" xmlns:r="{Relation}"><sheets>""", sheets,
        at => $"""<sheet name="{Escaped(title)}{(at == 1 ? "" : " " + Text(at))}" sheetId="{Text(at)}" r:id="rId{Text(at)}"/>""", "</sheets></workbook>");

    public static string WorkbookParts(int sheets) => Joined(
        $"""{Header}<Relationships xmlns="{Package}/relationships"><Relationship Id="rIdS" Type="{Relation}/styles" Target="styles.xml"/>""", sheets,
        at => $"""<Relationship Id="rId{Text(at)}" Type="{Relation}/worksheet" Target="worksheets/sheet{Text(at)}.xml"/>""", "</Relationships>");

    public static string ContentTypes(int sheets) => Joined(
        $"""
        {Header}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/>
        """, sheets, at => $"""<Override PartName="/xl/worksheets/sheet{Text(at)}.xml" ContentType="{Type}.worksheet+xml"/>""", "</Types>");

    /// <summary>Text for XML; characters that XML does not know (its control characters, halves of pairs) are left out.</summary>
    public static string Escaped(string text)
    {
        var known = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF) or '\t' or '\n' or '\r') known.Append(rune);
        return SecurityElement.Escape(known.ToString());
    }

    /// <summary>A, B, … Z, AA, …</summary>
    public static string ColumnName(int at) => at < 26 ? ((char)('A' + at)).ToString() : ColumnName((at / 26) - 1) + ColumnName(at % 26);

    static string Joined(string head, int count, Func<int, string> each, string end) => head + string.Concat(Enumerable.Range(1, count).Select(each)) + end;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

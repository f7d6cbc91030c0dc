using System.Globalization;
using System.Text;
using Aval.Kernel;
using Aval.Reports.Rules;

namespace Aval.Reports.Forms;

/// <summary>A report as CSV (RFC 4180): commas, CRLF, UTF-8, the first line with the columns' names; no sums, since programs read it.</summary>
/// <param name="mark">Begins with the byte order mark by which spreadsheets know UTF-8.</param>
sealed class CsvForm(Stream output, bool mark) : ReportWriter
{
    const int MostUnsent = 32 * 1024;

    readonly StringBuilder unsent = new();

    public override async ValueTask BeginAsync(ReportHead head, CancellationToken cancel)
    {
        if (mark) await output.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancel);
        Line(head.Columns.Select(column => column.Name));
    }

    public override async ValueTask RowAsync(IReadOnlyList<object?> row, CancellationToken cancel)
    {
        Line(row.Select(TextOf));
        if (unsent.Length > MostUnsent) await SendAsync(cancel);
    }

    public override async ValueTask EndAsync(ReportSums sums, CancellationToken cancel)
    {
        await SendAsync(cancel);
        await output.FlushAsync(cancel);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    void Line(IEnumerable<string> fields) => unsent.AppendJoin(',', fields.Select(Quoted)).Append("\r\n");

    async Task SendAsync(CancellationToken cancel)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(unsent.ToString()), cancel);
        unsent.Clear();
    }

    static string TextOf(object? cell) => cell switch
    {
        null => "",
        Money amount => amount.Major.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => Harmless(text),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"a cell of a report is no {cell.GetType().Name}", nameof(cell)),
    };

    /// <summary>A text that a spreadsheet would take for a formula is given an apostrophe, which makes it a text there too (OWASP, CSV injection).</summary>
    public static string Harmless(string text) => text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    static string Quoted(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}

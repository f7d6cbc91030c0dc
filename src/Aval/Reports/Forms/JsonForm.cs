using System.Globalization;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Reports.Rules;

namespace Aval.Reports.Forms;

/// <summary>A report as one JSON object: its columns, its rows and their sums.</summary>
sealed class JsonForm(Stream output) : ReportWriter
{
    const int MostUnsent = 32 * 1024;

    readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = Json.Options.Encoder });
    IReadOnlyList<ReportColumn> columns = [];

    public override ValueTask BeginAsync(ReportHead head, CancellationToken cancel)
    {
        columns = head.Columns;
        json.WriteStartObject();
        json.WriteString("report", head.Report.Name);
        json.WriteString("title", head.Report.Title);
        json.WriteString("asOf", Text(head.Asked.AsOf));
        json.WriteStartArray("columns");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("head", column.Head);
            json.WriteString("kind", Words.Of(column.Kind));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask RowAsync(IReadOnlyList<object?> row, CancellationToken cancel)
    {
        Write(row);
        if (json.BytesPending > MostUnsent) await json.FlushAsync(cancel);
    }

    public override async ValueTask EndAsync(ReportSums sums, CancellationToken cancel)
    {
        json.WriteEndArray();
        json.WriteStartArray("totals");
        foreach (var row in sums.Rows()) Write(row);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }

    // What was not sent when the reading failed is dropped: a broken report must not look whole.
    public override ValueTask DisposeAsync()
    {
        json.Reset();
        return json.DisposeAsync();
    }

    void Write(IReadOnlyList<object?> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Name);
            Cell(row[i]);
        }

        json.WriteEndObject();
    }

    // Written piece by piece: the serializer would flush after each value, and at once.
    void Cell(object? cell)
    {
        switch (cell)
        {
            case null: json.WriteNullValue(); break;
            case Money amount: json.WriteNumberValue(amount.Major); break;
            case string text: json.WriteStringValue(text); break;
            case DateOnly date: json.WriteStringValue(Text(date)); break;
            case int whole: json.WriteNumberValue(whole); break;
            case decimal number: json.WriteNumberValue(number); break;
            default: throw new ArgumentException($"a cell of a report is no {cell.GetType().Name}", nameof(cell));
        }
    }

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

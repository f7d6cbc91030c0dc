using System.Globalization;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One row as a JSON object: its columns' names in camel case, nulls left out.</summary>
static class RowFormat
{
    public static void Write(Utf8JsonWriter json, Table table, object row)
    {
        json.WriteStartObject();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var value = table.ValueOf(row, i);
            if (value is null) continue;
            json.WritePropertyName(table.JsonNames[i]);
            WriteValue(json, table.Columns[i].Kind, value);
        }

        json.WriteEndObject();
    }

    public static object Read(Table table, JsonElement row)
    {
        var items = new object?[table.Columns.Count];
        for (var i = 0; i < items.Length; i++)
            if (row.TryGetProperty(table.JsonNames[i], out var value)) items[i] = ReadValue(table.Columns[i].Kind, value);
        return table.Read(new Values(items));
    }

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static DateOnly Date(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void WriteValue(Utf8JsonWriter json, ColumnKind kind, object value)
    {
        switch (kind)
        {
            case ColumnKind.Text: json.WriteStringValue((string)value); break;
            case ColumnKind.Whole: json.WriteNumberValue((long)value); break;
            case ColumnKind.Date: json.WriteStringValue(Iso((DateOnly)value)); break;
            case ColumnKind.Flag: json.WriteBooleanValue((bool)value); break;
            case ColumnKind.Instant: json.WriteStringValue((DateTimeOffset)value); break;
            case ColumnKind.Json: json.WriteRawValue((string)value, skipInputValidation: true); break;
        }
    }

    static object? ReadValue(ColumnKind kind, JsonElement value) => kind switch
    {
        ColumnKind.Text => value.GetString(),
        ColumnKind.Whole => value.GetInt64(),
        ColumnKind.Date => Date(value.GetString()!),
        ColumnKind.Flag => value.GetBoolean(),
        ColumnKind.Instant => value.GetDateTimeOffset(),
        ColumnKind.Json => value.GetRawText(),
    };
}

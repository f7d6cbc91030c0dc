using System.Globalization;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One row as a JSON object: its columns' names in camel case, nulls left out.</summary>
static class RowFormat
{
    public static void Write(Utf8JsonWriter json, Table table, object row) => Write(json, table, table.ValuesOf(row), null);

    /// <param name="apart">Takes the personal texts, and leaves references to them in the row; null to write them out.</param>
    public static void Write(Utf8JsonWriter json, Table table, object?[] values, TextsApart? apart)
    {
        json.WriteStartObject();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (values[i] is not { } value) continue;
            json.WritePropertyName(table.Encoded[i]);
            if (apart is not null && table.Columns[i].Personal is { } personal) WritePersonal(json, table.Columns[i].Kind, personal, (string)value, apart);
            else WriteValue(json, table.Columns[i].Kind, value);
        }

        json.WriteEndObject();
    }

    /// <summary>The row's values in the order of the table's columns.</summary>
    public static object?[] Read(Table table, JsonElement row, TextsBeside beside)
    {
        var items = new object?[table.Columns.Count];
        var key = row.GetProperty(table.JsonNames[0]).GetString()!;
        for (var i = 0; i < items.Length; i++)
            if (row.TryGetProperty(table.JsonNames[i], out var value))
                items[i] = table.Columns[i].Personal is { } personal
                    ? ReadPersonal(table.Columns[i].Kind, personal, value, new TextPlace(table, key, i), beside)
                    : ReadValue(table.Columns[i].Kind, value);
        return items;
    }

    /// <summary>The row with the fixed marker in place of one column's personal texts.</summary>
    public static object Erased(Table table, object row, int column)
    {
        var items = table.ValuesOf(row);
        items[column] = Erased(table.Columns[column], (string)items[column]!);
        return table.Read(new Values(items));
    }

    /// <summary>The personal texts of a value, in the form in which they are kept beside the body; null when there are none, or none any more.</summary>
    public static string? TextOf(Column column, string value) => column.Kind == ColumnKind.Json
        ? PersonalJson.Split(value, column.Personal!.Fields).Texts
        : value == PersonalText.Erased ? null : value;

    static string Erased(Column column, string value) => column.Kind == ColumnKind.Json
        ? PersonalJson.Fill(PersonalJson.Split(value, column.Personal!.Fields).Json, null, column.Personal.Fields)
        : PersonalText.Erased;

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static DateOnly Date(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void WriteValue(Utf8JsonWriter json, ColumnKind kind, object value)
    {
        switch (kind)
        {
            case ColumnKind.Text: json.WriteStringValue((string)value); break;
            case ColumnKind.Whole: json.WriteNumberValue((long)value); break;
            case ColumnKind.Date: Json.WriteDate(json, (DateOnly)value); break;
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

    /// <summary>A text as a reference; JSON as an array of what is left of it, after the reference where there is one.</summary>
    static void WritePersonal(Utf8JsonWriter json, ColumnKind kind, Personal personal, string value, TextsApart apart)
    {
        if (kind != ColumnKind.Json)
        {
            json.WriteStringValue(apart.Keep(value));
            return;
        }

        var (rest, texts) = PersonalJson.Split(value, personal.Fields);
        json.WriteStartArray();
        if (texts is not null) json.WriteStringValue(apart.Keep(texts));
        json.WriteRawValue(texts is null ? value : rest, skipInputValidation: true);
        json.WriteEndArray();
    }

    static string ReadPersonal(ColumnKind kind, Personal personal, JsonElement value, TextPlace place, TextsBeside beside)
    {
        if (kind != ColumnKind.Json) return beside.Open(value.GetString()!, place) ?? PersonalText.Erased;
        return value.GetArrayLength() == 1
            ? value[0].GetRawText()
            : PersonalJson.Fill(value[1].GetRawText(), beside.Open(value[0].GetString()!, place), personal.Fields);
    }
}

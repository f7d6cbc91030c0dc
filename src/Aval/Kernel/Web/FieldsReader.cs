using System.Text;

namespace Aval.Kernel.Web;

/// <summary>Reads a single row by its columns' names; a file of many rows has a <see cref="ColumnsReader{TBody}"/>.</summary>
public static class FieldsReader
{
    /// <summary>The row as a value. Column names are paths (<c>billingAddress.line1</c>); an empty column is an absent field.</summary>
    /// <returns>Refuses with <c>field-unknown</c> or <c>field-invalid</c>; the field is the column's name.</returns>
    public static Answered<TBody> Read<TBody>(IReadOnlyDictionary<string, string> columns)
    {
        var reader = ColumnsReader<TBody>.Of(columns.Keys.Select((name, place) => (name, place)));
        var texts = columns.Values.Select(Encoding.UTF8.GetBytes).ToArray();
        return reader.Value is { } known ? known.Read(place => texts[place]) : reader.Problem!;
    }
}

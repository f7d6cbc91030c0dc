using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Import;

/// <summary>Reads a row of a file, or says what is wrong with it.</summary>
delegate Answered<TRow> RowReader<TRow>(CsvRecord record);

/// <summary>A body of the API beside the column that says of what it is.</summary>
public sealed record Keyed<TBody>(string Key, TBody Body);

/// <summary>What the header of a file makes of its rows.</summary>
static class Header
{
    /// <summary>Rows that are a body of the API, or a record whose fields are the columns.</summary>
    public static Answered<RowReader<TRow>> Plain<TRow>(IReadOnlyList<string> columns) => Of<TRow>(columns.Select((name, place) => (name, place)));

    /// <summary>Rows that are a body of the API beside a column that says of what.</summary>
    public static Func<IReadOnlyList<string>, Answered<RowReader<Keyed<TBody>>>> Keyed<TBody>(string key) => columns =>
    {
        var place = Place(columns, key);
        if (place < 0) return Missing(key);
        var read = Of<TBody>(columns.Select((name, at) => (name, at)).Where(column => column.at != place));
        if (read.Problem is { } problem) return problem;
        return (RowReader<Keyed<TBody>>)(record =>
        {
            var body = read.Value!(record);
            if (body.Problem is { } fault) return fault;
            return record[place].IsEmpty ? KernelProblems.FieldInvalid.With($"{key} is missing.", key) : new Keyed<TBody>(record.Text(place), body.Value!);
        });
    };

    /// <summary>Rows of which only these columns are meant.</summary>
    public static Answered<RowReader<TRow>> Of<TRow>(IEnumerable<(string Name, int Place)> columns)
    {
        var columnsReader = ColumnsReader<TRow>.Of(columns);
        if (columnsReader.Problem is { } problem) return problem;
        return (RowReader<TRow>)(record => columnsReader.Value!.Read(place => record[place]));
    }

    /// <summary>The place of a column without which the file cannot be read; -1, and a refusal, when there is none.</summary>
    public static int Find(CsvFile file, string column, Action<Refusal> refused)
    {
        var place = Place(file.Columns, column);
        if (place < 0) refused(new Refusal(new Place(file.Name, 1), Missing(column)));
        return place;
    }

    public static int Place(IReadOnlyList<string> columns, string column)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i] == column) return i;
        return -1;
    }

    static Problem Missing(string column) => KernelProblems.FieldInvalid.With($"{column} is missing among the columns.", column);
}

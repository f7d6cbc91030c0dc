using System.Buffers;

namespace Aval.Simulation;

interface IHistoryFile : IDisposable
{
    string Name { get; }
    long Rows { get; }
    void Finish();
}

/// <summary>One CSV file being written, lines ended by LF on every machine.</summary>
sealed class HistoryFile<T> : IHistoryFile
{
    const string Unfinished = SimulationFolder.Unfinished;

    // What RFC 4180 asks to be quoted.
    static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    readonly StreamWriter csv;
    readonly string whole;
    readonly Func<T, string?[]> fields;

    public string Name { get; }
    public long Rows { get; private set; }

    public HistoryFile(string folder, string name, string header, Func<T, string?[]> fields)
    {
        (Name, this.fields) = (name, fields);
        whole = Path.Combine(folder, name);
        csv = new StreamWriter(whole + Unfinished) { NewLine = "\n" };
        csv.WriteLine(header);
    }

    public void Add(IEnumerable<T> rows)
    {
        foreach (var row in rows) Add(row);
    }

    public void Add(T row)
    {
        var texts = fields(row);
        for (var i = 0; i < texts.Length; i++)
        {
            if (i > 0) csv.Write(',');
            csv.Write(Quoted(texts[i]));
        }
        csv.WriteLine();
        Rows++;
    }

    /// <summary>Gives the file its name; until then nobody takes it for one.</summary>
    public void Finish()
    {
        csv.Dispose();
        File.Move(whole + Unfinished, whole, overwrite: true);
    }

    public void Dispose() => csv.Dispose();

    static string? Quoted(string? text) =>
        text.AsSpan().ContainsAny(Special) ? "\"" + text!.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}

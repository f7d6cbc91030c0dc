using System.Security.Cryptography;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Import;

/// <summary>An amount for the control totals: of a currency, or of what <paramref name="Unit"/> says.</summary>
public readonly record struct Amount(string Unit, decimal Value);

/// <summary>One kind of file: which rows make which command.</summary>
/// <param name="name">As it is called on the command line; the file is this name with <c>.csv</c>.</param>
public abstract class Kind(string name)
{
    /// <summary>In whose name files are recorded.</summary>
    public static readonly Actor Importer = Actor.Rule("import");

    public string Name { get; } = name;
    public string File => Name + ".csv";

    /// <summary>The file with the lines of its documents, where there is one.</summary>
    public string? LinesFile { get; init; }

    /// <summary>The column with the day on which a replay does it; null for what comes on the first day.</summary>
    public string? Day { get; init; }

    /// <summary>Whether it changes what no customer owns, or who belongs together: replay waits for the outcome of all of these before it goes on.</summary>
    public bool ChangesStructure { get; init; }

    /// <summary>Whether its rows can be taken in masses.</summary>
    public bool IsBulk => Bulk is not null;

    /// <summary>How its rows are taken in masses; null for a kind that is not.</summary>
    internal BulkKind? Bulk { get; init; }

    /// <summary>Opens a file of this kind and understands its header.</summary>
    /// <param name="dated">Whether rows are wanted by their day.</param>
    internal abstract KindFile Open(CsvFile file, CsvFile? lines, bool dated, Action<Refusal> refused);
}

/// <summary>A file of one kind, its rows gathered to documents and ready to be read as commands.</summary>
abstract class KindFile(Kind kind, CsvFile file, RowIndex index, bool sound) : IDisposable
{
    /// <summary>False when the header is refused, so that no row can be read.</summary>
    public bool IsSound { get; } = sound;

    public Kind Kind { get; } = kind;
    public RowIndex Index { get; } = index;
    protected CsvFile File { get; } = file;

    public virtual int Rows => Index.Rows;

    /// <summary>Fields that lost characters without a shape.</summary>
    public virtual int Mended => File.Mended;

    /// <summary>The command of a document, or what is wrong with its rows.</summary>
    public abstract Item Read(int group);

    /// <summary>The texts in one column, from the first row of each document; none when there is no such column.</summary>
    public IEnumerable<string> Column(string name)
    {
        var place = Header.Place(File.Columns, name);
        for (var group = 0; place >= 0 && group < Index.Count; group++)
        {
            File.ReadAt(Index[group][0].Offset, Index[group][0].Line);
            yield return File.Record.Text(place);
        }
    }

    /// <summary>Before the documents are read another time.</summary>
    public virtual void Rewind() { }

    /// <summary>Adds the document's rows, as they stand, to a digest.</summary>
    public virtual void Digest(int group, IncrementalHash digest)
    {
        foreach (var row in Index[group]) Digest(File, row, digest);
    }

    protected static void Digest(CsvFile file, RowAt row, IncrementalHash digest)
    {
        file.ReadAt(row.Offset, row.Line);
        for (var i = 0; i < file.Record.Count; i++)
        {
            digest.AppendData(file.Record[i]);
            digest.AppendData("\u001f"u8);
        }

        digest.AppendData("\u001e"u8);
    }

    public virtual void Dispose() => File.Dispose();
}

/// <summary>A document of a file: its command, or its faults.</summary>
/// <param name="Place">Where it stands: its first row.</param>
/// <param name="Parts">The rows that are elements of the command's list, in its order; empty when the command has none.</param>
public sealed record Item(Kind Kind, Place Place, IReadOnlyList<Place> Parts, int Rows, Command? Command, IReadOnlyList<Refusal> Faults, IReadOnlyList<Amount> Amounts)
{
    /// <summary>The refusal with the row and column that it means: <c>lines[2].quantity</c> is the column <c>quantity</c> of the third row.</summary>
    public Refusal RefusalOf(Problem problem)
    {
        if (problem.Field is not { } field || field.IndexOf('[', StringComparison.Ordinal) is not (>= 0 and var open)) return new Refusal(Place, problem);
        var close = field.IndexOf(']', open);
        if (close < 0 || !int.TryParse(field.AsSpan((open + 1)..close), out var part) || part >= Parts.Count) return new Refusal(Place, problem);
        var column = field[(close + 1)..].TrimStart('.');
        return new Refusal(Parts[part], problem with { Field = column, Said = Wording.Literally(problem.Detail.Replace(field, column, StringComparison.Ordinal)) });
    }
}

/// <summary>A kind whose rows become commands one by one, or those together that agree in <see cref="Together"/>.</summary>
sealed class Kind<TRow>(
    string name, Func<IReadOnlyList<string>, Answered<RowReader<TRow>>> reader, Func<IReadOnlyList<TRow>, Command> command, Func<TRow, Amount?> amount)
    : Kind(name)
{
    /// <summary>Columns in which the rows of one command agree; empty when each row is one.</summary>
    public IReadOnlyList<string> Together { get; init; } = [];

    /// <summary>True when the command has no number of its own: what its rows say, and how often it was said, then stands for one.</summary>
    public bool KeyedByContent { get; init; }

    internal override KindFile Open(CsvFile file, CsvFile? lines, bool dated, Action<Refusal> refused)
    {
        if (file.Columns.Count == 0)
        {
            refused(new Refusal(new Place(file.Name, 1), ImportProblems.RowMalformed.With("The file has no header.")));
            return new Opened(this, file, RowIndex.Of(file, -1, [], _ => { }), sound: false, null, command, amount);
        }

        var read = reader(file.Columns);
        if (read.Problem is { } problem) refused(new Refusal(new Place(file.Name, 1), problem));
        var day = dated && Day is not null ? Header.Find(file, Day, refused) : -1;
        // Without a day of their own, rows are of the day on which they are recorded.
        int[] together = [.. Together.Where(column => dated || column != Day || file.Columns.Contains(column)).Select(column => Header.Find(file, column, refused))];
        var sound = read.Problem is null && !(dated && Day is not null && day < 0) && !together.Contains(-1);
        var index = RowIndex.Of(file, sound ? day : -1, sound ? together : [], sound ? refused : _ => { });
        return new Opened(this, file, index, sound, read.Value, command, amount);
    }

    sealed class Opened(
        Kind<TRow> kind, CsvFile file, RowIndex index, bool sound, RowReader<TRow>? read, Func<IReadOnlyList<TRow>, Command> command, Func<TRow, Amount?> amount)
        : KindFile(kind, file, index, sound)
    {
        readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);

        public override void Rewind() => occurrences.Clear();

        public override Item Read(int group)
        {
            var rows = new List<TRow>();
            var places = new List<Place>();
            var faults = new List<Refusal>();
            foreach (var at in Index[group])
            {
                File.ReadAt(at.Offset, at.Line);
                places.Add(File.Place);
                var row = read!(File.Record);
                if (row.Problem is { } problem) faults.Add(new Refusal(File.Place, problem));
                else rows.Add(row.Value!);
            }

            return new Item(Kind, places[0], places, places.Count, faults.Count > 0 ? null : Made(rows), faults, [.. rows.Select(amount).OfType<Amount>()]);
        }

        Command Made(List<TRow> rows)
        {
            var made = command(rows);
            if (!kind.KeyedByContent) return made;
            var content = ContentKey.Of(rows);
            var seen = occurrences[content] = occurrences.GetValueOrDefault(content) + 1;
            return made with { Key = ContentKey.Claim(Kind.Name, content, seen, rows) };
        }
    }
}

using Aval.Kernel;

namespace Aval.Import;

/// <summary>A folder of history files, understood and indexed by day; the rows stay in the files until their day comes.</summary>
sealed class HistoryFolder : IDisposable
{
    readonly List<KindFile> files = [];

    HistoryFolder() { }

    /// <summary>In the order in which a day's files are taken.</summary>
    public IReadOnlyList<KindFile> Files => files;

    /// <summary>The days on which something happens, in order.</summary>
    public IReadOnlyList<DateOnly> Days { get; private set; } = [];

    /// <summary>Why the folder cannot be replayed.</summary>
    public List<Refusal> Refusals { get; } = [];

    public long Rows => files.Sum(file => (long)file.Rows);

    /// <summary>The currency that most customers have; of equal ones the first by code.</summary>
    public Currency Currency { get; private set; } = Currency.EUR;

    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static HistoryFolder Open(string folder)
    {
        var history = new HistoryFolder();
        try
        {
            foreach (var kind in Kinds.All)
            {
                if (Find(folder, kind.File) is not { } path) continue;
                var lines = kind.LinesFile is { } name && Find(folder, name) is { } linesPath ? CsvFile.Open(linesPath) : null;
                history.files.Add(kind.Open(CsvFile.Open(path), lines, dated: true, history.Refusals.Add));
            }

            history.RefuseStrangers(folder);
            if (history.files.Count == 0) throw new FileNotFoundException($"{folder} holds no file of a history, as orders.csv.");
            history.Count();
            return history;
        }
        catch
        {
            history.Dispose();
            throw;
        }
    }

    /// <summary>The day on which a document's turn comes: what has none comes on the first, and so do rates that begin before the business does.</summary>
    public DateOnly DayOf(KindFile file, int document) => DateOnly.FromDayNumber(Math.Max(Days[0].DayNumber, file.Index.DayOf(document)));

    public void Dispose()
    {
        foreach (var file in files) file.Dispose();
    }

    void Count()
    {
        var days = new SortedSet<int>();
        foreach (var file in files.Where(file => file.Kind.Day is not null).OrderBy(file => file.Kind.Name == "rates"))
            for (var document = 0; document < file.Index.Count; document++)
                if (file.Kind.Name != "rates" || days.Count == 0 || file.Index.DayOf(document) > days.Min) days.Add(file.Index.DayOf(document));
        Days = [.. days.Select(DateOnly.FromDayNumber)];
        var currencies = files.Where(file => file.Kind.Name == "customers").SelectMany(file => file.Column("currency")).CountBy(code => code, StringComparer.Ordinal);
        foreach (var (code, _) in currencies.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(1))
            if (Currency.TryOf(code, out var currency)) Currency = currency;
    }

    void RefuseStrangers(string folder)
    {
        var known = Kinds.All.SelectMany(kind => new[] { kind.File, kind.LinesFile }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var plain = name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
            if (!plain.EndsWith(".csv", StringComparison.Ordinal) || known.Contains(plain)) continue;
            Refusals.Add(new Refusal(new Place(name, 0), ImportProblems.FileUnknown.With($"A history has no such file; it has {string.Join(", ", known)}.")));
        }
    }

    static string? Find(string folder, string name) =>
        File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : File.Exists(Path.Combine(folder, name + ".gz")) ? Path.Combine(folder, name + ".gz") : null;
}

using System.Globalization;
using System.Runtime.InteropServices;
using Aval.Kernel;

namespace Aval.Import;

/// <summary>Where the rows of a file are, those of one document together: 36 bytes a row in memory, whatever the order and size of the file.</summary>
sealed class RowIndex
{
    readonly List<RowAt> rows = [];
    readonly List<Group> groups = [];

    public int Rows => rows.Count;

    /// <summary>Documents, in the order of their days and, within one, of their first lines.</summary>
    public int Count => groups.Count;

    public int DayOf(int group) => groups[group].Day;

    public ReadOnlySpan<RowAt> this[int group] => CollectionsMarshal.AsSpan(rows).Slice(groups[group].Start, groups[group].Length);

    /// <summary>Reads the whole file once. A row that cannot be placed is reported and left out.</summary>
    /// <param name="dayColumn">The column with the day to which a row belongs; -1 when it is asked for none.</param>
    /// <param name="keyColumns">Rows with the same values here belong together; empty when each stands alone.</param>
    public static RowIndex Of(CsvFile file, int dayColumn, int[] keyColumns, Action<Refusal> refused)
    {
        var index = new RowIndex();
        while (file.Next())
        {
            var day = 0;
            if (file.Fault() is { } fault) refused(new Refusal(file.Place, fault));
            else if (dayColumn >= 0 && !TryDay(file.Record[dayColumn], out day)) refused(new Refusal(file.Place, NoDay(file.Columns[dayColumn])));
            else index.rows.Add(new RowAt(keyColumns.Length == 0 ? 0 : KeyOf(file.Record, keyColumns), file.Offset, file.Line, day));
        }

        index.Gather(alone: keyColumns.Length == 0);
        return index;
    }

    /// <summary>The rows with this key, for an index whose rows have one; empty when there are none.</summary>
    public ReadOnlySpan<RowAt> Find(ulong key)
    {
        var all = CollectionsMarshal.AsSpan(rows);
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (all[middle].Key < key) low = middle + 1;
            else high = middle;
        }

        var end = low;
        while (end < all.Length && all[end].Key == key) end++;
        return all[low..end];
    }

    /// <summary>A stable hash of the fields in these columns (FNV-1a, 64 bits).</summary>
    public static ulong KeyOf(CsvRecord record, int[] columns)
    {
        var hash = 14695981039346656037UL;
        foreach (var column in columns)
        {
            foreach (var b in record[column]) hash = unchecked((hash ^ b) * 1099511628211UL);
            hash = unchecked((hash ^ 0xFF) * 1099511628211UL);
        }

        return hash;
    }

    void Gather(bool alone)
    {
        var all = CollectionsMarshal.AsSpan(rows);
        if (!alone) all.Sort(static (left, right) => left.Key.CompareTo(right.Key) is not 0 and var key ? key : left.Line.CompareTo(right.Line));
        for (var start = 0; start < all.Length;)
        {
            var end = start + 1;
            while (!alone && end < all.Length && all[end].Key == all[start].Key) end++;
            groups.Add(new Group(all[start].Day, all[start].Line, start, end - start));
            start = end;
        }

        groups.Sort(static (left, right) => left.Day.CompareTo(right.Day) is not 0 and var day ? day : left.Line.CompareTo(right.Line));
    }

    static bool TryDay(ReadOnlySpan<byte> text, out int day)
    {
        Span<char> chars = stackalloc char[10];
        day = 0;
        if (text.Length != 10 || !System.Text.Ascii.IsValid(text)) return false;
        for (var i = 0; i < 10; i++) chars[i] = (char)text[i];
        if (!DateOnly.TryParseExact(chars, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        day = date.DayNumber;
        return date.Year is >= 1900 and <= 2999;
    }

    static Problem NoDay(string column) => KernelProblems.FieldInvalid.With($"{column} must be a date as YYYY-MM-DD, from 1900 to 2999.", column);

    readonly record struct Group(int Day, int Line, int Start, int Length);
}

/// <summary>A row's place, and what it is found by.</summary>
readonly record struct RowAt(ulong Key, long Offset, int Line, int Day);

/// <summary>What was refused, and where; the problem's field is the column's name.</summary>
public sealed record Refusal(Place Place, Problem Problem)
{
    /// <summary>As a line of the error list: <c>orders.csv:17: quantity must be above zero. [field-invalid]</c>.</summary>
    public override string ToString() => $"{Place}: {Problem.Detail} [{Problem.Code}]";

    /// <summary>By file and line.</summary>
    public static IReadOnlyList<Refusal> Sorted(IEnumerable<Refusal> refusals) =>
        [.. refusals.OrderBy(refusal => refusal.Place.File, StringComparer.Ordinal).ThenBy(refusal => refusal.Place.Line)];
}

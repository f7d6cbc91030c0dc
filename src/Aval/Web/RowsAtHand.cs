using Aval.Kernel;

namespace Aval.Web;

/// <summary>Lists whose rows are at hand whole: ordered and cut as the database does it to the others.</summary>
public static class RowsAtHand
{
    static readonly Comparer<object?> Cells = Comparer<object?>.Create((left, right) => (left, right) switch
    {
        (string one, string other) => StringComparer.OrdinalIgnoreCase.Compare(one, other),
        (Money one, Money other) => one.Major.CompareTo(other.Major),
        _ => System.Collections.Comparer.DefaultInvariant.Compare(left, right),
    });

    /// <summary>In the order of the column that was chosen: numbers as numbers, days as days, texts whatever their capitals. Rows that are alike in it stay as they came,
    /// and one without a value is last, whichever way.</summary>
    public static IReadOnlyList<TRow> Ordered<TRow>(this ListShown shown, IEnumerable<TRow> rows, IReadOnlyList<ListColumn<TRow>> columns)
    {
        if (columns.FirstOrDefault(column => column.Sorts && column.Name == shown.By) is not { } by) return [.. rows];
        var key = by.Key ?? by.Value;
        var known = rows.OrderBy(row => key(row) is null);
        return [.. shown.Descending ? known.ThenByDescending(key, Cells) : known.ThenBy(key, Cells)];
    }

    /// <summary>Those of the page that is shown, or of the part of a file.</summary>
    public static IReadOnlyList<TRow> Cut<TRow>(this ListShown shown, IReadOnlyList<TRow> rows) => [.. rows.Skip(shown.Skip).Take(shown.Most)];

    /// <summary>The names of the columns that the list can be ordered by, as <see cref="ListShown.Of"/> takes them.</summary>
    public static IEnumerable<string> Sorts<TRow>(this IEnumerable<ListColumn<TRow>> columns) => columns.Where(column => column.Sorts).Select(column => column.Name);
}

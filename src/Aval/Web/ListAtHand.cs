using Aval.Kernel;

namespace Aval.Web;

/// <summary>A list whose rows are at hand whole: it is ordered and cut into pages as the database does it for the others.</summary>
public static class ListAtHand
{
    static readonly Comparer<object?> Order = Comparer<object?>.Create((left, right) => (left, right) switch
    {
        (string one, string other) => StringComparer.OrdinalIgnoreCase.Compare(one, other),
        (Money one, Money other) => (one.Currency.Code, one.Minor).CompareTo((other.Currency.Code, other.Minor)),
        _ => System.Collections.Comparer.DefaultInvariant.Compare(left, right),
    });

    /// <summary>In the order of the column that was chosen: numbers as numbers, days as days, texts whatever their capitals. Rows that are alike in it stay as they came,
    /// and one without a value is last, whichever way.</summary>
    public static IReadOnlyList<TRow> Ordered<TRow>(this ListShown shown, IEnumerable<TRow> rows, IEnumerable<ListColumn<TRow>> columns)
    {
        if (columns.FirstOrDefault(column => column.Sorts && column.Name == shown.By) is not { } chosen) return [.. rows];
        var key = chosen.Key ?? chosen.Value;
        var keyed = rows.Select(row => (Row: row, Key: key(row))).OrderBy(one => one.Key is null);
        return [.. (shown.Descending ? keyed.ThenByDescending(one => one.Key, Order) : keyed.ThenBy(one => one.Key, Order)).Select(one => one.Row)];
    }

    /// <summary>Those of the page that is shown, or of the part of a file.</summary>
    public static IReadOnlyList<TRow> PageOf<TRow>(this ListShown shown, IReadOnlyList<TRow> rows) => [.. rows.Skip(shown.Skip).Take(shown.Most)];

    /// <summary>The names of the columns that the list can be ordered by, as <see cref="ListShown.Of"/> takes them.</summary>
    public static IEnumerable<string> Sorts<TRow>(this IEnumerable<ListColumn<TRow>> columns) => columns.Where(column => column.Sorts).Select(column => column.Name);
}

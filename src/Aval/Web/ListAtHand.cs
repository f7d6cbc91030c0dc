using Aval.Kernel;

namespace Aval.Web;

/// <summary>A list whose rows are at hand whole: it is ordered and cut into pages as the database does it for the others.</summary>
public static class ListAtHand
{
    static readonly Comparer<object?> Order = Comparer<object?>.Create(Compare);

    /// <summary>The rows as the list is ordered; in the order in which they come where none is chosen, or where they are alike. What has no value stands last.</summary>
    public static IReadOnlyList<TRow> Ordered<TRow>(this ListShown shown, IEnumerable<TRow> rows, IEnumerable<ListColumn<TRow>> columns)
    {
        if (columns.FirstOrDefault(column => column.Sorts && column.Name == shown.By) is not { } chosen) return [.. rows];
        var valued = rows.Select(row => (Row: row, Value: chosen.Value(row))).OrderBy(one => one.Value is null);
        return [.. (shown.Descending ? valued.ThenByDescending(one => one.Value, Order) : valued.ThenBy(one => one.Value, Order)).Select(one => one.Row)];
    }

    /// <summary>Those of the page that is shown.</summary>
    public static IReadOnlyList<TRow> PageOf<TRow>(this ListShown shown, IReadOnlyList<TRow> rows) => [.. rows.Skip(shown.Skip).Take(shown.Most)];

    static int Compare(object? left, object? right) => (left, right) switch
    {
        (Money one, Money other) => (one.Currency.Code, one.Minor).CompareTo((other.Currency.Code, other.Minor)),
        (string one, string other) => StringComparer.OrdinalIgnoreCase.Compare(one, other),
        _ => Comparer<object?>.Default.Compare(left, right),
    };
}

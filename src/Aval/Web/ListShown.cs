using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel.Storage;

namespace Aval.Web;

/// <summary>As what a list leaves the house.</summary>
public enum ListForm { Csv, Xlsx }

/// <summary>How a list is looked at: its filters, order, page and columns. All but the columns stand in its address.</summary>
/// <param name="Id">Of the list: the part of the page that is exchanged, and what the choice of columns is kept under.</param>
/// <param name="Filters">By name, as they stand in the address; those that are not given are null.</param>
/// <param name="By">The column that it is ordered by; null for the usual order.</param>
/// <param name="Chosen">The columns that somebody has chosen; null for the usual ones.</param>
/// <param name="Form">Not a page is asked for, but the whole list as a file.</param>
public sealed record ListShown(
    string Id, string Path, IReadOnlyList<(string Name, string? Value)> Filters, string? By, bool Descending, int Page, ImmutableHashSet<string>? Chosen, ListForm? Form)
{
    /// <summary>Rows of a file at most; it would take the longer list from a report.</summary>
    public const int MostExported = 50_000;

    /// <param name="sorts">Names of the columns that the list can be ordered by.</param>
    public static ListShown Of(PageRequest request, string id, string path, IEnumerable<string> filters, params IEnumerable<string> sorts) => new(
        id, path, [.. filters.Select(name => (name, request.Query(name)))], sorts.FirstOrDefault(name => name == request.Query("by")), request.Query("descending") is not null,
        request.PageNumber, ColumnsOf(request.Preferred, id), request.Word<ListForm>("as"));

    public int Skip => Form is null ? (Page - 1) * Pager.PageSize : 0;
    public int Most => Form is null ? Pager.PageSize : MostExported;

    public bool IsNarrowed => Filters.Any(filter => filter.Value is not null);

    public string Address(int page = 1) => With(("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    public string FileAddress(ListForm form) => With(("as", Words.Of(form)));

    /// <summary>The same list ordered by this column; the other way round when it already was.</summary>
    public ListShown SortedBy(string column) => this with { By = column, Descending = By == column && !Descending };

    public bool Shows<TRow>(ListColumn<TRow> column) => column.IsName || (Chosen?.Contains(column.Name) ?? column.IsUsual);

    internal static string PreferenceOf(string id) => "columns." + id;

    string With((string, string?) last) => Links.With(Path, [.. Filters, ("by", By), ("descending", Descending ? "1" : null), last]);

    static ImmutableHashSet<string>? ColumnsOf(Preferred preferred, string id) =>
        preferred.Of(PreferenceOf(id)) is { } kept ? [.. kept.Split(',', StringSplitOptions.RemoveEmptyEntries)] : null;
}

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
    /// <summary>Rows that are read at once for a file; it has all of them, one part after the other.</summary>
    public const int ReadAtOnce = 20_000;

    /// <param name="sorts">Names of the columns that the list can be ordered by.</param>
    public static ListShown Of(PageRequest request, string id, string path, IEnumerable<string> filters, params IEnumerable<string> sorts) => new(
        id, path, [.. filters.Select(name => (name, request.Query(name)))], sorts.FirstOrDefault(name => name == request.Query("by")), request.Query("descending") is not null,
        request.Word<ListForm>("as") is null ? request.PageNumber : 1, ColumnsOf(request.Preferred, id), request.Word<ListForm>("as"));

    /// <summary>What says which of several lists of a page it is: it stands in every address and narrows nothing.</summary>
    public IReadOnlyList<(string Name, string? Value)> Chooses { get; init; } = [];

    /// <summary>Names of filters that are always set, as a period is: they narrow nothing, and stay when all is shown.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];

    /// <summary>The address of the list without any filter.</summary>
    public string Whole => Links.With(Path, [.. Chooses, .. Filters.Where(filter => Standing.Contains(filter.Name))]);

    /// <summary>Rows of a page; fewer than usual where a row weighs much.</summary>
    public int Size { get; init; } = Pager.PageSize;

    public int Skip => (Page - 1) * Most;
    public int Most => Form is null ? Size : ReadAtOnce;

    public bool IsNarrowed => Filters.Any(filter => filter.Value is not null && !Standing.Contains(filter.Name));

    public string Address(int page = 1) => With(("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    public string FileAddress(ListForm form) => With(("as", Words.Of(form)));

    /// <summary>The same list from its first page, with these filters in place of its own of their names.</summary>
    public ListShown Narrowed(params IEnumerable<(string Name, string? Value)> filters)
    {
        var given = filters.ToDictionary(filter => filter.Name, filter => filter.Value, StringComparer.Ordinal);
        return this with { Page = 1, Filters = [.. Filters.Select(filter => given.TryGetValue(filter.Name, out var value) ? (filter.Name, value) : filter)] };
    }

    /// <summary>The same list ordered by this column; the other way round when it already was.</summary>
    public ListShown SortedBy(string column) => this with { By = column, Descending = By == column && !Descending };

    public bool Shows<TRow>(ListColumn<TRow> column) => column.IsName || column.IsAct || (Chosen?.Contains(column.Name) ?? column.IsUsual);

    internal static string PreferenceOf(string id) => "columns." + id;

    string With((string, string?) last) => Links.With(Path, [.. Chooses, .. Filters, ("by", By), ("descending", Descending ? "1" : null), last]);

    static ImmutableHashSet<string>? ColumnsOf(Preferred preferred, string id) =>
        preferred.Of(PreferenceOf(id)) is { } kept ? [.. kept.Split(',', StringSplitOptions.RemoveEmptyEntries)] : null;
}

namespace Aval.Web;

/// <summary>Writes a list as a file. The one that does stands in <c>Reports</c>, whose forms it uses.</summary>
public interface IListWriter
{
    /// <param name="columns">Names for programs, heads for people, in order.</param>
    /// <param name="rows">Cells in the order of the columns: texts, days, numbers and amounts; null for none.</param>
    Task WriteAsync(
        Stream output, ListForm form, string title, IReadOnlyList<(string Name, string Head)> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel);
}

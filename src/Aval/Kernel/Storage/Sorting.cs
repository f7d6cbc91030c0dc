namespace Aval.Kernel.Storage;

/// <summary>How a list can be ordered: what people may choose, with its column in the database. Nothing that they send becomes part of a statement.</summary>
/// <param name="Columns">By the name that stands in an address.</param>
/// <param name="Usual">The order where none is chosen.</param>
/// <param name="Last">What tells rows apart that are alike in the chosen column.</param>
public sealed record Sorting(IReadOnlyDictionary<string, string> Columns, string Usual, string Last)
{
    public IEnumerable<string> Names => Columns.Keys;

    /// <summary>What stands behind <c>ORDER BY</c>.</summary>
    /// <param name="by">One of <see cref="Names"/>; null for the usual order.</param>
    public string Sql(string? by, bool descending) =>
        by is null ? $"{Usual}, {Last}" : $"{Columns[by]} {(descending ? "DESC NULLS LAST" : "ASC NULLS LAST")}, {Last}";
}

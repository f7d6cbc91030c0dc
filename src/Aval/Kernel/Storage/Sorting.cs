namespace Aval.Kernel.Storage;

/// <summary>How a list can be ordered: what people may choose, with its column in the database. Nothing that they send becomes part of a statement.</summary>
/// <param name="Columns">By the name that stands in an address.</param>
/// <param name="Usual">The order where none is chosen.</param>
/// <param name="Last">What tells rows apart that are alike in the chosen column.</param>
public sealed record Sorting(IReadOnlyDictionary<string, string> Columns, string Usual, string Last)
{
    /// <summary>A column that holds an amount, to be weighed by its currency.</summary>
    public const string Amount = "amount@";

    public IEnumerable<string> Names => Columns.Keys;

    /// <summary>What stands behind <c>ORDER BY</c>.</summary>
    /// <param name="by">One of <see cref="Names"/>; null for the usual order.</param>
    /// <param name="weigh">Makes amounts of several currencies comparable; without it they are compared as they stand.</param>
    public string Sql(string? by, bool descending, Func<string, string>? weigh = null)
    {
        if (by is null) return $"{Usual}, {Last}";
        var column = Columns[by];
        if (column.StartsWith(Amount, StringComparison.Ordinal)) column = column[Amount.Length..] is var amount && weigh is null ? amount : weigh(amount);
        return $"{column} {(descending ? "DESC NULLS LAST" : "ASC NULLS LAST")}, {Last}";
    }
}

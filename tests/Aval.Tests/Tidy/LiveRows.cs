using Aval.Kernel;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What is loaded of a root is found by an index of its live rows, however much has happened there.</summary>
public sealed class LiveRows
{
    static readonly Composition Composition = new(Capabilities.All);

    [Fact]
    public void Every_table_of_facts_whose_rows_are_closed_has_an_index_of_those_that_are_live() => Guard.Clean(Violations(
        Composition.FactTables.Where(table => table.MayBeClosed && !table.IsOfCompany).Select(table => table.Name),
        [.. Repository.Files.Where(file => file.Path.EndsWith(".sql", StringComparison.Ordinal)).Select(file => file.Text)]));

    [Fact]
    public void A_table_whose_rows_are_found_by_their_key_alone_is_refused() => Assert.Single(Violations(
        ["jar", "lid"],
        ["CREATE TABLE lid (lane SMALLINT);", "CREATE INDEX jar_live ON jar (lane, root) WHERE to_sequence IS NULL AND live;", "CREATE INDEX lid_live ON lid (lane, root);"]));

    /// <summary>Checks, deliveries and the like have no end, and no rule needs them: facts are loaded without.</summary>
    [Fact]
    public void What_has_happened_is_not_among_the_tables_of_facts() => Assert.Equal(
        ["delivery", "dispute_evidence", "incident", "line_payer", "order_check"],
        Composition.TablesInOrder.Except(Composition.FactTables).Select(table => table.Name).Order(StringComparer.Ordinal));

    static IEnumerable<string> Violations(IEnumerable<string> tables, IReadOnlyList<string> schemas) =>
        from table in tables
        let index = $"ON {table} (lane, root) WHERE to_sequence IS NULL AND live;"
        where !schemas.Any(schema => schema.Contains(index, StringComparison.Ordinal))
        select $"{table}: no index {index}";
}

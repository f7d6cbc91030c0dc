using System.Globalization;
using System.Text;

namespace Aval.Kernel.Storage;

/// <summary>Narrows a statement to the parties that somebody sees: each table that it may name is laid over by its rows of theirs.</summary>
/// <remarks>A table without a party's column is empty for them, so that what is forgotten is hidden, not shown.</remarks>
static class InSight
{
    /// <summary>The parties that are seen, in every statement that is narrowed.</summary>
    public const string Seen = "party_in_sight";

    /// <param name="table">Gives the name under which a table is found whole.</param>
    public static string Over(string sql, Composition composition, Func<string, string> table)
    {
        var over = new StringBuilder($"WITH {Seen} AS ({composition.Sight!.Parties(table)})");
        foreach (var (name, known) in composition.Tables)
        {
            if (!sql.Contains(name, StringComparison.Ordinal)) continue;
            var theirs = known.PartyColumn is { } party ? $"\"{party}\" IN (SELECT number FROM {Seen})" : "1 = 0";
            over.Append(CultureInfo.InvariantCulture, $", {name} AS (SELECT * FROM {table(name)} WHERE {theirs})");
        }

        return over.Append(' ').Append(sql).ToString();
    }

    /// <summary>One row when the party <c>@number</c> is seen.</summary>
    public static string Party(Composition composition, Func<string, string> table) =>
        $"SELECT 1 FROM ({composition.Sight!.Parties(table)}) seen WHERE seen.number = @number";

    /// <summary>One row when all parties at the root <c>@root</c> are seen.</summary>
    public static string Root(Composition composition, Func<string, string> table) =>
        $"SELECT 1 FROM ({composition.Sight!.Roots(table)}) seen WHERE seen.root = @root";
}

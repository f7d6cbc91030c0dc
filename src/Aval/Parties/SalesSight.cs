using Aval.Access;
using Aval.Kernel;

namespace Aval.Parties;

/// <summary>Who only sells sees the customers whose <c>salesOwner</c> they are, whatever the capitals of the name.</summary>
sealed class SalesSight : ISight
{
    public string? Of(Actor actor) => Reach.Of(actor);

    public string Parties(Func<string, string> table) => $"SELECT number FROM {table(PartiesFacts.Table.Name)} WHERE to_sequence IS NULL AND {Theirs}";

    public string Roots(Func<string, string> table) =>
        $"SELECT root FROM {table(PartiesFacts.Table.Name)} WHERE to_sequence IS NULL GROUP BY root HAVING count(*) = sum(CASE WHEN {Theirs} THEN 1 ELSE 0 END)";

    // Both sides by the database's own idea of small letters, so that a name equals itself in any alphabet.
    const string Theirs = "lower(sales_owner) = lower(@sight)";
}

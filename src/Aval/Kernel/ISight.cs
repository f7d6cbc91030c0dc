namespace Aval.Kernel;

/// <summary>The one rule that says who sees some parties alone, and which. One capability has it, or none: then everybody sees all.</summary>
public interface ISight
{
    /// <summary>The name whose parties are all that this actor sees; null when it sees everything.</summary>
    string? Of(Actor actor);

    /// <summary>SQL with the column <c>number</c>: the parties of the name <c>@sight</c>.</summary>
    /// <param name="table">Gives the name under which a table is found whole.</param>
    string Parties(Func<string, string> table);

    /// <summary>SQL with the column <c>root</c>: the roots at which all parties are those of <c>@sight</c>.</summary>
    string Roots(Func<string, string> table);
}

namespace Aval.Policies.Rules;

/// <summary>For whom a rule is set, the most specific first: where several match, the first in this order wins.</summary>
public enum ScopeKind
{
    /// <summary>One customer, as who orders or, after that, as who pays.</summary>
    Customer,
    /// <summary>A group by the number of any customer above the payer, or the payer's own; the nearest wins.</summary>
    Group,
    /// <summary>The payer's risk class; one without a class counts as the worst that policy accepts.</summary>
    RiskClass,
    /// <summary>The payer's segment.</summary>
    Segment,
    /// <summary>The payer's country.</summary>
    Country,
    All,
}

/// <param name="Value">The number, class, segment or country; empty for <see cref="ScopeKind.All"/>.</param>
public readonly record struct Scope(ScopeKind Kind, string Value)
{
    public static readonly Scope All = new(ScopeKind.All, "");
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Aval.Parties.Rules;

namespace Aval.Policies.Rules;

/// <summary>A policy version made ready for checks: which setting of each rule holds for whom is worked out once and remembered.</summary>
/// <remarks>What is remembered grows with the scopes that the policy names, never with the customers there are.</remarks>
public sealed class CompiledPolicy
{
    readonly FrozenSet<Scope> named;
    readonly RuleSet everywhere;
    readonly ConcurrentDictionary<Matches, RuleSet> remembered = new();

    public CompiledPolicy(int version, Policy policy)
    {
        Version = version;
        Policy = policy;
        named = policy.Rules.Select(rule => rule.Scope).Where(scope => scope.Kind != ScopeKind.All).ToFrozenSet();
        NamesGroups = named.Any(scope => scope.Kind == ScopeKind.Group);
        LooksAtGroups = policy.Rules.OfType<OverdueRule>().Any(rule => rule.OfGroup);
        LongestPromise = policy.Rules.OfType<OverdueRule>().Where(rule => rule.PromisedParts == PromisedParts.Ignore).Min(rule => (int?)rule.LongestPromise) ?? int.MaxValue;
        LeastConcentration = policy.Rules.OfType<ConcentrationRule>().Min(rule => (decimal?)rule.MinAmount);
        BlocksForConcentration = policy.Rules.OfType<ConcentrationRule>().Any(rule => rule.Severity is Severity.Complete or Severity.Refer);
        LooksAtHabits = policy.Rules.Any(rule => rule is OrderUnusualRule or OrderSplittingRule);
        LooksAtRates = policy.Rules.Any(rule => rule is RatesStaleRule);
        everywhere = Resolve(default);
        var blocked = everywhere.RiskClass?.Classes ?? [];
        WorstAcceptedClass = Policy.RiskClasses.LastOrDefault(riskClass => !blocked.Contains(riskClass)) ?? Policy.RiskClasses[^1];
    }

    public int Version { get; }
    public Policy Policy { get; }

    /// <summary>The class as which a payer without one is judged.</summary>
    public string WorstAcceptedClass { get; }

    /// <summary>Whether a rule looks at what the payer's whole group owes.</summary>
    public bool LooksAtGroups { get; }

    /// <summary>Calendar days of a promise to pay up to which every setting of policy lets it count.</summary>
    public int LongestPromise { get; }

    /// <summary>The least that may stand with one payer, country or segment for a rule to look at its share, in policy's currency; null where no rule does.</summary>
    public decimal? LeastConcentration { get; }

    /// <summary>Whether what stands with one payer, country or segment may hold an order, so that another count may free one.</summary>
    public bool BlocksForConcentration { get; }

    /// <summary>Whether a rule looks at what the customer usually orders.</summary>
    public bool LooksAtHabits { get; }

    /// <summary>Whether a rule looks at how old the rates are.</summary>
    public bool LooksAtRates { get; }

    /// <summary>Whether a rule is set for a group, so that <see cref="For"/> must be told the payer's path.</summary>
    public bool NamesGroups { get; }

    /// <summary>The rules for an order of this customer: of each the setting of the most specific scope.</summary>
    /// <param name="payer">Null when it has not been entered: the customer's own class, segment and country then count.</param>
    /// <param name="path">The payer's number and those above it, nearest first; needed only where <see cref="NamesGroups"/>.</param>
    public RuleSet For(Customer customer, Customer? payer, IReadOnlyList<string> path)
    {
        if (named.Count == 0) return everywhere;
        var judged = payer ?? customer;
        var matches = new Matches(
            Named(ScopeKind.Customer, customer.Number),
            Named(ScopeKind.Customer, customer.PayerNumber),
            NamesGroups ? string.Join('\n', path.Where(number => Named(ScopeKind.Group, number) is not null)) : null,
            Named(ScopeKind.RiskClass, judged.RiskClass ?? WorstAcceptedClass),
            Named(ScopeKind.Segment, judged.Segment),
            Named(ScopeKind.Country, judged.Country));
        return matches == default ? everywhere : remembered.GetOrAdd(matches, static (key, policy) => policy.Resolve(key), this);
    }

    string? Named(ScopeKind kind, string? value) => value is not null && named.Contains(new Scope(kind, value)) ? value : null;

    RuleSet Resolve(Matches matches)
    {
        var winners = ImmutableArray.CreateBuilder<RuleSetting>();
        foreach (var ofRule in Policy.Rules.GroupBy(rule => rule.Name, StringComparer.Ordinal))
        {
            var winner = ofRule.Where(rule => matches.RankOf(rule.Scope) is not null).MinBy(rule => matches.RankOf(rule.Scope));
            if (winner is not null) winners.Add(winner);
        }

        return new RuleSet(winners.ToImmutable());
    }

    /// <summary>The scopes named by the policy that an order falls under; null where none of the kind.</summary>
    /// <param name="Groups">Nearest first, a line each.</param>
    readonly record struct Matches(string? Customer, string? Payer, string? Groups, string? RiskClass, string? Segment, string? Country)
    {
        /// <summary>How specific a scope is here, the smallest winning; null where it does not match.</summary>
        public (int Kind, int Distance)? RankOf(Scope scope)
        {
            int? distance = scope.Kind switch
            {
                ScopeKind.Customer => scope.Value == Customer ? 0 : scope.Value == Payer ? 1 : null,
                ScopeKind.Group => Groups?.Split('\n') is { } groups && Array.IndexOf(groups, scope.Value) is >= 0 and var at ? at : null,
                ScopeKind.RiskClass => scope.Value == RiskClass ? 0 : null,
                ScopeKind.Segment => scope.Value == Segment ? 0 : null,
                ScopeKind.Country => scope.Value == Country ? 0 : null,
                ScopeKind.All => 0,
            };
            return distance is { } near ? ((int)scope.Kind, near) : null;
        }
    }
}

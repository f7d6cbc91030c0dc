using Aval.Checks.Rules;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>One rule of the policy and what came of it in the check.</summary>
/// <param name="Scope">For whom the setting was made that held; null for everybody.</param>
public sealed record RuleAnswer(string Rule, RuleScope? Scope, RuleState State);

/// <param name="Value">The number, class, segment or country.</param>
public sealed record RuleScope(ScopeKind Kind, string Value);

/// <summary>All rules that a check asked, fired or not.</summary>
static class RulesAsked
{
    /// <summary>Told by the check's own policy version, what it found and what it skipped; a check keeps no list of its own.</summary>
    /// <param name="root">The facts of the customer's root: by what stands there the most specific setting is chosen.</param>
    public static IReadOnlyList<RuleAnswer> By(OrderCheck check, Facts? root, Facts company)
    {
        if (company.Get<PoliciesFacts>().Compiled(check.PolicyVersion) is not { } policy || root?.Get<PartiesFacts>() is not { } parties
            || !parties.Customers.TryGetValue(check.Customer, out var customer)) return [];
        var payer = parties.Customers.GetValueOrDefault(check.Payer);
        string[] path = payer is null || !policy.NamesGroups
            ? []
            : [.. ExposureOf.Nodes(root, company, payer.Number, policy.Policy.Netting, check.Date).Select(node => node.Number)];
        return [.. RuleOutcome.Of(policy.For(customer, payer, path), check.Findings, check.Skipped).Select(Answer)];
    }

    static RuleAnswer Answer(RuleOutcome outcome) => new(
        outcome.Setting.Name, outcome.Setting.Scope is { Kind: not ScopeKind.All } scope ? new RuleScope(scope.Kind, scope.Value) : null, outcome.State);
}

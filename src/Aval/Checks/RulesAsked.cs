using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
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
    /// <summary>Most orders pass all rules, and most payers have the same: their answer is made once.</summary>
    static readonly ConditionalWeakTable<RuleSet, AllClear> Clear = [];

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
        var rules = policy.For(customer, payer, path);
        return check is { Findings.Count: 0, Skipped: null } ? Clear.GetValue(rules, static all => new AllClear(Of(all, [], null))) : Of(rules, check.Findings, check.Skipped);
    }

    static RuleAnswer[] Of(RuleSet rules, IReadOnlyList<Finding> findings, SkipReason? skipped) => [.. RuleOutcome.Of(rules, findings, skipped).Select(Answer)];

    static RuleAnswer Answer(RuleOutcome outcome) => new(
        outcome.Setting.Name, outcome.Setting.Scope is { Kind: not ScopeKind.All } scope ? new RuleScope(scope.Kind, scope.Value) : null, outcome.State);

    /// <summary>All rules of a set with nothing found, and the same in UTF-8.</summary>
    sealed class AllClear(RuleAnswer[] all) : ReadOnlyCollection<RuleAnswer>(all)
    {
        public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(all, Kernel.Json.Options);
    }

    /// <summary>Writes what was made once as it is.</summary>
    internal sealed class Converter : JsonConverter<IReadOnlyList<RuleAnswer>>
    {
        public override IReadOnlyList<RuleAnswer>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<IReadOnlyList<RuleAnswer>>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<RuleAnswer> value, JsonSerializerOptions options)
        {
            if (value is AllClear clear) writer.WriteRawValue(clear.Json, skipInputValidation: true);
            else JsonSerializer.Serialize(writer, value, options);
        }
    }
}

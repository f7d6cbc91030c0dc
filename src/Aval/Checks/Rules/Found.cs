using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Collects what the rules find. Costs nothing while they find nothing, which is what most orders deserve.</summary>
struct Found
{
    Finding[]? findings;
    int count;

    public void Add(
        FindingKind kind, RuleSetting rule, string? level = null, long? amount = null, Currency? currency = null, int? days = null,
        string? subject = null, Cause? nature = null, LimitLevel? limit = null) =>
        Add(new Finding(kind.Code, rule.Severity, kind.Owner, rule.Name, level, amount, currency, days, subject, nature, Scope: ScopeOf(rule), LimitLevel: limit));

    public void Add(Finding finding)
    {
        findings ??= new Finding[4];
        if (count == findings.Length) Array.Resize(ref findings, count * 2);
        findings[count++] = finding;
    }

    /// <summary>Adds it unless the same is told of its level already; one that names no subject gives way to it.</summary>
    /// <remarks>Several rules may want for the same rate: whoever enters rates is asked once.</remarks>
    public void AddOnce(Finding finding)
    {
        for (var at = 0; at < count; at++)
        {
            if (findings![at].Code != finding.Code || findings[at].Level != finding.Level) continue;
            if (findings[at].Subject is null) findings[at] = finding;
            return;
        }

        Add(finding);
    }

    /// <summary>Null for everybody: most settings are, and their findings say nothing of it.</summary>
    public static Scope? ScopeOf(RuleSetting rule) => rule.Scope.Kind == ScopeKind.All ? null : rule.Scope;

    public readonly ImmutableArray<Finding> ToImmutable() =>
        findings is null ? [] : count == findings.Length ? ImmutableCollectionsMarshal.AsImmutableArray(findings) : [.. findings.AsSpan(0, count)];
}

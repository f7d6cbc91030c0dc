using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>Writes the draft: the preset or a version with some parts changed. It replaces what was drafted before, and holds for nobody
/// yet.</summary>
/// <param name="Changes"><c>basedOn</c> (<c>standard</c> or a version's number) and the parts that change; a rule's entry replaces the one of its
/// rule and scope.</param>
public sealed record PutDraft(JsonElement Changes) : Command
{
    public override string Name => "putPolicyDraft";
    public override Subject Subject => Subject.Company;
    public override Cite? Edits => Cite.Of(PolicyDraft.Table, PolicyDraft.Key);
    public override bool ChangesStructure => true;

    // Whether the changes can be read does not depend on what they are laid over.
    public override Problem? Refuse() =>
        ReadBasis(out _) ?? PolicyJson.Apply(Standard.Policy, Changes, out var policy) ?? (Changes.TryGetProperty("delegation", out _) ? RefuseBoundless(policy) : null);

    /// <summary>Whoever leaves out every bound gives all authority, and hardly means it: leadership alone has none above it. In no company nobody decides.</summary>
    static Problem? RefuseBoundless(Policy policy)
    {
        if (policy.Delegation.IsEmpty) return KernelProblems.Invalid("delegation", "must name at least one role, since nobody would decide anything");
        for (var at = 0; at < policy.Delegation.Length; at++)
            if (policy.Delegation[at] is { IsBounded: false } entry && entry.Role != Access.Roles.Leadership)
                return KernelProblems.Invalid($"delegation[{at}]", $"must bound what {entry.Role} decides; leadership alone is without a bound");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        if (ReadBasis(out var version) is { } unread) return unread;
        var basis = version is { } number ? @case.Facts.Get<PoliciesFacts>().Version(number)?.Policy : Standard.Policy;
        if (basis is null) return PolicyProblems.PolicyUnknown.With($"There is no policy version {version} to base a draft on.", "basedOn");
        if (PolicyJson.Apply(basis, Changes, out var policy) is { } problem) return problem;
        @case.Put(PolicyDraft.Table, new PolicyDraft(version, policy, @case.Actor.Name, @case.Today, null, @case.Actor.MadeBy));
        return null;
    }

    internal static void Map(Api api) => api.Put<JsonElement, JsonElement>(
        "/policies/draft", PolicyPermissions.Draft, "Drafts the next policy: the preset or a version, with the parts that change.",
        command: (body, _) => new PutDraft(body),
        answer: (outcome, _) => PolicyAnswer.Of(outcome.Row<PolicyDraft>()!),
        problems: [PolicyProblems.PolicyUnknown],
        shape: new Described(typeof(PolicyChanges), typeof(DraftBody)));

    /// <summary>Null is the preset.</summary>
    Problem? ReadBasis(out int? version)
    {
        version = null;
        if (Changes.ValueKind == JsonValueKind.Object && Changes.TryGetProperty("basedOn", out var basis))
        {
            if (basis.ValueKind == JsonValueKind.String && basis.ValueEquals(Standard.Name)) return null;
            if (basis.ValueKind == JsonValueKind.Number && basis.TryGetInt32(out var number) && number > 0)
            {
                version = number;
                return null;
            }
        }

        return KernelProblems.FieldInvalid.With($"basedOn must be \"{Standard.Name}\" or the number of a version.", "basedOn");
    }
}

using Aval.Access.Rules;
using Aval.Kernel;

namespace Aval.Access;

/// <summary>The roles that a body names.</summary>
static class RoleNames
{
    /// <summary>Refuses with <c>field-invalid</c> what is no role; at least one must be named.</summary>
    public static Problem? Refuse(IReadOnlyList<string> roles)
    {
        if (roles.Count == 0) return KernelProblems.FieldInvalid.With("roles must name a role.", "roles");
        for (var i = 0; i < roles.Count; i++)
            if (!Roles.All.Contains(roles[i])) return KernelProblems.FieldInvalid.With($"roles[{i}] must be one of {string.Join(", ", Roles.All)}.", $"roles[{i}]");
        return null;
    }

    /// <summary>Each once, in the order of <see cref="Roles.All"/>.</summary>
    public static IReadOnlyList<string> Ordered(IReadOnlyList<string> roles) => [.. Roles.All.Where(roles.Contains)];

    /// <summary>Refuses with <c>roles-conflict</c> what should lie apart and nobody has accepted for this holder.</summary>
    public static Problem? RefuseConflicts(AccessFacts facts, string holder, IReadOnlyList<string> roles)
    {
        var conflicts = facts.ConflictsOf(holder, roles);
        return conflicts.Count == 0
            ? null
            : AccessProblems.RolesConflict.With(
                $"{string.Join("; ", conflicts.Select(conflict => $"{conflict.First} and {conflict.Second}: {conflict.Why}"))}.", "roles");
    }

    /// <summary>Refuses with <c>key-decides</c> a key by which one could decide, unless leadership has accepted it for this name.</summary>
    public static Problem? RefuseDeciding(AccessFacts facts, string name, IReadOnlyList<string> roles, IReadOnlyList<string>? rights, bool readOnly)
    {
        var open = DecidingKeys.Of(roles, rights, readOnly)
            .Where(role => !facts.Accepted.ContainsKey(AcceptedConflict.IdOf(name, DecidingKeys.Holder, role))).ToList();
        return open.Count == 0 ? null : AccessProblems.KeyDecides.With($"{name} would decide as {string.Join(", ", open)}.", "roles");
    }
}

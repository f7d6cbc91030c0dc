using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>Why the draft shall hold, and from when on.</summary>
/// <param name="EffectiveFrom">The business date from which it holds, today or a later one; today when absent.</param>
public sealed record ActivationBody(string Reason, DateOnly? EffectiveFrom = null);

/// <summary>Makes the draft the next version, which holds from its day on. Another person than its author must do it.</summary>
/// <param name="From">Null for today. Until a later day comes, the version before goes on holding; a version activated after this one overtakes it.</param>
public sealed record ActivateDraft(string Reason, DateOnly? From = null) : Command
{
    const int MostDaysAhead = 3650;

    public override string Name => "activatePolicyDraft";
    public override Subject Subject => Subject.Company;
    public override Cite? Edits => Cite.Of(PolicyDraft.Table, PolicyDraft.Key);
    public override bool ChangesStructure => true;

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        var policies = @case.Facts.Get<PoliciesFacts>();
        if (policies.Draft is not { } draft) return PolicyProblems.DraftMissing.With("Nobody is drafting a policy.");
        if (@case.Actor.MayBe([draft.Author, draft.KeyMadeBy]))
            return PolicyProblems.SamePerson.With($"{draft.Author} wrote this draft; somebody else must activate it, and by no key of the same hand.");
        var from = From ?? @case.Today;
        if (from < @case.Today || from > @case.Today.AddDays(MostDaysAhead))
            return KernelProblems.FieldInvalid.With($"effectiveFrom must be from {@case.Today:yyyy-MM-dd} to {MostDaysAhead} days later.", "effectiveFrom");
        var version = Math.Max(policies.Latest, policies.Current.Version) + 1;
        @case.Reason = Reason;
        // Orders enter a wider horizon, and leave a shorter window, sooner than their roots expect, which know the versions that wait already.
        @case.BringsDatesNearer = policies.FromNowOn.Any(known => draft.Policy.HorizonDays > known.HorizonDays || draft.Policy.AutoRelease != known.AutoRelease
            || !draft.Policy.Rules.SequenceEqual(known.Rules));
        @case.Put(PolicyVersion.Table, new PolicyVersion(version, draft.Policy, draft.Author, @case.Actor.Name, Reason, from));
        @case.Put(PolicyDraft.Table, draft with { ActivatedAs = version });
        return null;
    }

    internal static void Map(Api api) => api.Post<ActivationBody, JsonElement>(
        "/policies/draft/activate", PolicyPermissions.Activate, "Makes the draft the policy that holds.",
        command: (body, _) => new ActivateDraft(body.Reason, body.EffectiveFrom),
        answer: (outcome, _) => PolicyAnswer.Of(outcome.Row<PolicyVersion>()!),
        problems: [PolicyProblems.SamePerson, PolicyProblems.DraftMissing],
        shape: new Described(null, typeof(PolicyBody)));
}

/// <summary>Records the preset as the first version of a new store, as this release has it: a later release may have another.</summary>
public sealed record AdoptStandard : Command
{
    public override string Name => "adoptStandardPolicy";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Get<PoliciesFacts>().HasVersions) return null;
        var author = @case.Actor.Name;
        @case.Put(PolicyVersion.Table, new PolicyVersion(1, Standard.Policy, author, author, "The preset of a new store", @case.Today));
        return null;
    }
}

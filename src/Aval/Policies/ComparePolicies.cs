using System.Globalization;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>Two policies side by side.</summary>
/// <param name="From">A version's number, <c>draft</c> or <c>standard</c>; so is <paramref name="To"/>.</param>
/// <param name="Differences">In the order in which a policy is written; empty when both say the same.</param>
public sealed record ComparisonAnswer(string From, string To, IReadOnlyList<DifferenceAnswer> Differences);

/// <inheritdoc cref="PolicyDifference"/>
/// <param name="Scope">Of the rule; null for everybody, and outside of the rules.</param>
public sealed record DifferenceAnswer(
    PolicyPart Part, string? Rule, ScopeBody? Scope, string Parameter, JsonElement? From, JsonElement? To, string Sentence)
{
    public static DifferenceAnswer Of(PolicyDifference found) =>
        new(found.Part, found.Rule, found.Rule is null ? null : ScopeBody.Of(found.Scope), found.Parameter, found.From, found.To, found.Sentence);
}

static class ComparePolicies
{
    const string Draft = "draft";
    const string Current = "current";

    internal static void Map(Api api) => api.Get<ComparisonAnswer>(
        "/policies/{version}/compare/{other}", PolicyPermissions.Read,
        "Says what two policies say differently; each is a version's number, current, draft or standard.",
        problems: [PolicyProblems.PolicyUnknown, PolicyProblems.DraftMissing],
        read: async (request, cancel) =>
        {
            var facts = (await request.Desk.CompanyAsync(cancel)).Get<PoliciesFacts>();
            if (Find(facts, request.Route("version"), out var first) is { } unknown) return unknown;
            if (Find(facts, request.Route("other"), out var second) is { } other) return other;
            var differences = PolicyDifferences.Between(first.Policy, second.Policy);
            return new ComparisonAnswer(first.Name, second.Name, [.. differences.Select(DifferenceAnswer.Of)]);
        });

    static Problem? Find(PoliciesFacts facts, string word, out (string Name, Policy Policy) found)
    {
        found = (word, Standard.Policy);
        switch (word)
        {
            case Standard.Name:
                return null;
            case Draft:
                if (facts.Draft is not { } draft) return PolicyProblems.DraftMissing.With("Nobody is drafting a policy.");
                found = (word, draft.Policy);
                return null;
            case Current:
                found = (facts.Current.Version.ToString(CultureInfo.InvariantCulture), facts.Current.Policy);
                return null;
        }

        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || facts.Version(number) is not { } version)
            return PolicyProblems.PolicyUnknown.With($"There is no policy version {word}.");
        found = (version.Key, version.Policy);
        return null;
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>One thing that a policy says.</summary>
/// <param name="Place">Names what it is about, so that two policies can be laid side by side: <c>horizonDays</c>, <c>delegation[sales]</c>, <c>rules[overdue]</c>.</param>
/// <param name="Rule">The setting it tells; null outside of the rules.</param>
public sealed record PolicySentence(PolicyPart Part, string Place, string Text, RuleSetting? Rule = null)
{
    /// <summary>The field of the policy's JSON that says it.</summary>
    public string Field => Place.Split('[', 2)[0];
}

/// <summary>What two policies say of one thing; one side is null where that policy says nothing of it.</summary>
public sealed record SentencePair(PolicyPart Part, string Place, string? From, string? To);

/// <summary>A whole policy in plain sentences, in the order of its nine parts.</summary>
public static class PolicySentences
{
    /// <param name="currency">The company's: of the amounts where policy names no currency of its own.</param>
    public static IReadOnlyList<PolicySentence> Of(Policy policy, string currency, Language language)
    {
        var said = new Figures(policy.Currency?.Code ?? currency, language);
        IEnumerable<(string Place, string Text)> all =
        [
            ("name", said.In($"The policy is called “{policy.Name}”.", $"La politique s'appelle « {policy.Name} ».", $"Die Richtlinie heißt „{policy.Name}“.")),
            ("currency", policy.Currency is null
                ? said.In($"Its amounts are told in {said.Currency}, as the company's are.", $"Ses montants sont en {said.Currency}, comme ceux de la société.",
                    $"Ihre Beträge stehen in {said.Currency}, wie die des Unternehmens.")
                : said.In($"Its amounts are told in {said.Currency}.", $"Ses montants sont en {said.Currency}.", $"Ihre Beträge stehen in {said.Currency}.")),
            .. GroundSentences.Of(policy, said), .. HandlingSentences.Of(policy, said),
        ];
        return
        [
            .. all.Select(one => new PolicySentence(PolicyParts.Of(one.Place.Split('[', 2)[0]), one.Place, one.Text))
                .Concat(policy.Rules.Select(rule => new PolicySentence(PolicyPart.BlockingRules, PlaceOf(rule), RuleSentences.Of(rule, said.Currency, language), rule)))
                .OrderBy(sentence => sentence.Part),
        ];
    }

    /// <summary>What two policies say differently, in the order of the parts; what only the second says comes last in its part.</summary>
    public static IReadOnlyList<SentencePair> Between(Policy first, Policy second, string currency, Language language)
    {
        var (before, after) = (ByPlace(first, currency, language), ByPlace(second, currency, language));
        var pairs = before.Values.Select(from => new SentencePair(from.Part, from.Place, from.Text, after.GetValueOrDefault(from.Place)?.Text))
            .Concat(after.Values.Where(to => !before.ContainsKey(to.Place)).Select(to => new SentencePair(to.Part, to.Place, null, to.Text)));
        return [.. pairs.Where(pair => pair.From != pair.To).OrderBy(pair => pair.Part)];
    }

    static string PlaceOf(RuleSetting rule) => $"rules[{rule.Name} {rule.Scope.Kind} {rule.Scope.Value}]";

    static OrderedDictionary<string, PolicySentence> ByPlace(Policy policy, string currency, Language language)
    {
        var places = new OrderedDictionary<string, PolicySentence>(StringComparer.Ordinal);
        foreach (var sentence in Of(policy, currency, language))
        {
            var place = sentence.Place;
            for (var again = 2; places.ContainsKey(place); again++) place = string.Create(CultureInfo.InvariantCulture, $"{sentence.Place} {again}");
            places[place] = sentence with { Place = place };
        }

        return places;
    }
}

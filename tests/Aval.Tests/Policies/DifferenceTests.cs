using System.Text.Json;
using Words = Aval.Kernel.Storage.Words;
using Aval.Policies.Rules;

namespace Aval.Tests.Policies;

/// <summary>Two policies side by side differ exactly in what they say differently.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public void Each_difference_names_part_rule_scope_and_parameter_and_says_it_in_words() => Check(
        """
        {"horizonDays": 5, "excludeDisputes": [], "exceptions": {"mostPerPayer": 1, "windowDays": 90, "counterpart": true, "reviewWithinDays": 7},
         "delegation": [{"role": "customerService", "upTo": 100}, {"role": "creditAnalyst", "upTo": 25000, "overrunPercent": 20, "overdueDays": 30, "riskClasses": ["A","B","C"]},
                        {"role": "creditManager", "upTo": 250000, "secondPersonAbove": 100000}, {"role": "leadership"}],
         "rules": [{"rule": "limit", "severity": "warn"}, {"rule": "oldestItem", "severity": "refer", "days": 60, "minAmount": 100, "scope": {"country": "FR"}},
                   {"rule": "orderUnusual", "severity": "off"}]}
        """,
        """
        disputeHandling      excludeDisputes                    ["companyFault"] -> []  | excludeDisputes is [] instead of ["companyFault"].
        creditPolicy         horizonDays                        30 -> 5                 | horizonDays is 5 instead of 30.
        delegationLevels     delegation[customerService].upTo   0 -> 100                | delegation[customerService].upTo is 100 instead of 0.
        exceptionConditions  exceptions.mostPerPayer            2 -> 1                  | exceptions.mostPerPayer is 1 instead of 2.
        blockingRules        limit severity                     "refer" -> "warn"       | The rule limit for everybody: severity is warn instead of refer.
        blockingRules        orderUnusual severity              "warn" -> "off"         | The rule orderUnusual for everybody: severity is off instead of warn.
        blockingRules        oldestItem country FR              - -> "oldestItem"       | The rule oldestItem is set for country FR.
        blockingRules        oldestItem severity country FR     - -> "refer"            | The rule oldestItem for country FR: severity is refer.
        blockingRules        oldestItem days country FR         - -> 60                 | The rule oldestItem for country FR: days is 60.
        blockingRules        oldestItem minAmount country FR    - -> 100                | The rule oldestItem for country FR: minAmount is 100.
        """);

    [Fact]
    public void What_is_usual_is_no_difference_to_the_same_said_aloud()
    {
        Assert.Empty(PolicyDifferences.Between(Standard.Policy, Standard.Policy.InFull()));
        Assert.Empty(PolicyDifferences.Between(Standard.Policy, Changed("""{"internalDefect": {"act": "hold"}}""")));
    }

    [Fact]
    public void Seen_from_the_other_side_every_difference_is_turned_round()
    {
        var changed = Changed("""{"watchPercent": 80, "rules": [{"rule": "limit", "severity": "warn", "scope": {"group": "G1"}}]}""");
        var there = PolicyDifferences.Between(Standard.Policy, changed).Select(found => (found.Rule, found.Parameter, Text(found.From), Text(found.To)));
        var back = PolicyDifferences.Between(changed, Standard.Policy).Select(found => (found.Rule, found.Parameter, Text(found.To), Text(found.From)));
        Assert.Equal(there.Order(), back.Order());
        Assert.Equal(
            ["The rule limit is no longer set for group G1.", "The rule limit for group G1: severity was warn."],
            PolicyDifferences.Between(changed, Standard.Policy).Select(found => found.Sentence).TakeLast(2));
    }

    static void Check(string changes, string expected)
    {
        var found = PolicyDifferences.Between(Standard.Policy, Changed(changes)).Select(difference =>
        {
            var scope = difference.Scope.Kind == ScopeKind.All ? "" : $" {Words.Of(difference.Scope.Kind)} {difference.Scope.Value}";
            var values = $"{Text(difference.From)} -> {Text(difference.To)}";
            return $"{Words.Of(difference.Part)} {difference.Rule} {difference.Parameter}{scope} {values} | {difference.Sentence}";
        });
        Assert.Equal(expected.Split('\n').Select(Spaced), found.Select(Spaced));
    }

    static string Spaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    static string Text(JsonElement? value) => value?.GetRawText() ?? "-";

    static Policy Changed(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        Assert.Null(PolicyJson.Apply(Standard.Policy, json.RootElement, out var policy));
        return policy;
    }
}

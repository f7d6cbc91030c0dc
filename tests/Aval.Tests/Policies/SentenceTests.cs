using System.Text.Json;
using System.Text.Json.Nodes;
using Aval.Access;
using Aval.Policies.Rules;
using Aval.Policies.Screens;

namespace Aval.Tests.Policies;

/// <summary>A policy in plain sentences: each rule has one, and no parameter is left unsaid.</summary>
public sealed class SentenceTests
{
    static readonly Scope France = new(ScopeKind.Country, "FR");

    [Fact]
    public void Every_rule_has_a_sentence_for_everybody_for_some_and_switched_off()
    {
        foreach (var rule in RuleJson.Names)
        {
            var said = RuleOf(Full(rule));
            Assert.StartsWith("An order needs a decision when ", RuleSentences.Of(said, "EUR", Language.English), StringComparison.Ordinal);
            Assert.StartsWith(
                "For payers in FR, an order needs a decision when ", RuleSentences.Of(said with { Scope = France }, "EUR", Language.English), StringComparison.Ordinal);
            Assert.StartsWith("Nobody asks about “", RuleSentences.Of(new SwitchedOff(rule, said.Family), "EUR", Language.English), StringComparison.Ordinal);
            Assert.EndsWith(
                "It holds even an order that somebody has released.", RuleSentences.Of(said with { OverridesRelease = true }, "EUR", Language.English), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_value_of_any_parameter_of_any_rule_makes_another_sentence()
    {
        foreach (var rule in RuleJson.Names)
            foreach (var parameter in RuleJson.ParametersOf(rule))
            {
                var (one, other) = (Full(rule), Full(rule));
                Set(other, parameter.At(0), Value(parameter, 1));
                Assert.True(
                    RuleSentences.Of(RuleOf(one), "EUR", Language.English) != RuleSentences.Of(RuleOf(other), "EUR", Language.English), $"{rule} does not say {parameter.Path}");
            }
    }

    [Fact]
    public void Another_value_of_any_parameter_beside_the_rules_makes_another_sentence()
    {
        foreach (var parameter in PolicyJson.Parameters)
        {
            var (one, other) = (Whole(), Whole());
            Set(other, parameter.At(0), Value(parameter, 1));
            Assert.True(PolicySentences.Between(Read(one), Read(other), "EUR", Language.English).Count > 0, $"a policy does not say {parameter.Path}");
        }
    }

    [Fact]
    public void Every_parameter_has_a_label_of_its_own_words()
    {
        foreach (var rule in RuleJson.Names)
            foreach (var parameter in RuleJson.ParametersOf(rule)) Assert.True(ParameterWords.LabelOf(parameter, rule) is not null, $"{rule}.{parameter.Path} has no label");
        foreach (var parameter in PolicyJson.Parameters) Assert.True(ParameterWords.LabelOf(parameter, null) is not null, $"{parameter.Path} has no label");
    }

    [Theory]
    [InlineData("""{"rule": "limit", "severity": "refer", "tolerancePercent": 5, "toleranceAmount": 1000}""",
        "An order needs a decision when it takes the payer beyond its limit by more than 5 % of it or 1,000 EUR.")]
    [InlineData("""{"rule": "orderTooLarge", "severity": "warn", "amount": 100000, "scope": {"riskClass": "D"}}""",
        "For payers of risk class D, an order gets a warning when it is worth more than 100,000 EUR.")]
    [InlineData("""{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5}""",
        "An order needs a decision when at least 500 EUR and 5 % of what the payer owes are at least 15 days late; amounts in dispute by our own fault do not count, "
        + "amounts promised within 60 days do not count.")]
    [InlineData("""{"rule": "priceDeviates", "severity": "complete", "tolerancePercent": 2}""",
        "An order is held until it is put right when a price is more than 2 % off the list price.")]
    [InlineData("""{"rule": "taxIdInvalid", "severity": "off", "scope": {"customer": "C1"}}""", "For customer C1, nobody asks about “tax id invalid”.")]
    public void A_sentence_reads_like_people_talk(string rule, string sentence) =>
        Assert.Equal(sentence, RuleSentences.Of(RuleOf(JsonNode.Parse(rule)!.AsObject()), "EUR", Language.English).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(Language.French, "Une commande demande une décision quand elle porte le payeur au-delà de sa limite de plus de 5,5 % de celle-ci ou 1 000 EUR.")]
    [InlineData(Language.German, "Ein Auftrag braucht eine Entscheidung, wenn er das Kreditlimit des Zahlers um mehr als 5,5 % davon oder 1.000 EUR überschreitet.")]
    public void A_sentence_reads_like_people_talk_in_their_language(Language language, string sentence) => Assert.Equal(
        sentence,
        RuleSentences.Of(
            RuleOf(JsonNode.Parse("""{"rule": "limit", "severity": "refer", "tolerancePercent": 5.5, "toleranceAmount": 1000}""")!.AsObject()), "EUR", language)
            .Replace('\u00a0', ' ').Replace('\u202f', ' '));

    [Theory]
    [InlineData(Language.French)]
    [InlineData(Language.German)]
    public void Every_sentence_is_another_one_in_another_language_and_leaves_no_parameter_unsaid(Language language)
    {
        foreach (var rule in RuleJson.Names)
        {
            var said = RuleOf(Full(rule));
            Assert.NotEqual(RuleSentences.Of(said, "EUR", Language.English), RuleSentences.Of(said, "EUR", language));
            foreach (var parameter in RuleJson.ParametersOf(rule))
            {
                var other = Full(rule);
                Set(other, parameter.At(0), Value(parameter, 1));
                Assert.True(RuleSentences.Of(said, "EUR", language) != RuleSentences.Of(RuleOf(other), "EUR", language), $"{rule} does not say {parameter.Path}");
            }
        }

        foreach (var parameter in PolicyJson.Parameters)
        {
            var (one, other) = (Whole(), Whole());
            Set(other, parameter.At(0), Value(parameter, 1));
            Assert.True(PolicySentences.Between(Read(one), Read(other), "EUR", language).Count > 0, $"a policy does not say {parameter.Path}");
        }

        var english = PolicySentences.Of(Standard.Policy, "EUR", Language.English).Select(sentence => sentence.Text).ToHashSet();
        Assert.DoesNotContain(PolicySentences.Of(Standard.Policy, "EUR", language), sentence => english.Contains(sentence.Text));
    }

    [Fact]
    public void Every_word_of_a_policy_is_known_in_every_language() => Assert.Empty(
        RuleJson.Names.Concat(Roles.All).Concat(DataResponsibility.Fields)
            .Concat(RuleJson.Names.SelectMany(RuleJson.ParametersOf).Concat(PolicyJson.Parameters).SelectMany(parameter => parameter.Words))
            .Except(Policy.RiskClasses).Except(PolicyTerms.Known));

    [Fact]
    public void Policies_that_say_the_same_have_no_differences_and_a_rule_for_somebody_is_one()
    {
        Assert.Empty(PolicySentences.Between(Standard.Policy, Standard.Policy.InFull(), "EUR", Language.English));
        var added = Standard.Policy with { Rules = Standard.Policy.Rules.Add(new OrderTooLargeRule(5) { Scope = France, Severity = Severity.Refer }) };
        var pair = Assert.Single(PolicySentences.Between(Standard.Policy, added, "EUR", Language.English));
        Assert.Null(pair.From);
        Assert.Contains("payers in FR", pair.To, StringComparison.Ordinal);
    }

    /// <summary>A setting in which every parameter is said.</summary>
    static JsonObject Full(string rule)
    {
        var entry = new JsonObject { ["rule"] = rule, ["severity"] = "refer" };
        foreach (var parameter in RuleJson.ParametersOf(rule)) Set(entry, parameter.At(0), Value(parameter, 0));
        return entry;
    }

    /// <summary>A policy in which every parameter beside the rules is said.</summary>
    static JsonObject Whole()
    {
        var policy = new JsonObject { ["rules"] = new JsonArray() };
        foreach (var parameter in PolicyJson.Parameters) Set(policy, parameter.At(0), Value(parameter, 0));
        // The last deadline has no bound.
        policy["decisionDeadlines"]!.AsArray().Add(new JsonObject { ["hours"] = 99 });
        return policy;
    }

    static JsonNode? Value(Parameter parameter, int which) => parameter.Kind switch
    {
        ParameterKind.Whole or ParameterKind.Number => JsonValue.Create(parameter.Most <= 1 ? 0.5m + (0.25m * which) : Math.Min(parameter.Most, parameter.Least + 3) - which),
        ParameterKind.Flag => JsonValue.Create(which == 0),
        ParameterKind.Text => JsonValue.Create($"text {which}"),
        ParameterKind.Currency => JsonValue.Create(which == 0 ? "USD" : "CHF"),
        // "Ignored" for disputes and promises, where more is said.
        ParameterKind.OneWord => JsonValue.Create(parameter.Words[^(1 + which)]),
        ParameterKind.SomeWords => new JsonArray(JsonValue.Create(parameter.Words[which])),
    };

    static void Set(JsonObject body, string path, JsonNode? value)
    {
        JsonNode at = body;
        var parts = path.Split('.');
        foreach (var (place, part) in parts.Index())
        {
            var last = place == parts.Length - 1;
            if (part.EndsWith("[0]", StringComparison.Ordinal))
            {
                if (at[part[..^3]] is not JsonArray list) at[part[..^3]] = list = [];
                if (list.Count == 0) list.Add(new JsonObject());
                at = list[0]!;
            }
            else if (last) at[part] = value;
            else
            {
                if (at[part] is not JsonObject) at[part] = new JsonObject();
                at = at[part]!;
            }
        }
    }

    static RuleSetting RuleOf(JsonObject entry)
    {
        var policy = JsonNode.Parse(Standard.Json)!.AsObject();
        policy["rules"] = new JsonArray(entry.DeepClone());
        return Read(policy).Rules[0];
    }

    static Policy Read(JsonObject policy)
    {
        var problem = PolicyJson.Read(JsonSerializer.SerializeToElement(policy), out var read);
        Assert.True(problem is null, problem?.Detail);
        return read;
    }
}

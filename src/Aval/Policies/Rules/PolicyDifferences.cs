using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>One thing that two policies say differently.</summary>
/// <param name="Parameter">The field's path: <c>horizonDays</c>, <c>delegation[sales].upTo</c>; of a rule its parameter, empty for the rule itself, where it is on one side
/// only: its parameters follow.</param>
/// <param name="Rule">Null outside of the rules.</param>
/// <param name="Scope">Of the rule.</param>
/// <param name="From">The value as JSON; null where the first policy does not say it.</param>
/// <param name="To">The value as JSON; null where the second policy does not say it.</param>
public sealed record PolicyDifference(PolicyPart Part, string Parameter, string? Rule, Scope Scope, JsonElement? From, JsonElement? To)
{
    /// <summary>The same in words.</summary>
    public string Sentence => this switch
    {
        { Rule: null } => $"{Parameter} is {Said(To)} instead of {Said(From)}.",
        { Parameter: "", From: null } => $"The rule {Rule} is set for {For}.",
        { Parameter: "" } => $"The rule {Rule} is no longer set for {For}.",
        { From: null } => $"The rule {Rule} for {For}: {Parameter} is {Said(To)}.",
        { To: null } => $"The rule {Rule} for {For}: {Parameter} was {Said(From)}.",
        _ => $"The rule {Rule} for {For}: {Parameter} is {Said(To)} instead of {Said(From)}.",
    };

    string For => Scope.Kind == ScopeKind.All ? "everybody" : $"{Words.Of(Scope.Kind)} {Scope.Value}";

    static string Said(JsonElement? value) => value is not { } given ? "not said" : given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText();
}

/// <summary>Two policies side by side, by what they say in full: what is left to be as usual is no difference to the same said aloud.</summary>
public static class PolicyDifferences
{
    /// <summary>In the order in which a policy is written; what only the second says comes behind.</summary>
    public static IReadOnlyList<PolicyDifference> Between(Policy first, Policy second)
    {
        var (before, after) = (Said(first), Said(second));
        var differences = new List<PolicyDifference>();
        foreach (var (place, from) in before)
            if (!after.TryGetValue(place, out var to)) differences.Add(Different(place, from, null));
            else if (!JsonElement.DeepEquals(from, to)) differences.Add(Different(place, from, to));
        foreach (var (place, to) in after)
            if (!before.ContainsKey(place)) differences.Add(Different(place, null, to));
        return differences;
    }

    static PolicyDifference Different(Place place, JsonElement? from, JsonElement? to) =>
        new(PolicyParts.Of(place.Field), place.Parameter, place.Rule, place.Scope, from, to);

    /// <summary>Every value of a policy by its place. That a rule is there is a value too, the same for all.</summary>
    static OrderedDictionary<Place, JsonElement> Said(Policy policy)
    {
        using var document = JsonDocument.Parse(PolicyJson.Write(policy.InFull()));
        var said = new OrderedDictionary<Place, JsonElement>();
        foreach (var field in document.RootElement.Clone().EnumerateObject())
        {
            if (field.Name != "rules") Walk(said, new Place(field.Name, field.Name, null, Scope.All), field.Value);
            else
                foreach (var (rule, setting) in field.Value.EnumerateArray().Zip(policy.Rules)) Rule(said, rule, setting);
        }

        return said;
    }

    static void Rule(OrderedDictionary<Place, JsonElement> said, JsonElement rule, RuleSetting setting)
    {
        said[new Place("rules", "", setting.Name, setting.Scope)] = rule.GetProperty("rule");
        foreach (var parameter in rule.EnumerateObject())
            if (parameter.Name is not ("rule" or "scope")) Walk(said, new Place("rules", parameter.Name, setting.Name, setting.Scope), parameter.Value);
    }

    static void Walk(OrderedDictionary<Place, JsonElement> said, Place place, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var field in value.EnumerateObject()) Walk(said, place with { Parameter = $"{place.Parameter}.{field.Name}" }, field.Value);
        else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.Object))
        {
            var at = 0;
            var named = new HashSet<string>(StringComparer.Ordinal);
            foreach (var element in value.EnumerateArray())
            {
                var name = NameOf(element, at++);
                if (!named.Add(name)) named.Add(name = $"{name} {at}");
                Walk(said, place with { Parameter = $"{place.Parameter}[{name}]" }, element);
            }
        }
        else said[place] = value;
    }

    /// <summary>A role or field names an entry better than its place in the list does.</summary>
    static string NameOf(JsonElement element, int at) =>
        element.TryGetProperty("role", out var role) ? role.GetString()!
        : element.TryGetProperty("field", out var field) ? field.GetString()!
        : at.ToString(System.Globalization.CultureInfo.InvariantCulture);

    readonly record struct Place(string Field, string Parameter, string? Rule, Scope Scope);
}

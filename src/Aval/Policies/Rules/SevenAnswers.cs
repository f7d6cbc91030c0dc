using System.Globalization;
using System.Text.Json.Nodes;

namespace Aval.Policies.Rules;

/// <summary>The seven questions as a policy answers them, and what other answers would change of it: an answer that stays changes nothing, and what is not asked stays.</summary>
public sealed class SevenAnswers(Policy now)
{
    const string Off = "off";
    const string TooLarge = "orderTooLarge";

    readonly JsonObject standing = Parsed(PolicyJson.Write(now.InFull()));

    /// <summary>What stands in a field at first: what holds.</summary>
    public IReadOnlyList<string> Of(AskedField field) => field.Name switch
    {
        SevenQuestions.Countries => OfCountries().Count == 0 ? [] : [string.Join(", ", OfCountries().Select(CountryOf))],
        SevenQuestions.CountriesAbove => OfCountries().Select(rule => $"{rule["amount"]}").Distinct().ToList() is [var amount] ? [amount] : [],
        _ => PlaceOf(field, standing) is var (parent, name) && parent[name] is { } value ? value is JsonArray some ? [.. some.Select(one => $"{one}")] : [$"{value}"] : [],
    };

    /// <summary>The policy with other answers, as the changes of a draft. What cannot be read stays as it was typed, for the reader of policies to refuse.</summary>
    /// <param name="answered">The texts of each field; none where it was left empty.</param>
    /// <param name="name">What the policy is called from then on; as before where it is none.</param>
    /// <returns>Null where every answer is the one that stands.</returns>
    public JsonObject? Changes(Func<string, IReadOnlyList<string>> answered, string? name = null)
    {
        var other = SevenQuestions.Fields.Where(field => !Same(answered(field.Name), Of(field))).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        if (other.Count == 0) return null;
        var changes = (JsonObject)standing.DeepClone();
        foreach (var field in SevenQuestions.Fields.Where(field => field.Path.Length > 0 && other.Contains(field.Name)))
            Set(changes, field, ValueOf(field.Kind, answered(field.Name)));
        if (other.Contains(SevenQuestions.Disputes))
            RuleIn(changes, "overdue")!["disputed"] = answered(SevenQuestions.Disputes) switch { [] => "count", ["companyFault"] => "ignoreCompanyFault", _ => "ignore" };
        if (other.Contains(SevenQuestions.ServiceUpTo)) LetGoWhatFits(changes);
        var withAmount = other.Contains(SevenQuestions.CountriesAbove);
        if (withAmount || other.Contains(SevenQuestions.Countries)) SetCountries(changes, answered, withAmount);
        if (name is not null) changes["name"] = name;
        return changes;
    }

    /// <summary>The field that is meant when the reader refuses a path of these changes; null when none is.</summary>
    public static string? FieldOf(string path, JsonObject changes)
    {
        var paths = SevenQuestions.Fields.Where(field => field.Path.Length > 0).ToDictionary(field => field.Name, field => PathOf(field, changes), StringComparer.Ordinal);
        if (paths.FirstOrDefault(known => known.Value == path || path.StartsWith(known.Value + "[", StringComparison.Ordinal)).Key is { } name) return name;
        // An empty required part is refused as a whole: newCustomers, of which only one half was given.
        if (paths.FirstOrDefault(known => known.Value.StartsWith(path + ".", StringComparison.Ordinal)).Key is { } part) return part;
        return path.EndsWith("scope.country", StringComparison.Ordinal) || path.EndsWith(".amount", StringComparison.Ordinal) ? SevenQuestions.Countries : null;
    }

    /// <summary>What fits the limit, and is not owed by somebody too late: no more than that goes without Credit.</summary>
    static void LetGoWhatFits(JsonObject changes)
    {
        var service = TierIn(changes, "customerService")!;
        var overdue = RuleIn(changes, "overdue");
        service["overrunPercent"] = 0;
        service["overdueDays"] = (overdue is null ? null : (overdue["pairs"] is JsonArray { Count: > 0 } pairs ? pairs[0] : overdue)?["minDays"]) is JsonValue days
            && days.TryGetValue<decimal>(out var least) && least >= 1 ? least - 1 : 0;
    }

    /// <summary>A country that is named no more is switched off: left out, it would stay as it is.</summary>
    void SetCountries(JsonObject changes, Func<string, IReadOnlyList<string>> answered, bool withAmount)
    {
        List<string> named =
            [.. answered(SevenQuestions.Countries).SelectMany(text => text.ToUpperInvariant().Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        var rules = changes["rules"]!.AsArray();
        foreach (var country in named.Union(OfCountries().Select(CountryOf)))
        {
            var entry = rules.OfType<JsonObject>().FirstOrDefault(rule => IsOfCountry(rule) && CountryOf(rule) == country);
            var amount = ValueOf(AnswerKind.Amount, answered(SevenQuestions.CountriesAbove)) ?? 0;
            if (!named.Contains(country)) rules[rules.IndexOf(entry)] = Rule(country, Off, null);
            else if (entry is null) rules.Add(Rule(country, "refer", amount));
            else if (withAmount) entry["amount"] = amount;
        }
    }

    static JsonObject Rule(string country, string severity, JsonNode? amount)
    {
        var rule = new JsonObject { ["rule"] = TooLarge, ["scope"] = new JsonObject { ["country"] = country }, ["severity"] = severity };
        if (amount is not null) rule["amount"] = amount;
        return rule;
    }

    List<JsonObject> OfCountries() => [.. standing["rules"]!.AsArray().OfType<JsonObject>().Where(IsOfCountry)];

    static bool IsOfCountry(JsonObject rule) => $"{rule["rule"]}" == TooLarge && rule["scope"]?["country"] is not null && $"{rule["severity"]}" != Off;

    static string CountryOf(JsonObject rule) => $"{rule["scope"]!["country"]}";

    static void Set(JsonObject changes, AskedField field, JsonNode? value)
    {
        var parts = field.Path.Split('/');
        // What is switched off, or stands nowhere, begins as the preset has it.
        if (parts is ["rules", var rule, not "severity"] && (RuleIn(changes, rule) is not { } known || $"{known["severity"]}" == Off))
        {
            if (RuleIn(changes, rule) is { } off) changes["rules"]!.AsArray().Remove(off);
            changes["rules"]!.AsArray().Add(RuleIn(Parsed(Standard.Json), rule)!.DeepClone());
        }

        if (PlaceOf(field, changes, make: value is not null) is not var (parent, name)) return;
        if (value is null) parent.Remove(name);
        else parent[name] = value;
    }

    /// <summary>The object that has a field's value, and under which name; null where there is none.</summary>
    static (JsonObject Parent, string Name)? PlaceOf(AskedField field, JsonObject policy, bool make = false)
    {
        var parts = field.Path.Split('/');
        JsonObject? at = parts.Length == 1 ? policy : parts[0] == "rules" ? RuleIn(policy, parts[1]) : TierIn(policy, parts[1]);
        var names = parts[^1].Split('.');
        if (parts is ["rules", "overdue", ..] && at?["pairs"] is JsonArray { Count: > 0 } pairs) at = pairs[0]!.AsObject();
        foreach (var name in names[..^1])
        {
            if (make && at is not null && at[name] is not JsonObject) at[name] = new JsonObject();
            at = at?[name] as JsonObject;
        }

        return at is null ? null : (at, names[^1]);
    }

    /// <summary>As the reader of policies names it.</summary>
    static string PathOf(AskedField field, JsonObject policy)
    {
        var parts = field.Path.Split('/');
        if (parts.Length == 1) return field.Path;
        var list = policy[parts[0]]!.AsArray();
        var entry = parts[0] == "rules" ? RuleIn(policy, parts[1]) : TierIn(policy, parts[1]);
        var pair = parts is ["rules", "overdue", ..] && entry?["pairs"] is JsonArray { Count: > 0 } ? "pairs[0]." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}[{(entry is null ? -1 : list.IndexOf(entry))}].{pair}{parts[^1]}");
    }

    static JsonObject? RuleIn(JsonObject policy, string rule) =>
        policy["rules"]!.AsArray().OfType<JsonObject>().FirstOrDefault(entry => $"{entry["rule"]}" == rule && entry["scope"] is null);

    static JsonObject? TierIn(JsonObject policy, string role) => policy["delegation"]!.AsArray().OfType<JsonObject>().FirstOrDefault(entry => $"{entry["role"]}" == role);

    static JsonNode? ValueOf(AnswerKind kind, IReadOnlyList<string> texts) => kind switch
    {
        AnswerKind.Flag => JsonValue.Create(texts.Count > 0),
        AnswerKind.Some => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
        AnswerKind.One or AnswerKind.Countries => texts is [var word, ..] ? JsonValue.Create(word) : null,
        AnswerKind.Amount or AnswerKind.Percent or AnswerKind.Days =>
            texts is not [var text, ..] ? null : Number(text) is { } number ? JsonValue.Create(number) : JsonValue.Create(text),
    };

    static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same answer, however it is written; a box that is not ticked is no.</summary>
    static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        static IEnumerable<string> Plain(IReadOnlyList<string> texts) => texts.Where(text => text is not "false")
            .Select(text => Number(text) is { } number ? number.ToString("0.##########", CultureInfo.InvariantCulture) : text).Order(StringComparer.Ordinal);
        return Plain(one).SequenceEqual(Plain(other));
    }

    static JsonObject Parsed(string json) => JsonNode.Parse(json)!.AsObject();
}

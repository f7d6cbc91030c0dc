using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aval.Policies.Rules;

/// <summary>How a question is answered.</summary>
public enum AnswerKind { Amount, Percent, Days, Flag, One, Some, Countries }

/// <summary>One field of a question.</summary>
/// <param name="Path">Where the preset has what it sets: <c>autoRelease</c>, <c>delegation[0].upTo</c>, or <c>overdue/minDays</c> for a rule's parameter; empty where it adds
/// rules.</param>
/// <param name="Choices">Words to choose from, as people say them.</param>
public sealed record AskedField(string Name, string Label, AnswerKind Kind, string Path, ImmutableArray<(string Word, string Said)> Choices)
{
    public AskedField(string name, string label, AnswerKind kind, string path) : this(name, label, kind, path, []) { }
}

public sealed record Question(string Title, string Why, ImmutableArray<AskedField> Fields);

/// <summary>The seven plain questions by which a small company comes to its policy: the answers change the preset, and what is not asked stays as the preset has it.</summary>
public static class SevenQuestions
{
    const string Countries = "countries";
    const string CountriesAbove = "countriesAbove";
    const string ServiceUpTo = "serviceUpTo";
    const string Disputes = "disputes";
    const int Service = 0;

    public static readonly ImmutableArray<Question> All =
    [
        new("What may go by itself?", "Everything that nobody has to look at saves a day.",
        [
            new("autoRelease", "A held order goes by itself once nothing speaks against it any more", AnswerKind.Flag, "autoRelease"),
            new("ownDefects", "When only our own mistakes hold an order", AnswerKind.One, "internalDefect.act",
                [("hold", "it is held until they are put right"), ("releaseAndFix", "it goes, and they are put right later")]),
        ]),
        new("What needs Credit?", "Whatever the customer, somebody looks at these orders, and somebody decides.",
        [
            new("large", "Orders worth more than", AnswerKind.Amount, "orderTooLarge/amount"),
            new("noLimit", "An order of a customer without a limit", AnswerKind.One, "limitNotSet/severity",
                [("refer", "needs a decision"), ("warn", "goes with a warning"), ("off", "goes")]),
            new("analystUpTo", "A credit analyst decides alone up to", AnswerKind.Amount, "delegation[1].upTo"),
            new("secondAbove", "Two people decide above", AnswerKind.Amount, "delegation[2].secondPersonAbove"),
        ]),
        new("Which overruns are tolerated?", "A small step over the limit need not stop an order; where both are given, both must hold.",
        [
            new("tolerancePercent", "Up to this part of the limit", AnswerKind.Percent, "limit/tolerancePercent"),
            new("toleranceAmount", "Up to this amount", AnswerKind.Amount, "limit/toleranceAmount"),
        ]),
        new("Which overdue items truly block?", "Late enough, and enough of it: all three must be reached.",
        [
            new("overdueDays", "Late by at least", AnswerKind.Days, "overdue/minDays"),
            new("overdueAmount", "An amount of at least", AnswerKind.Amount, "overdue/minAmount"),
            new("overdueShare", "A share of all they owe of at least", AnswerKind.Percent, "overdue/minSharePercent"),
        ]),
        new("Which disputes leave the decision?", "What a customer disputes for these reasons counts neither as owed nor as late.",
        [
            new(Disputes, "Disputes that are", AnswerKind.Some, "excludeDisputes",
                [("companyFault", "our own fault"), ("shared", "the fault of both"), ("unqualified", "not qualified yet"), ("customerFault", "the customer's fault")]),
        ]),
        new("Which orders may go in part?", "Customer Service can let go what fits the limit, an order or a part of it, without asking Credit.",
        [
            new(ServiceUpTo, "Customer Service lets go up to", AnswerKind.Amount, "delegation[0].upTo"),
        ]),
        new("Which customers get a special look?", "Their orders need a decision even when the limit is kept.",
        [
            new("classes", "Payers of risk class", AnswerKind.Some, "riskClass/classes", [.. Policy.RiskClasses.Select(one => (one, one))]),
            new("newAbove", "New customers: orders worth more than", AnswerKind.Amount, "orderTooLarge/newCustomers.amount"),
            new("newDays", "A customer is new for", AnswerKind.Days, "orderTooLarge/newCustomers.days"),
            new(Countries, "Payers in these countries (two letters each, with commas)", AnswerKind.Countries, ""),
            new(CountriesAbove, "Their orders worth more than", AnswerKind.Amount, ""),
        ]),
    ];

    public static IEnumerable<AskedField> Fields => All.SelectMany(question => question.Fields);

    /// <summary>What stands in a field at first: the preset's own.</summary>
    public static IReadOnlyList<string> Start(AskedField field) =>
        field.Path.Length == 0 ? [] : At(JsonNode.Parse(Standard.Json)!.AsObject(), field.Path) switch
        {
            null => [],
            JsonArray some => [.. some.Select(one => $"{one}")],
            var one => [$"{one}"],
        };

    /// <summary>A complete policy as the changes of a draft based on the preset. What cannot be read stays as it was typed, for the reader of policies to refuse.</summary>
    /// <param name="answered">The texts of each field; none where it was left empty.</param>
    public static JsonObject Changes(Func<string, IReadOnlyList<string>> answered)
    {
        var changes = JsonNode.Parse(Standard.Json)!.AsObject();
        foreach (var field in Fields.Where(field => field.Path.Length > 0)) Set(changes, field.Path, ValueOf(field, answered(field.Name)));
        changes["basedOn"] = Standard.Name;
        changes["name"] = "Seven questions";
        changes["rules"]![RuleAt("overdue")]!["disputed"] = answered(Disputes) switch
        {
            [] => "count",
            ["companyFault"] => "ignoreCompanyFault",
            _ => "ignore",
        };
        // What fits the limit, and is not owed by somebody too late: no more than that goes without Credit.
        var service = changes["delegation"]![Service]!;
        service["overrunPercent"] = 0;
        service["overdueDays"] = changes["rules"]![RuleAt("overdue")]!["minDays"] is JsonValue days && days.TryGetValue<decimal>(out var least) && least >= 1 ? least - 1 : 0;
        foreach (var country in CountriesIn(answered))
            changes["rules"]!.AsArray().Add(new JsonObject
            {
                ["rule"] = "orderTooLarge", ["scope"] = new JsonObject { ["country"] = country }, ["severity"] = "refer",
                ["amount"] = ValueOf(AnswerKind.Amount, answered(CountriesAbove)) ?? 0,
            });
        return changes;
    }

    /// <summary>The field that is meant when the reader refuses a path of the changes; null when none is.</summary>
    public static string? FieldOf(string path)
    {
        if (Fields.FirstOrDefault(field => field.Path.Length > 0 && (Whole(field.Path) == path || path.StartsWith(Whole(field.Path) + "[", StringComparison.Ordinal))) is { } known)
            return known.Name;
        // An empty required part is refused as a whole: newCustomers, of which only one half was given.
        if (Fields.FirstOrDefault(field => Whole(field.Path).StartsWith(path + ".", StringComparison.Ordinal)) is { } part) return part.Name;
        return path.StartsWith(string.Create(CultureInfo.InvariantCulture, $"rules[{Standard.Policy.Rules.Length}"), StringComparison.Ordinal)
            || path.EndsWith("scope.country", StringComparison.Ordinal) ? Countries : null;
    }

    static IEnumerable<string> CountriesIn(Func<string, IReadOnlyList<string>> answered) =>
        answered(Countries).SelectMany(text => text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)).Select(country => country.ToUpperInvariant()).Distinct();

    static JsonNode? ValueOf(AskedField field, IReadOnlyList<string> texts) => ValueOf(field.Kind, texts);

    static JsonNode? ValueOf(AnswerKind kind, IReadOnlyList<string> texts) => kind switch
    {
        AnswerKind.Flag => JsonValue.Create(texts.Count > 0),
        AnswerKind.Some => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
        AnswerKind.One or AnswerKind.Countries => texts is [var word, ..] ? JsonValue.Create(word) : null,
        AnswerKind.Amount or AnswerKind.Percent or AnswerKind.Days => texts switch
        {
            [] => null,
            [var text, ..] => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(text),
        },
    };

    static void Set(JsonObject changes, string path, JsonNode? value)
    {
        var parts = Whole(path).Split('.');
        JsonObject at = changes;
        foreach (var part in parts[..^1])
        {
            var name = part.Split('[', 2);
            if (name.Length == 2) at = at[name[0]]![int.Parse(name[1].TrimEnd(']'), CultureInfo.InvariantCulture)]!.AsObject();
            else if (at[part] is JsonObject inner) at = inner;
            else if (value is null) return;
            else at = (JsonObject)(at[part] = new JsonObject());
        }

        if (value is null) at.Remove(parts[^1]);
        else at[parts[^1]] = value;
    }

    static JsonNode? At(JsonObject changes, string path)
    {
        JsonNode? at = changes;
        foreach (var part in Whole(path).Split('.'))
        {
            var name = part.Split('[', 2);
            at = (at as JsonObject)?[name[0]];
            if (name.Length == 2) at = at?[int.Parse(name[1].TrimEnd(']'), CultureInfo.InvariantCulture)];
        }

        return at;
    }

    /// <summary><c>overdue/minDays</c> is <c>rules[3].minDays</c>.</summary>
    static string Whole(string path) =>
        path.Split('/', 2) is [var rule, var parameter] ? string.Create(CultureInfo.InvariantCulture, $"rules[{RuleAt(rule)}].{parameter}") : path;

    static int RuleAt(string rule) => Standard.Policy.Rules.Select(one => one.Name).ToList().IndexOf(rule);
}

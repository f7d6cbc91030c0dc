using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>A policy as JSON: read strictly, written in the order of the documentation, so that what was read is written again as it was.</summary>
public static class PolicyJson
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The policy of a stored or embedded text. Throws where it is none: for texts that have already been admitted.</summary>
    public static Policy Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Strict);
        return Read(document.RootElement, out var policy) is { } problem ? throw new FormatException(problem.ToString()) : policy;
    }

    /// <summary>Reads a whole policy. Refuses: <c>field-unknown</c>, <c>field-invalid</c>.</summary>
    public static Problem? Read(JsonElement json, out Policy policy) => Fields.Read(json, fields => Whole(fields, null), out policy);

    /// <summary>The policy with the parts that are given in place of its own; a rule's entry replaces the one of the same rule and scope.</summary>
    /// <param name="changes">May carry <c>basedOn</c>, which is not looked at.</param>
    public static Problem? Apply(Policy basis, JsonElement changes, out Policy policy) => Fields.Read(
        changes,
        fields =>
        {
            fields.Pass("basedOn");
            return Whole(fields, basis);
        },
        out policy);

    /// <summary>What a policy takes beside its rules.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [.. Fields.Told(fields => Whole(fields, null)).Where(parameter => parameter.List != "rules")];

    public static string Write(Policy policy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteParts(json, policy);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the policy's parts into an object that has been begun.</summary>
    public static void WriteParts(Utf8JsonWriter json, Policy policy)
    {
        json.WriteString("name", policy.Name);
        if (policy.Currency is { } currency) json.WriteString("currency", currency.Code);
        json.WriteWord<Compare>("compare", policy.Compare);
        json.WriteBoolean("nettingUnapplied", policy.NettingUnapplied);
        json.WriteBoolean("autoRelease", policy.AutoRelease);
        json.WriteStartArray("excludeDisputes");
        foreach (var legitimacy in policy.ExcludeDisputes) json.WriteStringValue(Words.Of(legitimacy));
        json.WriteEndArray();
        json.WriteNumber("horizonDays", policy.HorizonDays);
        json.WriteNumber("authorizationDays", policy.AuthorizationDays);
        json.WriteStartObject("recheck");
        json.WriteNumber("deviationPercent", policy.Recheck.DeviationPercent);
        json.WriteNumber("days", policy.Recheck.Days);
        json.WriteEndObject();
        json.WriteNumber("watchPercent", policy.WatchPercent);
        json.WriteNumber("temporaryLimitStep", policy.TemporaryLimitStep);
        json.WriteStartArray("decisionDeadlines");
        foreach (var deadline in policy.DecisionDeadlines)
        {
            json.WriteStartObject();
            json.WriteNumberIfGiven("upTo", deadline.UpTo);
            json.WriteNumber("hours", deadline.Hours);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("delegation");
        foreach (var delegation in policy.Delegation) WriteDelegation(json, delegation);
        json.WriteEndArray();
        if (policy.InternalDefect is { } defect)
        {
            json.WriteStartObject("internalDefect");
            json.WriteWord<DefectAct>("act", defect.Act);
            json.WriteNumberIfGiven("upTo", defect.UpTo);
            json.WriteEndObject();
        }

        PartsJson.Write(json, policy);
        json.WriteStartArray("rules");
        foreach (var rule in policy.Rules) RuleJson.Write(json, rule);
        json.WriteEndArray();
    }

    static Policy Whole(Fields fields, Policy? basis)
    {
        T Part<T>(string name, Func<string, T> read, Func<Policy, T> kept) => basis is not null && !fields.Has(name) ? kept(basis) : read(name);

        var read = new Policy(
            Part("name", fields.Text, policy => policy.Name),
            Part("currency", fields.CurrencyOrNull, policy => policy.Currency),
            Part("compare", fields.Word<Compare>, policy => policy.Compare),
            Part("nettingUnapplied", fields.Flag, policy => policy.NettingUnapplied),
            Part("autoRelease", fields.Flag, policy => policy.AutoRelease),
            Part("excludeDisputes", name => Disputes(fields, name), policy => policy.ExcludeDisputes),
            Part("horizonDays", fields.Days, policy => policy.HorizonDays),
            Part("authorizationDays", fields.Days, policy => policy.AuthorizationDays),
            Part("recheck", name => fields.Object(name, ReadRecheck), policy => policy.Recheck),
            Part("watchPercent", fields.Percent, policy => policy.WatchPercent),
            Part("temporaryLimitStep", fields.Amount, policy => policy.TemporaryLimitStep),
            Part("decisionDeadlines", name => Deadlines(fields, name), policy => policy.DecisionDeadlines),
            Part("delegation", name => fields.Objects(name, ReadDelegation), policy => policy.Delegation),
            Part("internalDefect", name => fields.ObjectOrNull(name, ReadDefect), policy => policy.InternalDefect),
            Part("rules", name => RuleJson.Merged(fields, name, basis), policy => policy.Rules));
        return PartsJson.Read(fields, read, basis);
    }

    static ImmutableArray<Legitimacy> Disputes(Fields fields, string name) =>
        [.. fields.SomeOf(name, Words.All<Legitimacy>()).Select(Words.Parse<Legitimacy>)];

    static Recheck ReadRecheck(Fields fields) => new(fields.Percent("deviationPercent"), fields.Days("days"));

    static ImmutableArray<DecisionDeadline> Deadlines(Fields fields, string name)
    {
        var tiers = fields.Objects(name, tier => new DecisionDeadline(tier.AmountOrNull("upTo"), tier.Whole("hours", 1, 10_000)));
        var ascend = tiers.Length > 0 && tiers[^1].UpTo is null;
        for (var at = 0; ascend && at + 1 < tiers.Length; at++)
            ascend = tiers[at].UpTo is { } bound && (tiers[at + 1].UpTo is not { } next || next > bound);
        return ascend ? tiers : fields.Refuse(name, "must rise in amount from step to step, and the last must have none", tiers);
    }

    static Delegation ReadDelegation(Fields fields) => new(
        fields.OneOf("role", Roles.All),
        fields.AmountOrNull("upTo"),
        fields.AmountOrNull("exposureUpTo"),
        fields.PercentOrNull("overrunPercent"),
        fields.WholeOrNull("overdueDays", 0, 3650),
        fields.Has("riskClasses") ? fields.SomeOf("riskClasses", Policy.RiskClasses) : null,
        fields.AmountOrNull("secondPersonAbove"))
    {
        Causes = fields.Has("causes") ? fields.SomeOf("causes", Policy.Causes) : null,
    };

    static void WriteDelegation(Utf8JsonWriter json, Delegation delegation)
    {
        json.WriteStartObject();
        json.WriteString("role", delegation.Role);
        json.WriteNumberIfGiven("upTo", delegation.UpTo);
        json.WriteNumberIfGiven("exposureUpTo", delegation.ExposureUpTo);
        json.WriteNumberIfGiven("overrunPercent", delegation.OverrunPercent);
        json.WriteNumberIfGiven("overdueDays", delegation.OverdueDays);
        if (delegation.RiskClasses is { } classes) json.WriteTexts("riskClasses", classes);
        if (delegation.Causes is { } causes) json.WriteTexts("causes", causes);
        json.WriteNumberIfGiven("secondPersonAbove", delegation.SecondPersonAbove);
        json.WriteEndObject();
    }

    static InternalDefect ReadDefect(Fields fields) => new(fields.Word<DefectAct>("act"), fields.AmountOrNull("upTo"));

    internal static void WriteWord<TEnum>(this Utf8JsonWriter json, string name, TEnum? word) where TEnum : struct, Enum
    {
        if (word is { } given) json.WriteString(name, Words.Of(given));
    }

    internal static void WriteNumberIfGiven(this Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } given) json.WriteNumber(name, given);
    }
}

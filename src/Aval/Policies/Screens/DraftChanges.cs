using System.Text.Json;
using System.Text.Json.Nodes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Policies.Screens;

/// <summary>An edit of the draft as the one command that writes drafts: all of it over its basis, with what the edit changes.</summary>
static class DraftChanges
{
    /// <summary>Parts that stand in a draft as usual unless it says otherwise: left out of the changes they would be the basis's.</summary>
    static readonly string[] AsUsual =
        ["currency", "internalDefect", "arbitration", "dataResponsibility", "disputes", "exceptions", "escalation", "cashApplication", "provision"];

    /// <summary>The draft as it is, to be changed.</summary>
    public static JsonObject Of(PolicyDraft draft)
    {
        var changes = JsonNode.Parse(PolicyJson.Write(draft.Policy))!.AsObject();
        foreach (var part in AsUsual) changes.TryAdd(part, null);
        changes["basedOn"] = draft.BasedOn is { } version ? version : Standard.Name;
        return changes;
    }

    /// <summary>These fields in place of the draft's; one that the form left empty is refused where it is needed.</summary>
    public static JsonObject WithPart(PolicyDraft draft, IEnumerable<string> fields, JsonObject body)
    {
        var changes = Of(draft);
        foreach (var field in fields) changes[field] = null;
        foreach (var (field, value) in body.ToList()) changes[field] = value?.DeepClone();
        return changes;
    }

    /// <summary>A rule's entry in place of the one of its rule and scope, or behind them all.</summary>
    /// <param name="entry">Null to take it away: what the basis has of it then stands again.</param>
    /// <returns>The changes, and which of the rules it is.</returns>
    public static (JsonObject Changes, int At) WithRule(PolicyDraft draft, string rule, Scope scope, JsonObject? entry)
    {
        var changes = Of(draft);
        var rules = changes["rules"]!.AsArray();
        var at = 0;
        while (at < draft.Policy.Rules.Length && (draft.Policy.Rules[at].Name != rule || draft.Policy.Rules[at].Scope != scope)) at++;
        if (at < rules.Count) rules.RemoveAt(at);
        if (entry is not null) rules.Insert(at, entry);
        return (changes, at);
    }

    /// <param name="edition">Of the draft that was read; nothing is asked for where there was none and is none.</param>
    public static PutDraft Command(JsonObject changes, string? edition, PoliciesFacts facts) =>
        new(JsonSerializer.SerializeToElement(changes)) { Read = facts.Draft is null && string.IsNullOrEmpty(edition) ? null : [edition ?? ""] };

    /// <summary>What the draft's basis says.</summary>
    public static Policy BasisOf(PolicyDraft draft, PoliciesFacts facts) =>
        (draft.BasedOn is { } version ? facts.Version(version)?.Policy : null) ?? Standard.Policy;

    public static string EditionOf(PolicyDraft draft) => Edition.TagOf(PolicyDraft.Table, draft);

    /// <summary>Overdue items are asked for as pairs; one alone is written without them, as it was.</summary>
    public static void WriteOnePairPlain(JsonObject entry)
    {
        if (entry["pairs"] is not JsonArray { Count: 1 } pairs || pairs[0] is not JsonObject only) return;
        entry.Remove("pairs");
        foreach (var (name, value) in only.ToList()) entry[name] = value?.DeepClone();
    }

    /// <summary>The other way round, for the form: one test that stands alone is the first of the pairs.</summary>
    public static JsonObject WithPairs(JsonObject entry)
    {
        if (entry["pairs"] is not null) return entry;
        var only = new JsonObject();
        foreach (var name in Pair)
            if (entry[name] is { } value) only[name] = value.DeepClone();
        entry["pairs"] = new JsonArray(only);
        return entry;
    }

    public static readonly string[] Pair = ["minDays", "minAmount", "minSharePercent"];
}

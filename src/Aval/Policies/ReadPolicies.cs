using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>A version by its number, without its content.</summary>
/// <param name="ApprovedBy">Who activated it.</param>
/// <param name="Effective">The business date from which it holds.</param>
/// <param name="State">Whether it waits for its day, holds, or has been followed by another.</param>
public sealed record PolicyVersionLine(int Version, string Name, string Author, string ApprovedBy, string Reason, DateOnly Effective, PolicyState State);

public enum PolicyState
{
    /// <summary>Its day has not come.</summary>
    Waits,
    Holds,
    /// <summary>A later version holds, or overtook it before its day came.</summary>
    Past,
}

static class ReadPolicies
{
    internal static void Map(Api api)
    {
        api.Get<IReadOnlyList<PolicyVersionLine>>(
            "/policies", PolicyPermissions.Read, "Lists all policy versions, the first one first.",
            async (request, cancel) =>
            {
                var facts = await FactsAsync(request, cancel);
                return facts.Versions.Select(row => new PolicyVersionLine(
                    row.Version, row.Policy.Name, row.Author, row.ApprovedBy, row.Reason, row.Effective, facts.StateOf(row))).ToList();
            });
        api.Get<JsonElement>(
            "/policies/current", PolicyPermissions.Read, "Reads the policy that holds.", shape: new Described(null, typeof(PolicyBody)), read:
            async (request, cancel) => await FactsAsync(request, cancel) is var facts && facts.Version(facts.Current.Version) is { } row
                ? PolicyAnswer.Of(row)
                : PolicyProblems.PolicyUnknown.With("The store has not recorded its first policy yet."));
        api.Get<JsonElement>(
            "/policies/draft", PolicyPermissions.Read, "Reads the policy that is being drafted.", shape: new Described(null, typeof(DraftBody)),
            problems: [PolicyProblems.DraftMissing],
            read: async (request, cancel) =>
            {
                if ((await FactsAsync(request, cancel)).Draft is not { } draft) return PolicyProblems.DraftMissing.With("Nobody is drafting a policy.");
                request.ShowEdition(PolicyDraft.Table, draft);
                return PolicyAnswer.Of(draft);
            });
        api.Get<JsonElement>(
            "/policies/{version}", PolicyPermissions.Read, "Reads one policy version.", shape: new Described(null, typeof(PolicyBody)), problems: [PolicyProblems.PolicyUnknown],
            read: async (request, cancel) =>
                int.TryParse(request.Route("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                && (await FactsAsync(request, cancel)).Version(version) is { } row
                    ? PolicyAnswer.Of(row)
                    : PolicyProblems.PolicyUnknown.With($"There is no policy version {request.Route("version")}."));
    }

    static async Task<PoliciesFacts> FactsAsync(ApiRequest request, CancellationToken cancel) =>
        (await request.Desk.CompanyAsync(cancel)).Get<PoliciesFacts>();
}

/// <summary>A policy as it is answered: what it says, and where it comes from.</summary>
static class PolicyAnswer
{
    public static JsonElement Of(PolicyVersion row) => Written(json =>
    {
        json.WriteNumber("version", row.Version);
        PolicyJson.WriteParts(json, row.Policy.InFull());
        json.WriteString("author", row.Author);
        json.WriteString("approvedBy", row.ApprovedBy);
        json.WriteString("reason", row.Reason);
        json.WriteString("effective", row.Effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    });

    public static JsonElement Of(PolicyDraft draft) => Written(json =>
    {
        if (draft.BasedOn is { } version) json.WriteNumber("basedOn", version);
        else json.WriteString("basedOn", Standard.Name);
        PolicyJson.WriteParts(json, draft.Policy.InFull());
        json.WriteString("author", draft.Author);
        json.WriteString("drafted", draft.Drafted.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    });

    static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}

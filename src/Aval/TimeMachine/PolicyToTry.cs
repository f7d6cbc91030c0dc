using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.TimeMachine;

/// <summary>The policy that somebody wants to try on a store that no Desk serves: a draft of their own, or the store's.</summary>
public static class PolicyToTry
{
    /// <param name="changes">As <c>PUT /policies/draft</c> takes them; null for what is being drafted in the store.</param>
    /// <returns>The policy, or as the Desk would refuse it: <c>json-malformed</c>, <c>field-invalid</c>, <c>policy-unknown</c>, <c>draft-missing</c>.</returns>
    public static async Task<Answered<Policy>> FindAsync(Store store, byte[]? changes, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var company = await reader.RootAsync(Facts.Company, cancel) is { } row ? (await reader.LoadAsync([row], cancel))[0] : store.Composition.Empty(Facts.Company);
        if (changes is null)
            return company.Get<PoliciesFacts>().Draft is { } written ? written.Policy : PolicyProblems.DraftMissing.With("Nobody is drafting a policy in this store.");
        var read = BodyReader.Read<JsonElement>(changes);
        if (read.Problem is { } malformed) return malformed;
        var draft = new PutDraft(read.Value);
        var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [Facts.Company] = company };
        var tried = new Case(Facts.Company, Actor.Rule("simulation"), DateTimeOffset.UnixEpoch, company.Through, known, store.Composition);
        return (draft.Refuse() ?? draft.Decide(tried)) is { } problem ? problem : tried.Facts.Get<PoliciesFacts>().Draft!.Policy;
    }
}

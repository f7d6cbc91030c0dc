using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>What was revoked.</summary>
/// <param name="Revoked">How many keys of that name were valid until now.</param>
public sealed record RevokedAnswer(string Name, int Revoked);

/// <summary>Revokes every key of a holder, at once on this node and within two seconds on the others.</summary>
sealed record RevokeApiKey(string Holder) : Command
{
    internal static void Map(Api api) => api.Delete<RevokedAnswer>(
        "/api-keys/{name}", Permissions.MakeKeys, "Revokes all keys of this name.", problems: [AccessProblems.ApiKeyUnknown],
        act: async (request, _) =>
        {
            var done = await request.SubmitAsync(new RevokeApiKey(request.Route("name")));
            if (done.Outcome is not { } outcome) return done.Problem!;
            request.Get<Keyring>().Show(outcome.After!);
            return new RevokedAnswer(request.Route("name"), outcome.Rows.Count);
        });

    public override string Name => "revokeApiKey";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Decide(Case @case)
    {
        var keys = @case.Facts.Get<AccessFacts>().KeysOf(Holder).Where(key => key.RevokedAt is null).OrderBy(key => key.Id, StringComparer.Ordinal).ToList();
        if (keys.Count == 0) return AccessProblems.ApiKeyUnknown.With($"There is no valid key named {Holder}.");
        foreach (var key in keys) @case.Put(ApiKey.Table, key with { RevokedAt = @case.Now, RevokedBy = @case.Actor.Name });
        return null;
    }
}

using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <param name="GraceHours">Whole hours for which the keys of before go on beside the new one, from 0; by default 24.</param>
public sealed record RotateBody(int GraceHours = RotateBody.UsualGrace)
{
    public const int UsualGrace = 24;
}

/// <summary>The key that takes the place of others.</summary>
/// <param name="Key">Shown here and never again.</param>
/// <param name="Retired">How many keys it replaces.</param>
/// <param name="RetireAt">The instant from which they are valid no more.</param>
public sealed record RotatedAnswer(string Key, string Name, IReadOnlyList<string> Roles, DateOnly? Expires, int Retired, DateTimeOffset RetireAt);

/// <summary>Makes a key like the last of this name, and lets those of before go on for a while, so that whoever holds them can change over.</summary>
sealed record RotateApiKey(string Holder, int GraceHours, string Id, string Hash) : Command
{
    /// <summary>Thirty days: a change that takes longer is none.</summary>
    const int MostGrace = 720;

    internal static void Map(Api api) => api.Post<RotateBody, RotatedAnswer>(
        "/api-keys/{name}/rotate", Permissions.MakeKeys, "Makes a key in place of those of this name, which go on for a while.", status: 201,
        problems: [AccessProblems.ApiKeyUnknown, AccessProblems.KeyDecides, AccessProblems.ApiKeyShownOnce],
        act: async (body, request, _) =>
        {
            var secret = ApiKey.NewSecret();
            var done = await request.SubmitAsync(Of(request.Route("name"), body.GraceHours, secret));
            if (done.Outcome is not { } outcome) return done.Problem!;
            if (outcome.Repeated) return AccessProblems.ApiKeyShownOnce.With($"The key of {request.Route("name")} was shown when it was made.");
            request.Get<Keyring>().Show(outcome.After!);
            var keys = outcome.Rows.OfType<ApiKey>().ToList();
            return new RotatedAnswer(secret, keys[^1].Name, keys[^1].Roles, keys[^1].Expires, keys.Count - 1, keys[0].RetiresAt!.Value);
        });

    public static RotateApiKey Of(string holder, int graceHours, string secret) => new(holder, graceHours, Guid.CreateVersion7().ToString("N"), ApiKey.HashOf(secret));

    public override string Name => "rotateApiKey";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse() =>
        GraceHours is < 0 or > MostGrace ? KernelProblems.Invalid("graceHours", $"must be from 0 to {MostGrace}") : null;

    public override Problem? Decide(Case @case)
    {
        var keys = @case.Facts.Get<AccessFacts>().KeysOf(Holder).Where(key => key.IsValidOn(@case.Today, @case.Now))
            .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal).ToList();
        if (keys.Count == 0) return AccessProblems.ApiKeyUnknown.With($"There is no valid key named {Holder}.");
        var last = keys[^1];
        // Whoever rotates a key has the new one in hand, as if they had made it.
        if (!@case.Actor.Roles.Contains(Permission.AllRights)
            && RoleNames.RefuseDeciding(@case.Facts.Get<AccessFacts>(), last.Name, last.Roles, last.Rights, last.ReadOnly) is { } refused)
            return refused;
        var retire = @case.Now.AddHours(GraceHours);
        foreach (var key in keys) @case.Put(ApiKey.Table, key with { RetiresAt = key.RetiresAt < retire ? key.RetiresAt : retire });
        @case.Put(ApiKey.Table, last with { Id = Id, Hash = Hash, CreatedAt = @case.Now, CreatedBy = @case.Actor.Name, RetiresAt = null, Maker = @case.Actor.MadeBy });
        return null;
    }
}

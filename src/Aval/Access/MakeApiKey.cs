using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Who gets a key, and what they may do with it.</summary>
/// <param name="Name">The name that the journal keeps for whoever uses the key; no user's.</param>
/// <param name="Roles">One or more of the roles of docs/permissions.md; those that should lie apart, or decide, only where leadership has accepted it or from the
/// bootstrap key.</param>
/// <param name="Expires">The last business date on which it is valid; without it until it is revoked.</param>
/// <param name="Rights">Narrows it to these rights of docs/permissions.md, which its roles must have; without it all that they have.</param>
/// <param name="ReadOnly">True for a key that may look and change nothing.</param>
/// <param name="RequestsPerSecond">How many requests it may send, at each node, from 1 to 100,000; without it as many as the server allows everybody.</param>
public sealed record ApiKeyBody(string Name, IReadOnlyList<string> Roles, DateOnly? Expires = null, IReadOnlyList<string>? Rights = null, bool ReadOnly = false,
    int? RequestsPerSecond = null)
{
    public const int MostRequests = 100_000;
}

/// <summary>The key that was made.</summary>
/// <param name="Key">Shown here and never again.</param>
public sealed record ApiKeyAnswer(
    string Key, string Name, IReadOnlyList<string> Roles, DateOnly? Expires, IReadOnlyList<string>? Rights, bool ReadOnly, int? RequestsPerSecond)
{
    internal static ApiKeyAnswer Of(string secret, ApiKey key) => new(secret, key.Name, key.Roles, key.Expires, key.Rights, key.ReadOnly, key.RequestsPerSecond);
}

/// <summary>Makes a key. Every call makes a new one, under the same name too.</summary>
/// <param name="Hash">Of the key; the key itself never reaches the Desk.</param>
sealed record MakeApiKey(string Id, ApiKeyBody Asked, string Hash) : Command
{
    internal static void Map(Api api) => api.Post<ApiKeyBody, ApiKeyAnswer>(
        "/api-keys", Permissions.MakeKeys, "Makes a key and shows it, this once.", status: 201,
        problems: [AccessProblems.RolesConflict, AccessProblems.KeyDecides, AccessProblems.ApiKeyShownOnce],
        act: async (body, request, _) =>
        {
            if (RefuseRights(body, request.Get<Rights>()) is { } unknown) return unknown;
            var secret = ApiKey.NewSecret();
            var made = await request.SubmitAsync(Of(body, secret));
            if (made.Outcome is not { } outcome) return made.Problem!;
            if (outcome.Repeated) return AccessProblems.ApiKeyShownOnce.With($"The key of {body.Name} was shown when it was made.");
            request.Get<Keyring>().Show(outcome.After!);
            return ApiKeyAnswer.Of(secret, outcome.Row<ApiKey>()!);
        });

    public static MakeApiKey Of(ApiKeyBody body, string secret) => new(Guid.CreateVersion7().ToString("N"), body, ApiKey.HashOf(secret));

    /// <summary>A key is narrowed to rights that its roles have: any other would be a promise that is not kept.</summary>
    public static Problem? RefuseRights(ApiKeyBody body, Rights rights)
    {
        if (body.Rights is not { } asked) return null;
        if (asked.Count == 0) return KernelProblems.Invalid("rights", "must name a right, or be left out");
        var had = rights.Of(Actor.Key("asked", body.Roles));
        for (var i = 0; i < asked.Count; i++)
            if (!had.Contains(asked[i])) return KernelProblems.Invalid($"rights[{i}]", $"must be a right of these roles: {string.Join(", ", had)}");
        return null;
    }

    public override string Name => "makeApiKey";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("name", Asked.Name) is { } problem) return problem;
        if (Asked.Name == Keyring.BootstrapName)
            return KernelProblems.FieldInvalid.With($"name must not be {Asked.Name}, which is the bootstrap key's.", "name");
        if (Asked.RequestsPerSecond is < 1 or > ApiKeyBody.MostRequests) return KernelProblems.Invalid("requestsPerSecond", $"must be from 1 to {ApiKeyBody.MostRequests}");
        return RoleNames.Refuse(Asked.Roles);
    }

    public override Problem? Decide(Case @case)
    {
        var roles = RoleNames.Ordered(Asked.Roles);
        var facts = @case.Facts.Get<AccessFacts>();
        if (Asked.Expires < @case.Today) return KernelProblems.Invalid("expires", $"must not be before the business date {@case.Today:yyyy-MM-dd}");
        if (facts.User(Asked.Name) is { } user) return KernelProblems.Invalid("name", $"must not be {user.Name}, which is a user's");
        // The bootstrap key sets a company up, whose systems carry what many people enter.
        if (!@case.Actor.Roles.Contains(Permission.AllRights)
            && (RoleNames.RefuseConflicts(facts, Asked.Name, roles) ?? RoleNames.RefuseDeciding(facts, Asked.Name, roles, Asked.Rights, Asked.ReadOnly)) is { } refused)
            return refused;
        @case.Put(ApiKey.Table, new ApiKey(Id, Asked.Name, Hash, roles, Asked.Expires, @case.Now, @case.Actor.Name, null, null, Asked.Rights, Asked.ReadOnly,
            Maker: @case.Actor.MadeBy, RequestsPerSecond: Asked.RequestsPerSecond));
        return null;
    }
}

using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Who gets a key, and what they may do with it.</summary>
/// <param name="Name">The name that the journal keeps for whoever uses the key.</param>
/// <param name="Roles">One or more of the roles of docs/permissions.md.</param>
/// <param name="Expires">The last business date on which it is valid; without it until it is revoked.</param>
public sealed record ApiKeyBody(string Name, IReadOnlyList<string> Roles, DateOnly? Expires = null);

/// <summary>The key that was made.</summary>
/// <param name="Key">Shown here and never again.</param>
public sealed record ApiKeyAnswer(string Key, string Name, IReadOnlyList<string> Roles, DateOnly? Expires);

/// <summary>Makes a key. Every call makes a new one, under the same name too.</summary>
/// <param name="Hash">Of the key; the key itself never reaches the Desk.</param>
sealed record MakeApiKey(string Id, ApiKeyBody Asked, string Hash) : Command
{
    internal static void Map(Api api) => api.Post<ApiKeyBody, ApiKeyAnswer>(
        "/api-keys", Permissions.MakeKeys, "Makes a key and shows it, this once.", status: 201, problems: [AccessProblems.ApiKeyShownOnce],
        act: async (body, request, _) =>
        {
            var secret = ApiKey.NewSecret();
            var made = await request.SubmitAsync(new MakeApiKey(Guid.CreateVersion7().ToString("N"), body, ApiKey.HashOf(secret)));
            if (made.Outcome is not { } outcome) return made.Problem!;
            if (outcome.Repeated) return AccessProblems.ApiKeyShownOnce.With($"The key of {body.Name} was shown when it was made.");
            request.Get<Keyring>().Show(outcome.After!);
            var key = outcome.Row<ApiKey>()!;
            return new ApiKeyAnswer(secret, key.Name, key.Roles, key.Expires);
        });

    public override string Name => "makeApiKey";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("name", Asked.Name) is { } problem) return problem;
        if (Asked.Name == Keyring.BootstrapName)
            return KernelProblems.FieldInvalid.With($"name must not be {Asked.Name}, which is the bootstrap key's.", "name");
        if (Asked.Roles.Count == 0) return KernelProblems.FieldInvalid.With("roles must name a role.", "roles");
        for (var i = 0; i < Asked.Roles.Count; i++)
            if (!Roles.All.Contains(Asked.Roles[i]))
                return KernelProblems.FieldInvalid.With($"roles[{i}] must be one of {string.Join(", ", Roles.All)}.", $"roles[{i}]");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        var roles = Roles.All.Where(Asked.Roles.Contains).ToList();
        @case.Put(ApiKey.Table, new ApiKey(Id, Asked.Name, Hash, roles, Asked.Expires, @case.Now, @case.Actor.Name, null, null));
        return null;
    }
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Access;

/// <summary>Who may call, and what they may do: keys, roles, rights.</summary>
public sealed class AccessCapability : ICapability
{
    public string Name => "Access";
    public IReadOnlyList<Table> Tables => [ApiKey.Table];
    public IFactsSlice EmptyFacts => ApiKeys.None;
    public IReadOnlyList<ProblemKind> Problems => [AccessProblems.ApiKeyUnknown, AccessProblems.ApiKeyShownOnce];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<Keyring>();
        services.AddSingleton<IKeys>(provider => provider.GetRequiredService<Keyring>());
        services.AddHostedService(provider => provider.GetRequiredService<Keyring>());
    }

    public void Map(Api api)
    {
        MakeApiKey.Map(api);
        ListApiKeys.Map(api);
        RevokeApiKey.Map(api);
    }
}

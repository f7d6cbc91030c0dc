using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Access;

/// <summary>Who may call, and what they may do: users, keys, tokens, roles, rights, deputies; and the log of who came.</summary>
public sealed class AccessCapability : ICapability
{
    public string Name => "Access";
    public IReadOnlyList<Table> Tables => [ApiKey.Table, User.Table, Deputy.Table, AcceptedConflict.Table];
    public IFactsSlice EmptyFacts => AccessFacts.None;
    public IReadOnlyList<ProblemKind> Problems => AccessProblems.All;

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<KeyUses>();
        services.AddSingleton(provider => new Keyring(
            provider.GetRequiredService<Desk>(), provider.GetRequiredService<KeyUses>(), provider.GetRequiredService<ServerOptions>(),
            provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Keyring>>()));
        services.AddHostedService(provider => provider.GetRequiredService<Keyring>());
        services.AddSingleton<Passwords>().AddSingleton<PasswordHalves>().AddSingleton<GivePassword>();
        services.AddSingleton<LockOut>().AddSingleton<SessionStore>().AddSingleton<AccessLog>().AddSingleton<Sessions>();
        services.AddSingleton<PasswordSignIn>().AddSingleton<PasswordChange>().AddSingleton<SingleSignOn>().AddSingleton<Rights>();
        services.AddSingleton<IVisitors>(provider => provider.GetRequiredService<Sessions>());
        services.AddSingleton<IPreferences, Preferences>();
        services.AddSingleton<IKeys, Callers>();
        services.AddDataProtection().SetApplicationName("Aval");
        services.AddOptions<KeyManagementOptions>().Configure<Store>((keys, store) => keys.XmlRepository = new SessionKeys(store));
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        SignIn.MapPages(pages);
        ShowAccount.MapPages(pages);
        ShowUsers.MapPages(pages);
        ShowApiKeys.MapPages(pages);
        ShowAccessLog.MapPages(pages);
    }

    public void Map(Api api)
    {
        SignInByApi.Map(api);
        OwnAccount.Map(api);
        ReadUsers.Map(api);
        PutUser.Map(api);
        AcceptRoles.Map(api);
        DisableUser.Map(api);
        GivePassword.Map(api);
        AcceptRoleConflict.Map(api);
        NameDeputy.Map(api);
        EndDeputy.Map(api);
        MakeApiKey.Map(api);
        ListApiKeys.Map(api);
        RotateApiKey.Map(api);
        RevokeApiKey.Map(api);
        ReadAccessLog.Map(api);
    }
}

using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
        services.AddSingleton<Sessions>();
        services.AddSingleton<IVisitors>(provider => provider.GetRequiredService<Sessions>());
        services.AddDataProtection().SetApplicationName("Aval");
        services.AddOptions<KeyManagementOptions>().Configure<Store>((keys, store) => keys.XmlRepository = new SessionKeys(store));
        services.AddAuthentication().AddCookie(Sessions.Scheme, cookie =>
        {
            cookie.Cookie.Name = "aval-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
        });
    }

    public void MapPages(IEndpointRouteBuilder pages) => SignIn.MapPages(pages);

    public void Map(Api api)
    {
        MakeApiKey.Map(api);
        ListApiKeys.Map(api);
        RevokeApiKey.Map(api);
    }
}

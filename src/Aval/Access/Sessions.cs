using System.Security.Claims;
using SessionClaim = System.Security.Claims.Claim;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Aval.Access;

/// <summary>Who is signed in to the screens. The cookie says by which key or as which person; what they may do is asked anew at every page.</summary>
/// <remarks>Only pages look at the cookie: under <c>/api</c> the header alone counts (<c>Kernel/Web/ApiEndpoint.cs</c>).</remarks>
sealed class Sessions(Keyring keyring, ServerOptions options) : IVisitors
{
    public const string Scheme = "session";

    const string ByKey = "key";
    const string ByName = "name";

    public async ValueTask<Actor?> FindAsync(HttpContext context)
    {
        var session = await context.AuthenticateAsync(Scheme);
        if (session.Principal is not { } principal) return null;
        var actor = principal.FindFirst(ByKey) is { } key ? await keyring.FindHashAsync(key.Value, context.RequestAborted)
            : principal.FindFirst(ByName) is { } name ? DemoPeople.Find(options, name.Value)
            : null;
        if (actor is not null) context.User = principal;
        return actor;
    }

    /// <summary>Opens a session for the holder of a key; false when there is no such key.</summary>
    public async Task<bool> OpenAsync(HttpContext context, string key)
    {
        if (await keyring.FindAsync(key, context.RequestAborted) is null) return false;
        await OpenAsync(context, new SessionClaim(ByKey, ApiKey.HashOf(key)));
        return true;
    }

    /// <summary>Opens a session as a person of the demonstration; false when this is none, or there is no such person.</summary>
    public async Task<bool> OpenAsAsync(HttpContext context, string name)
    {
        if (DemoPeople.Find(options, name) is null) return false;
        await OpenAsync(context, new SessionClaim(ByName, name));
        return true;
    }

    public static Task CloseAsync(HttpContext context) => context.SignOutAsync(Scheme);

    static Task OpenAsync(HttpContext context, SessionClaim claim) =>
        context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([claim], Scheme, claim.Type, null)));
}

using System.Security.Claims;
using SessionClaim = System.Security.Claims.Claim;
using Aval.Kernel;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Access;

/// <summary>Who is signed in. A session says by which key or as which user; what they may do is asked anew at every call.</summary>
/// <remarks>Only pages look at the cookie: under <c>/api</c> the header alone counts (<c>Kernel/Web/ApiEndpoint.cs</c>), where the same token may stand.</remarks>
sealed class Sessions(Keyring keyring, SessionStore store, Desk desk) : IVisitors
{
    public const string Cookie = "aval-session";

    public async ValueTask<Actor?> FindAsync(HttpContext context)
    {
        if (await CurrentAsync(context) is not { } session || await ActorOfAsync(session, context.RequestAborted) is not { } actor) return null;
        // Forms are bound to it: one that was shown in another session is refused.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new SessionClaim(ClaimTypes.NameIdentifier, session.Hash)], "session"));
        return actor;
    }

    /// <summary>The session of the browser's cookie; null when it has none that holds.</summary>
    public async Task<Session?> CurrentAsync(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: > 0 } token ? await store.FindAsync(token, context.RequestAborted, IsUse(context.Request)) : null;

    /// <summary>Who holds this token; null when nobody (any more) does.</summary>
    public async ValueTask<Actor?> FindAsync(string token, CancellationToken cancel) =>
        await store.FindAsync(token, cancel) is { } session ? await ActorOfAsync(session, cancel) : null;

    /// <summary>Opens a session in this browser for the holder of a key; null when there is no such key.</summary>
    public async Task<Actor?> OpenAsync(HttpContext context, string key)
    {
        if (await keyring.FindAsync(key, context.RequestAborted) is not { } actor) return null;
        Keep(context, await store.OpenAsync(SessionKind.Key, ApiKey.HashOf(key), null, AgentOf(context), context.RequestAborted));
        return actor;
    }

    /// <summary>A session of a user whose password was right.</summary>
    /// <returns>The token.</returns>
    public Task<string> OpenAsync(HttpContext context, User user, KeptPassword password) =>
        store.OpenAsync(SessionKind.User, user.Name, password, AgentOf(context), context.RequestAborted);

    /// <summary>Gives the browser the token: no script sees it, no other site sends it.</summary>
    public static void Keep(HttpContext context, string token) => context.Response.Cookies.Append(
        Cookie, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true });

    public async Task CloseAsync(HttpContext context)
    {
        if (await CurrentAsync(context) is { } session) await store.EndAsync(session.Hash, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie);
    }

    async ValueTask<Actor?> ActorOfAsync(Session session, CancellationToken cancel) => session.Kind switch
    {
        SessionKind.Key => await keyring.FindHashAsync(session.Holder, cancel),
        SessionKind.User => (await desk.CompanyAsync(cancel)).Get<AccessFacts>().User(session.Holder) is { IsEnabled: true } user ? user.ToActor() : null,
    };

    /// <summary>Pages ask for their news by themselves (<c>aval.js</c>).</summary>
    static bool IsUse(HttpRequest request) => !request.Headers.ContainsKey("Aval-News") && request.Headers.Accept != "text/event-stream";

    static string AgentOf(HttpContext context) => context.Request.Headers.UserAgent.ToString();
}

using Aval.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Web;

/// <summary>The language of a visitor: what they have chosen and is kept with them, else what was chosen in this browser, else what it asks for, else English.</summary>
static class ChosenTongue
{
    const string Cookie = "aval-language";

    public static Tongue Of(HttpRequest request, Preferred preferred) => preferred.Tongue ?? Tongue.Of(request.Cookies[Cookie]) ?? AskedBy(request) ?? Tongue.English;

    public static void MapTongue(this IEndpointRouteBuilder routes) => routes.MapOpen("POST", "/language", async (request, cancel) =>
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        if (Tongue.Of(form["language"]) is { } chosen) await KeepAsync(request, chosen, cancel);
        return PageAnswer.To(Links.Local(form["return"]));
    });

    static async Task KeepAsync(PageRequest request, Tongue chosen, CancellationToken cancel)
    {
        if (request.Actor.Kind != ActorKind.Rule) await Preferred.KeepTongueAsync(request.Get<IPreferences>(), request.Actor, chosen, cancel);
        else
            request.Context.Response.Cookies.Append(
                Cookie, chosen.Code,
                new CookieOptions { SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = request.Context.Request.IsHttps });
    }

    /// <summary>The first of ours in the order in which the browser prefers them.</summary>
    internal static Tongue? AskedBy(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(asked => asked.Quality != 0).OrderByDescending(asked => asked.Quality ?? 1)
        .Select(asked => Tongue.Of(asked.Value.ToString().Split('-')[0].ToLowerInvariant())).FirstOrDefault(known => known is not null);
}

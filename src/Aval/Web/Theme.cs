using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Web;

/// <summary>Light or dark, kept in a cookie; without one, as the system is set.</summary>
static class Theme
{
    public const string Cookie = "aval-theme";
    public const string Light = "light";
    public const string Dark = "dark";

    public static void MapTheme(this IEndpointRouteBuilder routes) => routes.MapOpen("POST", "/theme", async (request, cancel) =>
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        request.Context.Response.Cookies.Append(
            Cookie, form["theme"] == Dark ? Dark : Light,
            new CookieOptions { SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = request.Context.Request.IsHttps });
        return PageAnswer.To(Links.Local(form["return"]));
    });
}

using Aval.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Web;

/// <summary>What all screens need of the server.</summary>
public static class Screens
{
    public static void AddScreens(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<IProblemTongues, ProblemTongues>();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "aval-form";
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.FormFieldName = "token";
            forms.SuppressXFrameOptionsHeader = true; // frame-ancestors in PageHeaders.cs says more
        });
    }

    /// <summary>Stands before routing.</summary>
    public static void UseScreens(this IApplicationBuilder app)
    {
        app.Use(next => context => PageHeaders.SetAsync(context, next));
        app.Use(next => context => Pages.StrangersAsync(context, next));
    }

    public static void MapScreens(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapTheme();
        routes.MapTongue();
        routes.MapColumns();
    }
}

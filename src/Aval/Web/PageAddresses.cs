using Aval.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Web;

/// <summary>The addresses of all pages, as templates: which of them somebody may open, and on which one a form stands.</summary>
static class PageAddresses
{
    public static HashSet<string> OpenTo(HttpContext context, Actor actor) =>
        [.. All(context).Where(page => page.Permission?.IsGrantedTo(actor) != false).Select(page => page.Path)];

    /// <summary>The nearest page at or above this address, with its query: that of a form has no page of its own, and still says where one is.</summary>
    public static string Above(HttpContext context)
    {
        var templates = All(context).Select(page => page.Path).ToList();
        var parts = context.Request.Path.ToUriComponent().Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var length = parts.Length; length > 0; length--)
            if (templates.Exists(template => Leads(template, parts[..length]))) return "/" + string.Join('/', parts[..length]) + context.Request.QueryString.Value;
        return "/";
    }

    /// <summary>Whether an address, by its parts, is one of the template.</summary>
    public static bool Leads(string template, string[] parts)
    {
        var known = template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return known.Length == parts.Length && known.Zip(parts).All(pair => pair.First == pair.Second || (pair.First[0] == '{' && pair.Second.Length > 0));
    }

    static IEnumerable<PageAddress> All(HttpContext context) =>
        context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<PageAddress>())
            .OfType<PageAddress>().Where(page => page is { Method: "GET", IsStream: false });
}

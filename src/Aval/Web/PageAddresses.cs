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

    /// <summary>The page from which a refused form was sent, as it names that in <c>return</c>, else the nearest above it; the refusal alone where it cannot be shown.</summary>
    public static async Task<PageAnswer> AgainAsync(PageRequest request, PageAnswer refused, CancellationToken cancel)
    {
        var sent = request.Context.Request;
        var address = (sent.Form.TryGetValue("return", out var from) ? Links.Local(from) : Above(request.Context)).Split('?', 2);
        var parts = address[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = Endpoints(request.Context).FirstOrDefault(one => one.Page.Path == address[0]) is { Page: not null } exact ? exact
            : Endpoints(request.Context).FirstOrDefault(one => Leads(one.Page.Path, parts));
        if (found is not ({ } page, { } reading) || page.Permission?.IsGrantedTo(request.Actor) == false) return refused;
        foreach (var (name, part) in page.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Zip(parts).Where(pair => pair.First[0] == '{'))
            sent.RouteValues[name.Trim('{', '}')] = Uri.UnescapeDataString(part);
        (sent.Path, sent.QueryString) = (PathString.FromUriComponent(address[0]), new QueryString(address.Length > 1 ? "?" + address[1] : null));
        var shown = await reading.Read(request, cancel);
        return shown is { Status: StatusCodes.Status200OK, Component: not null } ? shown with { Status = refused.Status, Refusal = refused.Refusal } : refused;
    }

    static IEnumerable<PageAddress> All(HttpContext context) =>
        Endpoints(context).Select(endpoint => endpoint.Page);

    static IEnumerable<(PageAddress Page, PageReading? Reading)> Endpoints(HttpContext context) =>
        from endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
        let page = endpoint.Metadata.GetMetadata<PageAddress>()
        where page is { Method: "GET", IsStream: false }
        select (page, endpoint.Metadata.GetMetadata<PageReading>());
}

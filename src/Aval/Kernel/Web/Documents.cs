using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Kernel.Web;

/// <summary>What describes the API to whoever has no key yet: the OpenAPI document and a page a problem.</summary>
static class Documents
{
    public static void MapDocuments(this IEndpointRouteBuilder routes, Api api, Composition composition)
    {
        var openApi = new Lazy<byte[]>(() => OpenApi.Of(api));
        routes.MapGet(Api.Prefix + "/openapi.json", (RequestDelegate)(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.BodyWriter.WriteAsync(openApi.Value, context.RequestAborted);
        }));
        foreach (var problem in composition.Problems)
        {
            var page = $"{problem.Code} ({problem.Status})\n\n{problem.Title}.\n{problem.Remedy}\n";
            routes.MapGet("/problems/" + problem.Code, (RequestDelegate)(async context =>
            {
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(page, context.RequestAborted);
            }));
        }
    }
}

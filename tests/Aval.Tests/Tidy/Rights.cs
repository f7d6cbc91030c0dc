using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Aval.Tests.Tidy;

/// <summary>Nothing under <c>/api</c> answers without a right: an address is declared through <see cref="Api"/>, or is on the short list.</summary>
public sealed class Rights
{
    /// <summary>What anybody may read, and why.</summary>
    static readonly Dictionary<string, string> Public = new() { ["/api/v1/openapi.json"] = "whoever has no key yet must learn how to ask" };

    [Fact]
    public async Task Every_address_under_api_needs_a_right()
    {
        await using var app = await AvalServer.BuildAsync(RunningServer.NewStore(cluster: null));
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > Api.Of(new(Capabilities.All)).Addresses.Count());
        Guard.Clean(Violations(endpoints));
    }

    [Fact]
    public void An_address_mapped_past_the_declaration_is_refused()
    {
        static Endpoint At(string path, params object[] metadata) =>
            new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(path), 0, new EndpointMetadataCollection(metadata), path);
        var declared = Api.Of(new(Capabilities.All)).Addresses.First();
        var mapped = new[]
        {
            At("/api/v1/orders"), At("api/v1/backdoor"), At("/API/v1/shout"), At("/api/v1/api-keys", declared), At("/health/live"),
            At("/api/v1/openapi.json"),
        };
        Assert.Equal(3, Violations(mapped.Cast<RouteEndpoint>()).Count());
    }

    static IEnumerable<string> Violations(IEnumerable<RouteEndpoint> endpoints) =>
        from endpoint in endpoints
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.StartsWith("/api", StringComparison.OrdinalIgnoreCase) && !Public.ContainsKey(path)
        where endpoint.Metadata.GetMetadata<Address>()?.Permission is null
        select $"{path}: answers without a right; declare it through Api";
}

using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>Told to end, a server says first that it gets no more traffic, and serves whoever comes until a balancer has noticed.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Readiness_goes_first_and_who_comes_meanwhile_is_served()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Drain = TimeSpan.FromSeconds(4) });
        (await server.Get("//health/ready", by: "nobody")).Expect(200);
        var stopping = server.StopAsync();
        var ready = await server.Get("//health/ready", by: "nobody");
        for (var tries = 0; ready.Status == 200 && tries < 20; tries++) ready = await server.Get("//health/ready", by: "nobody");
        Assert.Equal((503, "stopping"), (ready.Status, ready["status"]));
        (await server.Get("//health/live", by: "nobody")).Expect(200);
        (await server.Put("/customers/LATE", new { name = "Late", currency = "EUR", country = "DE", paymentTerms = "NET30" })).Expect(200);
        Assert.False(stopping.IsCompleted);
        await stopping;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Get("//health/live", by: "nobody"));
    }
}

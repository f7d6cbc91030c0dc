using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Hosting;

namespace Aval.Tests.Tidy;

/// <summary>A failure that leaves a service of the host ends the server for all, so every one is of the kind that tells it and goes on.</summary>
public sealed class Recurrences
{
    [Fact]
    public void Every_service_goes_on_after_a_failure() => Guard.Clean(Violations(typeof(Recurring).Assembly.GetTypes()));

    [Fact]
    public void A_service_that_a_failure_ends_is_noticed() => Assert.Equal([$"{nameof(Ends)} is no {nameof(Recurring)}"], Violations([typeof(Ends), typeof(Leader)]));

    static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where type.IsSubclassOf(typeof(BackgroundService)) && type != typeof(Recurring) && !type.IsSubclassOf(typeof(Recurring))
        select $"{type.Name} is no {nameof(Recurring)}";

    sealed class Ends : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}

using Microsoft.Extensions.Hosting;

namespace Aval.Kernel.Web;

/// <summary>Between the order to end and the end: a balancer that asks <c>/health/ready</c> sends nobody any more, and whoever comes meanwhile is still served.</summary>
sealed class Drain(ServerOptions options, IHostApplicationLifetime life) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        life.StopApplication();
        if (options.Drain > TimeSpan.Zero) await Task.Delay(options.Drain, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

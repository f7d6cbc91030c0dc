using System.Collections.Concurrent;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>What a server does by itself, turn after turn, for as long as it runs: a turn that fails is told in the log, and the next one comes all the same.</summary>
/// <remarks>A failure that leaves a <see cref="BackgroundService"/> ends the whole server, for all who use it; so every such service is one of these.</remarks>
/// <param name="pause">Between two turns.</param>
public abstract class Recurring(TimeSpan pause, ILogger log) : BackgroundService
{
    /// <summary>What fails at every turn is told as often, and in between for those who look for it.</summary>
    static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, (string Reason, long At)> told = new(StringComparer.Ordinal);

    /// <summary>What a turn is for, in words that a log can say of it when it fails.</summary>
    protected abstract string Purpose { get; }

    protected abstract Task TurnAsync(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await TriedAsync(Purpose, TurnAsync, stoppingToken);
            await Task.Delay(pause, stoppingToken);
        }
    }

    /// <summary>Does a part of a turn that must keep no other part from being done; false when it failed.</summary>
    protected async Task<bool> TriedAsync(string purpose, Func<CancellationToken, Task> part, CancellationToken cancel)
    {
        try
        {
            await part(cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Tell(purpose, e);
            return false;
        }
    }

    void Tell(string purpose, Exception e)
    {
        var level = Store.IsOfTheStore(e) ? LogLevel.Warning : LogLevel.Error;
        if (told.TryGetValue(purpose, out var last) && last.Reason == e.Message && TimeProvider.System.GetElapsedTime(last.At) < BetweenLines) level = LogLevel.Debug;
        else told[purpose] = (e.Message, TimeProvider.System.GetTimestamp());
        log.Log(level, Store.Trace(e), "This failed and is tried again: {Purpose}: {Reason}", purpose, e.Message);
    }
}

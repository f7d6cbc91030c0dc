using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Work;
using Aval.Work.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aval.Casework;

/// <summary>What changes on the work lists, whichever node changed it: one look at the store for all who follow, and none while nobody does.</summary>
public sealed class WorkNews(Store store, TimeProvider clock, IHostApplicationLifetime life, ILogger<WorkNews> log)
{
    /// <summary>Between two looks: soon enough for a list, and nothing to a database.</summary>
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>A batch's instant is taken before its commit: one that took so long is still seen, later ones only by the next look at the page.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(10);

    /// <summary>Changes read at one look, and kept for one who is slow. Who falls further behind is cut off, and asks again from the last that they have seen.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Between two looks for whether anything else was committed: lists that no event names are read again then.</summary>
    static readonly TimeSpan BetweenBatches = TimeSpan.FromSeconds(1);

    /// <summary>Followers of one node, and of them those of one session: a browser needs one for each window that is seen.</summary>
    const int MostFollowers = 1000, MostOfSession = 6;

    static readonly UpDownCounter<int> Followers = Telemetry.Meter.CreateUpDownCounter<int>("aval.followers", "{stream}", "Screens and callers that follow the work lists");

    readonly Lock gate = new();
    ImmutableList<(Channel<WorkItem?> Channel, string? Session)> followers = [];
    bool looking;
    TaskCompletionSource begun = Begin();

    static TaskCompletionSource Begin() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the server stops.</summary>
    public CancellationToken Stopping => life.ApplicationStopping;

    /// <summary>Follows from now on; null when too many do. The channel is closed when its reader is too slow; null in it says that something else has changed.</summary>
    /// <param name="session">Whose screen it is for; null for a caller of the API.</param>
    public Channel<WorkItem?>? Follow(string? session = null)
    {
        lock (gate)
        {
            if (followers.Count >= MostFollowers || (session is not null && followers.Count(known => known.Session == session) >= MostOfSession)) return null;
            var channel = Channel.CreateBounded<WorkItem?>(MostAtOnce);
            followers = followers.Add((channel, session));
            Followers.Add(1);
            // Whatever changes from now on is news, however late the first look comes on a busy machine.
            var from = Micros(clock.GetUtcNow());
            if (!looking)
            {
                begun = Begin();
                _ = Task.Run(() => LookAsync(from));
            }

            looking = true;
            return channel;
        }
    }

    /// <summary>The batch committed last. Whatever is committed after it is told to those who followed before they asked.</summary>
    public async Task<string> CommittedAsync(CancellationToken cancel)
    {
        Task first;
        lock (gate) first = begun.Task;
        await first.WaitAsync(cancel);
        return await store.LastBatchAsync(cancel) ?? "";
    }

    public void Leave(Channel<WorkItem?> channel)
    {
        lock (gate)
        {
            var left = followers.RemoveAll(known => known.Channel == channel);
            Followers.Add(left.Count - followers.Count);
            followers = left;
        }
    }

    public static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    async Task LookAsync(long from)
    {
        try
        {
            await GoOnLookingAsync(from);
        }
        catch
        {
            lock (gate) looking = false;
            throw;
        }
    }

    /// <param name="from">The instant since which somebody has followed.</param>
    async Task GoOnLookingAsync(long from)
    {
        var (first, told) = (true, new Dictionary<string, long>(StringComparer.Ordinal));
        var began = from;
        var (batch, looked) = ((string?)null, DateTimeOffset.MinValue);
        while (GoesOn())
        {
            try
            {
                var since = from - (long)LongestCommit.TotalMicroseconds;
                var (place, newest) = ((since, ""), 0L);
                IReadOnlyList<WorkItem> changed;
                do
                {
                    changed = await WorkSearch.ChangedAsync(store, place, MostAtOnce, Stopping);
                    foreach (var item in changed)
                    {
                        (place, newest) = ((item.Changed, item.Id), item.Changed);
                        if (told.GetValueOrDefault(item.Id) == item.Changed) continue;
                        // What changed before the first look is nobody's news.
                        if (item.Changed >= began || !first) Tell(item);
                        told[item.Id] = item.Changed;
                    }
                }
                while (changed.Count == MostAtOnce);
                (from, first) = (Math.Max(from, newest), false);
                foreach (var (id, at) in told.ToList())
                    if (at < from - (2 * (long)LongestCommit.TotalMicroseconds)) told.Remove(id);
                if (clock.GetUtcNow() - looked >= BetweenBatches)
                {
                    var last = await store.LastBatchAsync(Stopping) ?? "";
                    if (batch is not null && batch != last) Tell(null);
                    (batch, looked) = (last, clock.GetUtcNow());
                    lock (gate) begun.TrySetResult();
                }

                await Task.Delay(BetweenLooks, clock, Stopping);
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Store.IsOfTheStore(e))
            {
                log.LogWarning(Store.Trace(e), "What changed on the work lists could not be read; tried again in a second: {Reason}", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
            }
        }
    }

    bool GoesOn()
    {
        lock (gate) return looking = followers.Count > 0 && !Stopping.IsCancellationRequested;
    }

    void Tell(WorkItem? item)
    {
        foreach (var (channel, _) in followers)
            if (!channel.Writer.TryWrite(item)) channel.Writer.TryComplete();
    }
}

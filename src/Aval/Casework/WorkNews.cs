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

    /// <summary>A batch's instant is taken before its commit, by its node's clock: every look goes back so far. What tells an earlier one is found among the commits.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(10);

    /// <summary>Changes read at one look, and kept for one who is slow. Who falls further behind is cut off, and asks again from the last that they have seen.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Between two looks for whether anything else was committed: lists that no event names are read again then.</summary>
    static readonly TimeSpan BetweenMarks = TimeSpan.FromSeconds(1);

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

    /// <summary>What was committed by now, as <see cref="Commits.MarkAsync(StoreReader, CancellationToken)"/> says it.</summary>
    /// <remarks>What is committed after it is told to those who followed before they asked.</remarks>
    public async Task<string> CommittedAsync(CancellationToken cancel)
    {
        Task first;
        lock (gate) first = begun.Task;
        await first.WaitAsync(cancel);
        return await store.MarkAsync(cancel) ?? "";
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

    static DateTimeOffset InstantOf(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

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
        var told = new Dictionary<string, long>(StringComparer.Ordinal);
        var (mark, looked, began) = ((string?)null, 0L, from);
        while (GoesOn())
        {
            try
            {
                var asks = mark is null || clock.GetElapsedTime(looked) >= BetweenMarks;
                // Before the changes are read, so that they are no older than what it stands for.
                var now = asks ? await store.MarkAsync(Stopping) ?? "" : mark!;
                var since = from - (long)LongestCommit.TotalMicroseconds;
                from = Math.Max(from, await TellAsync(since, long.MaxValue, mark is null ? began : long.MinValue, told));
                if (mark is not null && mark != now)
                {
                    // A node whose clock is behind, or that took long, has changed what the look goes back too little for.
                    if (await store.CommittedSinceAsync(mark, InstantOf(since), Stopping) is { } late)
                        await TellAsync(Micros(late.First), Micros(late.Last), long.MinValue, told);
                    Tell(null);
                }

                foreach (var (id, at) in told.ToList())
                    if (at < from - (2 * (long)LongestCommit.TotalMicroseconds)) told.Remove(id);
                if (asks) (mark, looked) = (now, clock.GetTimestamp());
                lock (gate) begun.TrySetResult();
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

    /// <summary>Tells what changed from an instant to another and has not been told.</summary>
    /// <param name="news">What changed before it is nobody's news.</param>
    /// <returns>The latest change that there was; 0 when there was none.</returns>
    async Task<long> TellAsync(long since, long upTo, long news, Dictionary<string, long> told)
    {
        var (place, latest) = ((Changed: since, Id: ""), 0L);
        while (true)
        {
            var changed = await WorkSearch.ChangedAsync(store, place, MostAtOnce, Stopping);
            foreach (var item in changed.TakeWhile(item => item.Changed <= upTo))
            {
                latest = item.Changed;
                if (told.GetValueOrDefault(item.Id) == item.Changed) continue;
                if (item.Changed >= news) Tell(item);
                told[item.Id] = item.Changed;
            }

            if (changed.Count < MostAtOnce || changed[^1].Changed > upTo) return latest;
            place = (changed[^1].Changed, changed[^1].Id);
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

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>How far a step of the scheduled work has come.</summary>
/// <param name="Step">What it is: <c>due</c>, <c>portfolio</c>, <c>checkpoint</c> …</param>
/// <param name="Of">What there was to do when it began; null where nobody has counted it.</param>
public sealed record WorkSoFar(string Step, long Done, long? Of);

/// <summary>The scheduled work of this node as it goes on, for whoever watches: <c>/health/ready</c>, the metrics and the log.</summary>
/// <remarks>It keeps nothing for a later run: each step finds by itself what is left of it.</remarks>
public sealed class ScheduledWork(TimeProvider clock, ILogger<ScheduledWork> log)
{
    readonly TimeProvider clock = clock;
    readonly ILogger<ScheduledWork> log = log;
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>A step that was over sooner is not worth a line.</summary>
    static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<Step, Step> steps = [];

    /// <summary>What is being done at this moment; empty most of the time.</summary>
    public IReadOnlyList<WorkSoFar> Now => [.. steps.Keys.Select(step => step.SoFar).OrderBy(step => step.Step, StringComparer.Ordinal)];

    /// <summary>A step that goes on until it is disposed.</summary>
    public Step Begin(string name, long? of = null) => steps.GetOrAdd(new Step(this, name, of, clock.GetTimestamp()), step => step);

    /// <summary>One step, told by whichever thread does it.</summary>
    public sealed class Step : IDisposable
    {
        readonly ScheduledWork work;
        readonly string name;
        readonly long? of;
        readonly long begun;
        long done;
        long told;

        internal Step(ScheduledWork work, string name, long? of, long begun) => (this.work, this.name, this.of, this.begun, told) = (work, name, of, begun, begun);

        internal WorkSoFar SoFar => new(name, Volatile.Read(ref done), of);

        public void Advance(long more = 1)
        {
            var soFar = Interlocked.Add(ref done, more);
            var last = Volatile.Read(ref told);
            if (work.clock.GetElapsedTime(last) < BetweenLines || Interlocked.CompareExchange(ref told, work.clock.GetTimestamp(), last) != last) return;
            if (of is { } all) work.log.LogInformation("{Step}: {Done} of {Of}", name, soFar, all);
            else work.log.LogInformation("{Step}: {Done}", name, soFar);
        }

        public void Dispose()
        {
            if (!work.steps.TryRemove(this, out _) || work.clock.GetElapsedTime(begun) is var took && took < Short) return;
            work.log.LogInformation("{Step}: {Done} in {Seconds:0.0} seconds", name, Volatile.Read(ref done), took.TotalSeconds);
        }
    }
}

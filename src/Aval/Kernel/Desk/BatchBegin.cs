using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>When a batch began, by both clocks: the one that is never set, and the one that goes on while a machine sleeps.</summary>
readonly record struct BatchBegin(long Timestamp, DateTimeOffset At)
{
    /// <summary>Well before anybody forgets it.</summary>
    static readonly TimeSpan Longest = OldBatches.LongestDoubt / 2;

    public static BatchBegin Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>True where it may have been forgotten already that the batch was committed (<see cref="OldBatches"/>): that it is not found says nothing.</summary>
    public bool IsLongAgo(TimeProvider clock) => clock.GetElapsedTime(Timestamp) > Longest || clock.GetUtcNow() - At > Longest;
}

namespace Aval.Tests.Infrastructure;

/// <summary>A clock that stands until it is told what has gone by, and by how much somebody has set it.</summary>
sealed class Late(DateTimeOffset? start = null) : TimeProvider
{
    readonly DateTimeOffset start = start ?? new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>What has gone by.</summary>
    public TimeSpan Passed { get; set; }

    /// <summary>By how much the clock on the wall has been set.</summary>
    public TimeSpan Set { get; set; }

    public override DateTimeOffset GetUtcNow() => start + Passed + Set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;
}

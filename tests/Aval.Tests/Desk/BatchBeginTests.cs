using Aval.Kernel;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Jars;

/// <summary>A node that slept for long takes a batch that is not found for one of which nobody knows, and never for one that was not committed.</summary>
public sealed class BatchBeginTests
{
    [Theory]
    [InlineData(29, 0, false)]
    [InlineData(31, 0, true)]
    [InlineData(0, 29, false)]
    [InlineData(0, 31, true)]
    [InlineData(31, -60, true)]
    public void A_batch_is_long_ago_by_either_clock(int minutesPassed, int minutesSet, bool isLongAgo)
    {
        var clock = new Late();
        var begin = BatchBegin.Now(clock);
        (clock.Passed, clock.Set) = (TimeSpan.FromMinutes(minutesPassed), TimeSpan.FromMinutes(minutesSet));
        Assert.Equal(isLongAgo, begin.IsLongAgo(clock));
    }
}

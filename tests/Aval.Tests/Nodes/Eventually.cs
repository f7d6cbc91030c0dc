using System.Diagnostics;

namespace Aval.Tests.Nodes;

/// <summary>Waits for what comes by itself, and says how long it took.</summary>
static class Eventually
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Fails when it has not come within the bound.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> look, TimeSpan bound)
    {
        var watch = Stopwatch.StartNew();
        while (!await look())
        {
            Assert.True(watch.Elapsed < bound, $"it has not come within {bound.TotalSeconds} seconds");
            await Task.Delay(BetweenLooks);
        }

        return watch.Elapsed;
    }
}

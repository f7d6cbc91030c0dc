using Aval.Kernel;

namespace Aval.Tests.Kernel;

public sealed class LaneTests
{
    /// <summary>The lane is stored, so that these never change; they were computed apart from the code.</summary>
    [Theory]
    [InlineData("@company", 23)]
    [InlineData("C1", 3)]
    [InlineData("C2", 26)]
    [InlineData("Zürich-7", 25)]
    [InlineData("order-2026-000123", 4)]
    [InlineData("株式会社", 4)]
    public void The_lane_of_a_name_is_part_of_the_stored_format(string name, int lane) => Assert.Equal(lane, Lane.Of(name));

    [Fact]
    public void A_name_longer_than_the_buffer_has_a_lane_too() => Assert.Equal(20, Lane.Of(new string('x', 300)));

    [Fact]
    public void Names_that_count_up_fill_the_lanes_evenly()
    {
        var counts = Enumerable.Range(0, 32_000).CountBy(n => Lane.Of("C" + n)).Select(lane => lane.Value).ToList();
        Assert.Equal(Lane.Count, counts.Count);
        Assert.InRange(counts.Min(), 700, 1_000);
        Assert.InRange(counts.Max(), 1_000, 1_300);
    }
}

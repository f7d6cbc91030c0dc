using Xunit.Sdk;

namespace Aval.Tests.Infrastructure;

public sealed class GoldenTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aval-golden-");

    string Aging => Path.Combine(folder.FullName, "aging.txt");

    [Fact]
    public void A_text_equals_its_golden_file_whatever_its_line_ends()
    {
        Golden.Equal(Aging, "notDue 10\nd1to30 20\n", accept: true);
        Golden.Equal(Aging, "notDue 10\r\nd1to30 20", accept: false);
    }

    [Fact]
    public void A_difference_shows_its_lines_and_the_one_before()
    {
        Golden.Equal(Aging, "customer C1\nnotDue 10\nd1to30 20\ntotal 30\n", accept: true);
        var failure = Assert.Throws<XunitException>(() => Golden.Equal(Aging, "customer C1\nnotDue 10\nd1to30 25\ntotal 35\n", accept: false));
        Assert.EndsWith("@2 notDue 10\n- d1to30 20\n- total 30\n+ d1to30 25\n+ total 35", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_golden_file_fails_until_it_is_accepted()
    {
        Assert.Throws<XunitException>(() => Golden.Equal(Aging, "total 0", accept: false));
        Golden.Equal(Aging, "total 0", accept: true);
        Golden.Equal(Aging, "total 0", accept: false);
    }

    [Fact]
    public void A_long_difference_is_cut()
    {
        var lines = Golden.Difference([], [.. Enumerable.Range(1, 50).Select(n => $"line {n}")]).Split('\n');
        Assert.Equal(21, lines.Length);
        Assert.Equal("… and 30 more lines", lines[^1]);
    }

    public void Dispose() => folder.Delete(recursive: true);
}

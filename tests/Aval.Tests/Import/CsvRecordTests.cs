using System.IO.Compression;
using System.Text;
using Aval.Import;

namespace Aval.Tests.Import;

public sealed class CsvRecordTests : IDisposable
{
    readonly FilesStore files = new();

    [Theory]
    [InlineData("a,b\n1,2\n", "1|2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "1|2 3|4")]
    [InlineData("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", "x, y|say \"hi\"")]
    [InlineData("a,b\n\"two\nlines\",2\n3,4\n", "two\nlines|2 3|4")]
    [InlineData("a,b\n,\n\n\"\",\"\"\n", "| |")]
    [InlineData("\uFEFFa,b\n1,2", "1|2")]
    [InlineData("a,b\nPrabhup\u00C4\u0081da,2\n", "Prabhup\u00C4da|2")]
    public void Records_are_read_as_RFC_4180_has_them(string csv, string expected)
    {
        using var file = CsvFile.Open(files.File("a.csv", csv));
        Assert.Equal(["a", "b"], file.Columns);
        Assert.Equal(expected, string.Join(' ', Records(file)));
    }

    [Theory]
    [InlineData("a,b\n1\n2,3\n", "2 The row has 1 fields, the header 2.")]
    [InlineData("a,b\n\"1\" ,2\n", "2 After a closing quotation mark a comma or the end of the line is expected.")]
    [InlineData("a,b\n1\"2,3\n", "2 A field that holds a quotation mark must be quoted whole, and the mark in it doubled.")]
    [InlineData("a,b\n1,2\n\"open,3\n", "3 A quotation mark is opened here and never closed.")]
    public void A_record_that_is_none_says_why_and_where(string csv, string expected)
    {
        using var file = CsvFile.Open(files.File("a.csv", csv));
        var faults = new List<string>();
        while (file.Next())
            if (file.Fault() is { } fault) faults.Add($"{file.Line} {fault.Detail}");
        Assert.Equal(expected, faults[0]);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        using var file = CsvFile.Open(files.File("a.csv", [.. "a\n"u8, 0xE9, (byte)'\n']));
        Assert.True(file.Next());
        Assert.Equal("The row is not UTF-8.", file.Fault()!.Detail);
    }

    [Fact]
    public void Lines_are_counted_through_quoted_line_ends()
    {
        using var file = CsvFile.Open(files.File("a.csv", "a\n\"1\n1\n1\"\n2\n"));
        Assert.True(file.Next() && file.Next());
        Assert.Equal(5, file.Line);
    }

    [Fact]
    public void A_compressed_file_and_records_longer_than_the_window_are_read_alike_in_order_and_at_their_place()
    {
        var rows = Enumerable.Range(0, 3_000).Select(row => $"{row},\"{new string('x', row % 700)}\"").Append($"last,{new string('y', 300_000)}");
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Join('\n', rows)));
        using var file = CsvFile.Open(files.File("a.csv.gz", packed.ToArray()));
        var places = new List<(long Offset, int Line, string First, int Length)>();
        while (file.Next()) places.Add((file.Offset, file.Line, file.Record.Text(0), file.Record[1].Length));
        Assert.Equal(3_001, places.Count);
        Assert.Equal(300_000, places[^1].Length);
        foreach (var (offset, line, first, length) in Enumerable.Reverse(places))
        {
            file.ReadAt(offset, line);
            Assert.Equal((first, length), (file.Record.Text(0), file.Record[1].Length));
        }
    }

    public void Dispose() => files.Dispose();

    static IEnumerable<string> Records(CsvFile file)
    {
        while (file.Next()) yield return string.Join('|', Enumerable.Range(0, file.Record.Count).Select(file.Record.Text));
    }
}

using System.IO.Compression;
using System.Text;
using Aval.Import;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Import;

/// <summary>The beginning of Microsoft's sample wholesaler, where the files are beside the checkout; the running test is skipped where they are not.</summary>
static class RealHistory
{
    static readonly (string Name, int Day)[] Dated = [("orders", 3), ("deliveries", 1), ("invoices", 3), ("receipts", 2), ("allocations", 3)];

    /// <summary>A folder with the rows up to this day; the order lines go with their orders.</summary>
    public static string Until(DateOnly last, FilesStore files)
    {
        var source = Find();
        var until = last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var name in new[] { "customers", "limits" }) files.File($"real/{name}.csv", string.Join('\n', Rows(source, name)));
        foreach (var (name, day) in Dated) files.File($"real/{name}.csv", string.Join('\n', Until(Rows(source, name), day, until)));
        var orders = Until(Rows(source, "orders"), 3, until).Select(row => row.Split(',')[0]).ToHashSet(StringComparer.Ordinal);
        var lines = Rows(source, "order-lines").Where((row, at) => at == 0 || orders.Contains(row.Split(',')[0]));
        return Path.GetDirectoryName(files.File("real/order-lines.csv", string.Join('\n', lines)))!;
    }

    /// <summary>The whole of one file, each row by the names of its columns.</summary>
    public static IEnumerable<Dictionary<string, string>> Table(string name)
    {
        string[]? columns = null;
        foreach (var row in Rows(Find(), name))
        {
            var record = new CsvRecord();
            record.Read(Encoding.UTF8.GetBytes(row), last: true);
            var fields = Enumerable.Range(0, record.Count).Select(record.Text).ToArray();
            if (columns is null) columns = fields;
            else yield return columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }

    static IEnumerable<string> Until(IEnumerable<string> rows, int day, string until) =>
        rows.Where((row, at) => at == 0 || string.CompareOrdinal(row.Split(',')[day], until) <= 0);

    static IEnumerable<string> Rows(string source, string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(source, name + ".csv.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } row) yield return row;
    }

    static string Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "wide-world-importers") is var path && Directory.Exists(path)) return path;
        Assert.Skip("The wide-world-importers history is not on this machine.");
        throw new InvalidOperationException("Skipped.");
    }
}

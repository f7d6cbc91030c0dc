using System.Globalization;
using System.Security.Cryptography;
using Aval.Kernel.Storage;
using Aval.Simulation;

namespace Aval.Tests.Simulation;

public sealed class SimulationFolderTests : IDisposable
{
    static readonly SimulationPlan Plan = new(45, 4, 11, new DateOnly(2026, 3, 31));
    readonly string root = Directory.CreateTempSubdirectory("aval-simulation-").FullName;

    [Fact]
    public void The_same_plan_gives_the_same_bytes_in_any_culture()
    {
        var first = Written(Plan);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        try
        {
            Assert.Equal(Hashes(first), Hashes(Written(Plan)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Another_seed_gives_other_files()
    {
        var (first, second) = (Hashes(Written(Plan)), Hashes(Written(Plan with { Seed = 12 })));
        Assert.Equal(18, first.Count);
        Assert.All(first, file => Assert.True(file.Key == "holds.csv" || second[file.Key] != file.Value, file.Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)] // between a head office and its last branch
    [InlineData(17)] // within a group
    [InlineData(41)]
    public void A_smaller_company_is_the_beginning_of_a_larger_one(int customers)
    {
        var (whole, smaller) = (Written(Plan), Written(new SimulationPlan(customers, Plan.Months, Plan.Seed, Plan.EndDate)));
        foreach (var file in Directory.GetFiles(smaller, "*.csv"))
        {
            var larger = File.ReadAllText(Path.Combine(whole, Path.GetFileName(file)));
            Assert.StartsWith(File.ReadAllText(file), larger, StringComparison.Ordinal);
        }
        Assert.Equal(customers + 1, File.ReadAllLines(Path.Combine(smaller, "customers.csv")).Length);
    }

    [Fact]
    public void Texts_with_commas_and_quotes_are_quoted()
    {
        var path = Path.Combine(root, "quoted.csv");
        using (var file = new HistoryFile<string>(root, "quoted.csv", "a,b", text => [text, null]))
        {
            file.Add(["plain", "Bins, \"set\" of 4", "two\nlines"]);
            file.Finish();
        }

        Assert.Equal("a,b\nplain,\n\"Bins, \"\"set\"\" of 4\",\n\"two\nlines\",\n", File.ReadAllText(path));
    }

    [Fact]
    public void Progress_ends_with_all_customers_and_the_totals_count_the_rows()
    {
        var seen = new Reports();
        var folder = Path.Combine(root, "counted");
        var totals = SimulationFolder.Write(new SimulationPlan(230, 1, 1, Plan.EndDate), folder, seen, TestContext.Current.CancellationToken);
        Assert.Equal([100, 200, 230], seen.Customers);
        Assert.All(totals.RowsByFile.Where(file => file.Key != "order-lines.csv"), file =>
            Assert.Equal(file.Value + 1, File.ReadLines(Path.Combine(folder, file.Key)).Count()));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(40, 0)]
    [InlineData(40, 121)]
    public void A_plan_without_customers_or_months_is_none(int customers, int months) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulationPlan(customers, months, 1, Plan.EndDate));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(21, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 100_001)]
    public void Nobody_orders_at_another_pace_or_opens_with_more(int pace, int largest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulationPlan(40, 6, 1, Plan.EndDate, pace, new Opening(largest)));

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "ours")).FullName;
        File.WriteAllText(Path.Combine(folder, "customers.csv"), "a real company's\n");
        var refused = Assert.Throws<StoreRefusedException>(() => SimulationFolder.Write(Plan, folder, cancel: TestContext.Current.CancellationToken));
        Assert.Equal($"{folder} holds something that is no simulation; name a new or empty folder.", refused.Message);
        Assert.Equal("a real company's\n", File.ReadAllText(Path.Combine(folder, "customers.csv")));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_history_that_was_interrupted_is_none_and_is_written_anew()
    {
        var folder = Path.Combine(root, "interrupted");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => SimulationFolder.Write(new SimulationPlan(4_000, 4, 11, Plan.EndDate), folder, new Stopper(stop), stop.Token));
        Assert.Empty(Directory.GetFiles(folder, "*.csv"));
        Assert.Equal("unfinished\n", File.ReadAllText(Path.Combine(folder, "simulation.txt")));
        SimulationFolder.Write(Plan, folder, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(Hashes(Written(Plan)), Hashes(folder));
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
        Assert.Equal("45 customers, 4 months to 2026-03-31, seed 11, pace 1\n", File.ReadAllText(Path.Combine(folder, "simulation.txt")));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    string Written(SimulationPlan plan)
    {
        var folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        SimulationFolder.Write(plan, folder);
        return folder;
    }

    static SortedDictionary<string, string> Hashes(string folder) => new(
        Directory.GetFiles(folder, "*.csv").ToDictionary(
            file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    sealed class Stopper(CancellationTokenSource stop) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => stop.Cancel();
    }

    sealed class Reports : IProgress<SimulationProgress>
    {
        public List<int> Customers { get; } = [];
        public void Report(SimulationProgress value) => Customers.Add(value.CustomersWritten);
    }
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Aval.Bench.Comparison;

/// <summary>How long each order took, in ticks of the stopwatch, and in how many seconds all of them were answered.</summary>
sealed record Taken(List<long> Each, double Seconds);

/// <summary>One measurement of one way.</summary>
/// <param name="Rate">Orders a second.</param>
/// <param name="Mean">Milliseconds an order takes for who waits for it; so are <paramref name="P50"/> and <paramref name="P99"/>.</param>
/// <param name="Ours">Processor time of this process for an order, in microseconds; <paramref name="Database"/> that of PostgreSQL, <paramref name="Load"/> of who asks.</param>
/// <param name="Kilobytes">What this process allocates for an order.</param>
sealed record Sample(double Rate, double Mean, double P50, double P99, double Ours, double Database, double Load, double Kilobytes)
{
    /// <param name="database">The PostgreSQL that has its part in it; null for none.</param>
    public static async Task<Sample> TakeAsync(string? database, Func<Task<Taken>> run)
    {
        var postmaster = database is null ? null : await PostmasterAsync(database);
        var (ours, theirs, load) = (Environment.CpuUsage.TotalTime, TimeOf(postmaster), Children());
        var allocated = GC.GetTotalAllocatedBytes();
        var (took, lasted) = await run();
        if (took.Count == 0) throw new InvalidOperationException("not one order was answered: measure for more seconds");
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        (ours, theirs, load) = (Environment.CpuUsage.TotalTime - ours, TimeOf(postmaster) - theirs, Children() - load);
        took.Sort();
        double Milliseconds(double ticks) => ticks * 1000 / Stopwatch.Frequency;
        double Each(TimeSpan time) => time.TotalMicroseconds / took.Count;
        return new Sample(
            took.Count / lasted, Milliseconds(took.Average()), Milliseconds(took[took.Count / 2]), Milliseconds(took[took.Count * 99 / 100]), Each(ours), Each(theirs), Each(load),
            allocated / 1024.0 / took.Count);
    }

    public static Sample MedianOf(IReadOnlyList<Sample> samples)
    {
        double Of(Func<Sample, double> part) => Median(samples.Select(part));
        return new(Of(s => s.Rate), Of(s => s.Mean), Of(s => s.P50), Of(s => s.P99), Of(s => s.Ours), Of(s => s.Database), Of(s => s.Load), Of(s => s.Kilobytes));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The process that started those which answer on this connection; null when it runs on another machine.</summary>
    internal static async Task<int?> PostmasterAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return Stat((int)(await command.ExecuteScalarAsync())!)?.Parent;
    }

    /// <summary>The processor time of a process, of those that it has seen end, and of its children that run.</summary>
    internal static TimeSpan TimeOf(int? postmaster)
    {
        if (postmaster is not { } parent || Stat(parent) is not { } own) return TimeSpan.Zero;
        var ticks = own.Own + own.Ended;
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var process) && Stat(process) is { } child && child.Parent == parent) ticks += child.Own;
        return Ticks(ticks);
    }

    /// <summary>The processor time of what this process has started and seen end.</summary>
    static TimeSpan Children() => Ticks(Stat(Environment.ProcessId)?.Ended ?? 0);

    /// <summary>Linux counts processor time in hundredths of a second.</summary>
    static TimeSpan Ticks(long hundredths) => TimeSpan.FromMilliseconds(hundredths * 10);

    static (int Parent, long Own, long Ended)? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
            return ((int)Number(1), Number(11) + Number(12), Number(13) + Number(14));
        }
        catch (IOException)
        {
            return null;
        }
    }
}

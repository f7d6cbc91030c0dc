using System.Globalization;
using Aval.Kernel;

namespace Aval.Bench.Comparison;

/// <summary>Aval beside what one would build by hand, by turns on one machine and one PostgreSQL.</summary>
static class DeskBench
{
    public static async Task RunAsync(TextWriter output, BenchOptions options)
    {
        await using var server = options.Database is null ? await OwnPostgres.StartAsync() : null;
        output.WriteLine($"setting up {options.Payers:N0} payers …");
        await using var ways = await Ways.MakeAsync(options.Database ?? server!.Connection, options.Payers);
        var chosen = ways.All.Where(way => options.Only is null || options.Only.Contains(way.Name)).ToList();
        var samples = chosen.ToDictionary(way => way.Name, _ => new List<Sample>());
        // The first round is not counted: what runs for the first time is compiled on the way.
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var way in chosen)
                if (await way.MeasureAsync(TimeSpan.FromSeconds(options.Seconds)) is var sample && round > 0) samples[way.Name].Add(sample);
            output.WriteLine(Line($"round {round} of {options.Rounds}, load average {Load()}"));
        }

        Tell(output, chosen, samples);
        TellGoals(output, samples);
    }

    static void Tell(TextWriter output, List<Way> ways, Dictionary<string, List<Sample>> samples)
    {
        output.WriteLine();
        output.WriteLine("way           orders/s   lowest  highest  mean ms   p50 ms   p99 ms   microseconds of a processor an order: ours, PostgreSQL, who asks; kilobytes");
        foreach (var way in ways)
        {
            var (median, rates) = (Sample.MedianOf(samples[way.Name]), samples[way.Name].Select(sample => sample.Rate).ToList());
            output.Write(Line($"{way.Name,-12}  {median.Rate,8:N0} {rates.Min(),8:N0} {rates.Max(),8:N0} {median.Mean,8:N2} {median.P50,8:N2} {median.P99,8:N2}"));
            output.WriteLine(Line($"   {median.Ours,6:N0} {median.Database,6:N0} {median.Load,6:N0}   {median.Kilobytes,6:N1}   {way.Meaning}"));
        }
    }

    /// <summary>The ratio of each round by itself, then the median of them: what burdens the machine burdens both.</summary>
    static void TellGoals(TextWriter output, Dictionary<string, List<Sample>> samples)
    {
        output.WriteLine();
        output.WriteLine("ratio  lowest  highest  goal");
        foreach (var goal in Goal.All)
        {
            if (!samples.TryGetValue(goal.Way, out var own) || !samples.TryGetValue(goal.Against, out var against)) continue;
            var ratios = own.Zip(against, (left, right) => goal.Of(left) / goal.By(right)).ToList();
            var ratio = Sample.Median(ratios);
            var wanted = Line($"{(goal.AtMost ? "≤" : "≥")} {goal.Wanted,-4:0.0} {(goal.IsReached(ratio) ? "reached" : "MISSED"),-8}");
            output.WriteLine(Line($"{ratio,5:0.00}  {ratios.Min(),6:0.00}  {ratios.Max(),7:0.00}  {wanted} {goal.Text}"));
        }
    }

    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>
/// Commands a second, durable, by hand: <c>Aval.Tests jars-bench [sqlite|postgres] [hot|spread] [callers] [seconds]</c>; all of them when nothing is said.
/// </summary>
static class JarBench
{
    const int Roots = 2_000;

    public static async Task<int> RunAsync(string[] what)
    {
        using var cluster = PostgresCluster.Durable();
        Console.WriteLine("database  roots   callers  commands/s  mean ms  commands/batch  cpu µs/command");
        foreach (var database in Given(0, "sqlite", "postgres"))
            foreach (var roots in Given(1, "hot", "spread"))
                foreach (var callers in Given(2, "1", "8", "64", "512"))
                    await MeasureAsync(cluster, database, roots, int.Parse(callers, CultureInfo.InvariantCulture), int.Parse(Given(3, "3")[0], CultureInfo.InvariantCulture));
        return 0;

        string[] Given(int place, params string[] all) => what.Length > place ? [what[place]] : all;
    }

    static async Task MeasureAsync(PostgresCluster cluster, string name, string roots, int callers, int seconds)
    {
        await using var shelf = await OpenAsync(name == "sqlite" ? Database.Sqlite : Database.Postgres, cluster);
        var jars = roots == "hot" ? 1 : Roots;
        await shelf.OpenJarsAsync(long.MaxValue / 2, Enumerable.Range(0, jars).Select(Name));
        await LoadAsync(shelf, callers, jars, "warm", 1);
        var before = await shelf.AskAsync<long>("SELECT count(*) FROM batch");
        var used = Environment.CpuUsage.TotalTime;
        var (done, took) = await LoadAsync(shelf, callers, jars, "run", seconds);
        var cpu = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / done;
        var batches = await shelf.AskAsync<long>("SELECT count(*) FROM batch") - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-9} {roots,-7} {callers,7}  {done / took.TotalSeconds,10:F0}  {took.TotalMilliseconds * callers / done,7:F2}  {(double)done / batches,14:F1}  {cpu,14:F1}"));
    }

    /// <summary>Each coin is put and taken out again, so that facts stay small.</summary>
    static async Task<(int Done, TimeSpan Took)> LoadAsync(JarShelf shelf, int callers, int jars, string run, int seconds)
    {
        var (done, clock, limit) = (0, Stopwatch.StartNew(), TimeSpan.FromSeconds(seconds));
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; clock.Elapsed < limit; n++)
            {
                var number = $"{run}-{caller}-{n}";
                Accepted(await shelf.DoAsync(new PutCoin(number, Name((int)((caller + (n * 7919L)) % jars)), 1)));
                Accepted(await shelf.DoAsync(new TakeCoin(number)));
                Interlocked.Add(ref done, 2);
            }
        })));
        return (done, clock.Elapsed);
    }
}

using System.Diagnostics;

namespace Aval.Bench.Comparison;

/// <summary>What one piece of work took.</summary>
/// <param name="Client">Seconds of this process's processor time; <paramref name="Server"/> of PostgreSQL's.</param>
sealed record Spent(double Seconds, double Client, double Server)
{
    public static async Task<Spent> OfAsync(string database, Func<Task> doAsync)
    {
        var postmaster = await Sample.PostmasterAsync(database);
        var (watch, client, server) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, Sample.TimeOf(postmaster));
        await doAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        return new Spent(seconds, (Environment.CpuUsage.TotalTime - client).TotalSeconds, (Sample.TimeOf(postmaster) - server).TotalSeconds);
    }
}

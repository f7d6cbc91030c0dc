using System.Diagnostics;

namespace Aval.Bench.Comparison;

/// <summary>What one piece of work took.</summary>
/// <param name="Client">Seconds of this process's processor time; <paramref name="Server"/> of PostgreSQL's.</param>
/// <param name="Allocated">Bytes of memory that this process asked for.</param>
sealed record Spent(double Seconds, double Client, double Server, long Allocated)
{
    public static async Task<Spent> OfAsync(string database, Func<Task> doAsync)
    {
        var postmaster = await Sample.PostmasterAsync(database);
        var (watch, client, server, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, Sample.TimeOf(postmaster), GC.GetTotalAllocatedBytes());
        await doAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        return new Spent(seconds, (Environment.CpuUsage.TotalTime - client).TotalSeconds, (Sample.TimeOf(postmaster) - server).TotalSeconds,
            GC.GetTotalAllocatedBytes() - allocated);
    }
}

using System.Threading.RateLimiting;

namespace Aval.Kernel.Web;

/// <summary>How many requests a second each key may send to the API: a bucket a name, which holds the requests of two seconds.</summary>
/// <remarks>Each node counts for itself: behind a balancer of n nodes a key comes to n times as many. The bootstrap key, which sets a company up, is not counted.</remarks>
/// <param name="usual">For whoever has no number of their own, persons too; null for none.</param>
public sealed class RateLimits(int? usual) : IDisposable
{
    /// <summary>A caller that was silent may catch up for so many seconds.</summary>
    const int BurstSeconds = 2;

    /// <summary>Small steps, so that who is refused waits as short as can be.</summary>
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly PartitionedRateLimiter<(string Name, int Rate)> buckets = PartitionedRateLimiter.Create<(string Name, int Rate), (string Name, int Rate)>(
        caller => RateLimitPartition.GetTokenBucketLimiter(caller, static known => new TokenBucketRateLimiterOptions
        {
            TokenLimit = known.Rate * BurstSeconds * StepsInSecond, TokensPerPeriod = known.Rate, ReplenishmentPeriod = Step, QueueLimit = 0, AutoReplenishment = false,
        }));

    /// <summary>A token is the tenth part of a request, so that a step brings a whole number of them.</summary>
    static int StepsInSecond { get; } = (int)(TimeSpan.FromSeconds(1) / Step);

    /// <summary>Null when the caller may go on; else the whole seconds after which they may.</summary>
    public int? Wait(Actor caller)
    {
        if ((caller.RequestsPerSecond ?? usual) is not { } rate || caller.Roles.Contains(Permission.AllRights)) return null;
        using var lease = buckets.AttemptAcquire((caller.ToString(), rate), StepsInSecond);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
    }

    public void Dispose() => buckets.Dispose();
}

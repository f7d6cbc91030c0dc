namespace Aval.Bench.Comparison;

/// <summary>What was to be reached, as a ratio of two ways: no figure of one machine says anything, only how they compare.</summary>
/// <param name="AtMost">True where less is better.</param>
sealed record Goal(string Text, string Way, string Against, Func<Sample, double> Of, Func<Sample, double> By, double Wanted, bool AtMost = false)
{
    public static readonly IReadOnlyList<Goal> All =
    [
        Rate("Desk, spread", "desk", "usual-32", 2),
        Rate("Desk, one payer", "desk-hot", "usual-hot", 10),
        Rate("SQLite beside PostgreSQL", "sqlite", "desk", 0.5),
        Rate("HTTP, 32 clients", "http-32", "usual-32", 1),
        Rate("HTTP, 256 clients", "http-256", "usual-32", 1.8),
        Rate("HTTP, one payer", "http-payer", "usual-hot", 5),
        Rate("HTTP, one group", "http-group", "usual-hot", 5),
        Rate("HTTP beside the usual service, 32 clients", "http-32", "service-32", 2.5),
        Rate("HTTP beside the usual service, 256 clients", "http-256", "service-256", 2.5),
        Rate("Batch", "batch", "usual-32", 2.5),
        new("p99 of HTTP, 32 clients, to the usual mean", "http-32", "usual-32", sample => sample.P99, sample => sample.Mean, 3, AtMost: true),
        new("p50 of HTTP, 1 client, to the usual mean", "http-1", "usual-32", sample => sample.P50, sample => sample.Mean, 3, AtMost: true),
        new("p50 of HTTP, 1 client, to the usual mean of 1 client", "http-1", "usual-1", sample => sample.P50, sample => sample.Mean, 3, AtMost: true),
    ];

    public bool IsReached(double ratio) => AtMost ? ratio <= Wanted : ratio >= Wanted;

    static Goal Rate(string text, string way, string against, double wanted) => new(text, way, against, sample => sample.Rate, sample => sample.Rate, wanted);
}

using Microsoft.Extensions.Logging;

namespace Aval.Kernel.Web;

/// <summary>How the log is written on standard error: a line for people, or a JSON object a line for machines.</summary>
public enum LogForm { Plain, Json }

/// <summary>How a server is started.</summary>
/// <param name="Data">The folder of the embedded store; unused when there is a database.</param>
/// <param name="Database">A PostgreSQL connection string, or null.</param>
/// <param name="Urls">Where it listens; port 0 takes a free one.</param>
/// <param name="Today">The business date, moved only by <c>POST /clock</c>; null follows the real one. A store that is ahead stays there.</param>
/// <param name="AdminKey">The bootstrap key; null makes one for this run when the store has no keys yet.</param>
/// <param name="Currency">The company's currency, for a new store.</param>
/// <param name="TimeZone">The company's time zone (IANA name), for a new store: its midnight moves the real clock.</param>
public sealed record ServerOptions(
    string Data, string? Database, IReadOnlyList<string> Urls, DateOnly? Today, string? AdminKey, Currency Currency, string TimeZone = "UTC")
{
    /// <summary>True for a demonstration: whoever opens it may choose whom to be, and everybody has a known password.</summary>
    public bool Demo { get; init; }

    /// <summary>The file that says which identity provider's tokens are taken; null for none.</summary>
    public string? SingleSignOn { get; init; }

    /// <summary>True where the database is distributed by lane: a batch then holds the commands of one.</summary>
    public bool BatchByLane { get; init; }
    /// <summary>How many requests a second a caller of the API may send who has no number of their own; null for any number.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Bytes of memory for the facts of payers.</summary>
    public long FactsBytes { get; init; } = 1L << 30;

    /// <summary>For how long it serves on after it was told to end, while <c>/health/ready</c> says <c>stopping</c>: time for a balancer to notice.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>For how long somebody who calls waits for the answer to a command, and for a statement that reads, before they are told that the database did not answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where numbers, spans and the log are sent by OTLP over HTTP; null for where OpenTelemetry's own variables say, or nowhere.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>What is erased by itself, and when; nothing where there is no rule.</summary>
    public IReadOnlyList<RetentionRule> Keeps { get; init; } = [];

    public LogForm Log { get; init; }
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>What a server at work tells of itself, for whoever listens: numbers and spans (docs/operating/telemetry.md).</summary>
/// <remarks>No tag names a person, a customer or a document. While nobody listens a number costs a look at a flag, and a span nothing at all.</remarks>
public static class Telemetry
{
    public const string Name = "Aval";
    const string BatchSpan = "batch";

    /// <summary>Spans that one batch is linked to at most: of more, the others are found by their instant.</summary>
    const int MostLinks = 32;

    public static readonly ActivitySource Spans = new(Name);
    public static readonly Meter Meter = new(Name);

    /// <summary>Seconds, from what a commit to memory takes to what a client still waits for.</summary>
    static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    static readonly InstrumentAdvice<int> Counts = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] };

    static readonly Counter<long> Commands = Meter.CreateCounter<long>("aval.commands", "{command}", "Commands that were answered");
    static readonly Histogram<int> BatchSize = Meter.CreateHistogram("aval.batch.size", "{command}", "Commands decided in one transaction", null, Counts);
    static readonly Histogram<double> BatchTime = Meter.CreateHistogram("aval.batch.duration", "s", "Locks, facts, decisions and commit of a batch", null, Seconds);
    static readonly Histogram<double> CommitTime = Meter.CreateHistogram("aval.batch.commit.duration", "s", "Writing and committing a batch", null, Seconds);
    static readonly Counter<long> PassedOver = Meter.CreateCounter<long>("aval.batch.passed", "{command}", "Commands whose customer another node held");
    static readonly Counter<long> FactsRead = Meter.CreateCounter<long>("aval.facts", "{root}", "Roots whose facts a batch or a view has asked for");
    static readonly Counter<long> Refusals = Meter.CreateCounter<long>("aval.refusals", "{answer}", "Problems that were answered over HTTP");
    static readonly Counter<long> Strangers = Meter.CreateCounter<long>("aval.authentication.refusals", "{call}", "Calls and sign-ins that proved nobody");

    /// <summary>Whether somebody counts what is committed.</summary>
    public static bool Listens => Commands.Enabled;

    internal static void Batch(int size, long began)
    {
        BatchSize.Record(size);
        if (BatchTime.Enabled) BatchTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    internal static void Committed(long began)
    {
        if (CommitTime.Enabled) CommitTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <param name="commands">Told with each batch, none too, so that a collector knows that nobody had to wait.</param>
    internal static void Passed(int commands) => PassedOver.Add(commands);

    /// <summary>A step that the batch at work has taken, on its span.</summary>
    internal static void Step(string name)
    {
        if (Spans.HasListeners() && Activity.Current is { OperationName: BatchSpan } span) span.AddEvent(new ActivityEvent(name));
    }

    /// <param name="result"><c>done</c>, <c>repeated</c> or <c>refused</c>.</param>
    internal static void Answered(string command, string result) => Commands.Add(1, new("command", command), new("result", result));

    /// <summary>How the facts of so many roots were found: as they were kept, caught up by what was written since, or loaded whole.</summary>
    internal static void Facts(int kept, int caughtUp, int loaded)
    {
        if (!FactsRead.Enabled) return;
        if (kept > 0) FactsRead.Add(kept, new KeyValuePair<string, object?>("found", "kept"));
        if (caughtUp > 0) FactsRead.Add(caughtUp, new KeyValuePair<string, object?>("found", "caughtUp"));
        if (loaded > 0) FactsRead.Add(loaded, new KeyValuePair<string, object?>("found", "loaded"));
    }

    internal static void Refused(string code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <param name="reason">What was wrong with what they showed, as the access log says it.</param>
    public static void Stranger(string reason) => Strangers.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts the answers of a batch, and lets each capability count what it knows of what was committed.</summary>
    internal static void Count(BatchWrite write, IReadOnlyList<(Pending Pending, Answer Answer)> answers, Composition composition)
    {
        foreach (var (pending, answer) in answers)
            Answered(pending.Command.Name, answer.Outcome is not { } outcome ? "refused" : outcome.Repeated ? "repeated" : "done");
        foreach (var table in write.Tables.Values)
            foreach (var version in table.Begins)
                foreach (var capability in composition.Capabilities) capability.Count(version.Change.Row);
    }

    /// <summary>The span of one batch, with links to the calls that wait for it; null while nobody listens.</summary>
    internal static Activity? SpanOf(IReadOnlyList<Pending> batch)
    {
        if (!Spans.HasListeners()) return null;
        var links = batch.Where(pending => pending.Caller != default).Take(MostLinks).Select(pending => new ActivityLink(pending.Caller));
        var span = Spans.StartActivity(BatchSpan, ActivityKind.Internal, parentContext: default, links: links);
        span?.SetTag("aval.batch.size", batch.Count);
        return span;
    }
}

using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Aval.Bench.Comparison;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Aval.Bench;

/// <summary>
/// Where the slowest orders spend their time: single orders over HTTP on keep-alive connections, and of each what its call and its batch say of themselves
/// (docs/operating/telemetry.md).
/// </summary>
static class TailBench
{
    const string Key = "bench-key-of-this-run";
    const int Payers = 1_000;
    const int Warm = 8;
    const int Rounds = 3;
    const int Seconds = 6;

    /// <summary>The steps of a batch, as its span tells them, and what lies between each and the one before.</summary>
    static readonly (string Event, string Part)[] Steps = [("opened", "locks"), ("known", "facts"), ("decided", "decide"), ("committed", "commit")];

    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, int clients, string? database)
    {
        await using var own = database is null ? await OwnPostgres.StartAsync() : null;
        var place = new NpgsqlConnectionStringBuilder(database ?? own!.Connection) { Database = $"aval_{Guid.CreateVersion7():N}" }.ToString();
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        await using (var served = await AvalServer.BuildAsync(new ServerOptions(folder.FullName, place, ["http://127.0.0.1:0"], BenchOrders.Today, Key, Currency.EUR)))
        {
            await served.StartAsync();
            await BenchOrders.EnterPayersAsync(served.Services.GetRequiredService<Desk>(), Payers);
            var port = new Uri(served.Urls.First()).Port;
            await new HttpLoad(port, Key, clients, 0, "C", Payers, 0, Warm).AskAsync();
            await output.WriteLineAsync(
                "                     orders  share   most-ms  mean-ms | before-batch  locks  facts  decide  commit  answer | collector  orders of the batch");
            for (var round = 1; round <= Rounds; round++)
            {
                using var spans = new Spans();
                using var pauses = new Pauses();
                var pauseBefore = GC.GetTotalPauseDuration();
                var taken = await new HttpLoad(port, Key, clients, 0, "C", Payers, round, Seconds).AskAsync();
                var paused = GC.GetTotalPauseDuration() - pauseBefore;
                var each = taken.Each.Order().ToList();
                double AskedAt(double part) => each[(int)((each.Count - 1) * part)] * 1000.0 / Stopwatch.Frequency;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: {each.Count / taken.Seconds:N0} orders/s; who asks: p50 {AskedAt(0.5):N1}, p99 {AskedAt(0.99):N1}, most {AskedAt(1):N1} ms; "
                    + $"collector {pauses.Count} times, {paused.TotalMilliseconds:N0} ms"));
                Tell(output, spans.Calls(pauses));
            }

            await served.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    static void Tell(TextWriter output, List<Call> calls)
    {
        calls.Sort((left, right) => left.Took.CompareTo(right.Took));
        Line("all", calls);
        Line("middle tenth", calls[(calls.Count * 45 / 100)..(calls.Count * 55 / 100)]);
        Line("around the p99", calls[(calls.Count * 985 / 1000)..(calls.Count * 995 / 1000)]);
        Line("slowest 1 %", calls[(calls.Count * 99 / 100)..]);
        Line("slowest 0.1 %", calls[(calls.Count * 999 / 1000)..]);

        void Line(string name, List<Call> some)
        {
            double Of(Func<Call, double> part) => some.Average(part);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-15} {some.Count,8:N0} {(double)some.Count / calls.Count,6:P1} {some[^1].Took,8:N1} {Of(c => c.Took),8:N2} | {Of(c => c.Before),12:N2} "
                + $"{Of(c => c.Parts[0]),6:N2} {Of(c => c.Parts[1]),6:N2} {Of(c => c.Parts[2]),7:N2} {Of(c => c.Parts[3]),7:N2} {Of(c => c.After),7:N2} | "
                + $"{Of(c => c.Paused),9:N2} {Of(c => c.Orders),6:N1}"));
        }
    }

    /// <summary>One order, in milliseconds.</summary>
    /// <param name="Before">Until its batch began: the body read, and what it waited in the queue.</param>
    /// <param name="After">From the commit to the end of the answer.</param>
    /// <param name="Paused">Of all that, while the collector had the program stopped.</param>
    sealed record Call(double Took, double Before, double[] Parts, double After, double Paused, int Orders);

    /// <summary>Spans of calls and batches.</summary>
    sealed class Spans : IDisposable
    {
        readonly ActivityListener listener;
        readonly List<Activity> calls = [];
        readonly List<Activity> batches = [];

        public Spans()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Telemetry.Name or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    var list = span.OperationName == "batch" ? batches : calls;
                    lock (list) list.Add(span);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public List<Call> Calls(Pauses pauses)
        {
            var batchOf = new Dictionary<ActivitySpanId, Activity>();
            lock (batches)
                foreach (var batch in batches)
                    foreach (var link in batch.Links) batchOf[link.Context.SpanId] = batch;
            var found = new List<Call>();
            lock (calls)
                foreach (var call in calls)
                    if (batchOf.TryGetValue(call.SpanId, out var batch) && OneOf(call, batch, pauses) is { } one) found.Add(one);
            return found;
        }

        public void Dispose() => listener.Dispose();

        static Call? OneOf(Activity call, Activity batch, Pauses pauses)
        {
            var at = batch.StartTimeUtc;
            var parts = new double[Steps.Length];
            foreach (var step in batch.Events)
            {
                var index = Array.FindIndex(Steps, known => known.Event == step.Name);
                if (index < 0) return null;
                parts[index] = (step.Timestamp.UtcDateTime - at).TotalMilliseconds;
                at = step.Timestamp.UtcDateTime;
            }

            var end = call.StartTimeUtc + call.Duration;
            return new(
                call.Duration.TotalMilliseconds, (batch.StartTimeUtc - call.StartTimeUtc).TotalMilliseconds, parts, (end - at).TotalMilliseconds,
                pauses.Within(call.StartTimeUtc, end), (int)batch.GetTagItem("aval.batch.size")!);
        }
    }

    /// <summary>When the collector had the program stopped.</summary>
    sealed class Pauses : EventListener
    {
        const int Collector = 1;
        const int SuspendBegins = 9;
        const int RestartEnds = 3;

        readonly List<(DateTime From, DateTime To)> all = [];
        DateTime from;

        public int Count => all.Count;

        public double Within(DateTime begin, DateTime end)
        {
            var sum = 0.0;
            foreach (var pause in all)
                if (pause.From < end && pause.To > begin)
                    sum += ((pause.To < end ? pause.To : end) - (pause.From > begin ? pause.From : begin)).TotalMilliseconds;
            return sum;
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Informational, (EventKeywords)Collector);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventId == SuspendBegins) from = eventData.TimeStamp;
            else if (eventData.EventId == RestartEnds && from != default) all.Add((from, eventData.TimeStamp));
        }
    }
}

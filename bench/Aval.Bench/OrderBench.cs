using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aval.Bench.Comparison;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Web;
using Aval.Orders.Rules;

namespace Aval.Bench;

/// <summary>Where the processor time of one order goes, step by step and without a database: for a payer with so many open orders.</summary>
static class OrderBench
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan Measured = TimeSpan.FromSeconds(1.5);

    public static async Task RunAsync(TextWriter output)
    {
        output.WriteLine("open orders  step                    microseconds   bytes");
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            await using var store = await OpenStore.OpenAsync(folder.FullName, null);
            await store.StartAsync(BenchOrders.Today, Currency.EUR, CancellationToken.None);
            await BenchOrders.EnterPayersAsync(store.Desk, 1);
            await MeasureAsync(output, store);
            await BenchOrders.EnterAsync(store.Desk, "O", 64, (_, _) => BenchOrders.Payer(0), TimeSpan.FromSeconds(1));
            await MeasureAsync(output, store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task MeasureAsync(TextWriter output, OpenStore store)
    {
        var (facts, company) = (await store.Desk.ViewAsync(BenchOrders.Payer(0), CancellationToken.None))!.Value;
        var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [facts.Root] = facts, [Facts.Company] = company };
        var composition = store.Store.Composition;
        var actor = Actor.Key("bench", Permission.AllRights);
        var body = BenchOrders.Order("N-1", BenchOrders.Payer(0));
        var sent = JsonSerializer.SerializeToUtf8Bytes(body, OrderBytes.Compact);
        var format = new EntryFormat(composition);
        var orders = facts.Get<Orders.OrdersFacts>().All.Count();

        Case Decided()
        {
            var @case = new Case(facts.Root, actor, DateTimeOffset.UnixEpoch, company.Through, known, composition);
            return new EnterOrder(body).Decide(@case) is { } problem ? throw new InvalidOperationException(problem.Detail) : @case;
        }

        void Tell(string step, Action act) => Measure(output, orders, step, act);

        Tell("body read", () => BodyReader.Read<OrderBody>(sent));
        var (kept, generated) = (Info<OrderBody>(BodyReader.InfoOf(typeof(OrderBody)).Options), GeneratedJson.Info<OrderBody>(BodyReader.InfoOf(typeof(OrderBody)).Options));
        Tell("  its JSON alone", () => JsonSerializer.Deserialize(sent, kept));
        Tell("  the same, generated", () => JsonSerializer.Deserialize(sent, generated));
        Tell("claim hashed", () => GC.KeepAlive(new EnterOrder(body).AllClaims));
        Tell("decided", () => Decided());
        Tell("decided, rows as values", () =>
        {
            foreach (var change in Decided().Changes) GC.KeepAlive(change.Values);
        });
        Tell("decided, entry written", () =>
        {
            var @case = Decided();
            format.Write(facts.Root, facts.Sequence + 1, "enterOrder", @case, [(facts.Root, facts.Sequence + 1)], [], personal: false);
        });
        var done = Decided();
        var (order, check) = (done.Changes.Select(change => change.Row).OfType<Order>().Last(), done.Changes.Select(change => change.Row).OfType<OrderCheck>().Last());
        var found = new FoundOrder(facts.Root, 1, facts.Root, order, check, null, RulesAsked.By(check, facts, company));
        var answer = OrderAnswer.Of(found, Language.English);
        var (keptAnswer, generatedAnswer) = (Info<OrderAnswer>(Json.Options), GeneratedJson.Info<OrderAnswer>(Json.Options));
        Tell("answer made", () => OrderAnswer.Of(found, Language.English));
        Tell("  its JSON", () => JsonSerializer.SerializeToUtf8Bytes(answer, keptAnswer));
        Tell("  the same, generated", () => JsonSerializer.SerializeToUtf8Bytes(answer, generatedAnswer));
        Tell("due date looked for", () => composition.NextDue(facts, company));
        List<object> rows = [.. done.Changes.Select(change => change.Row)];
        Tell("reactions asked", () =>
        {
            foreach (var reaction in composition.Reactions) reaction.Wakes(facts, done.Facts, company, rows);
        });
    }

    static JsonTypeInfo<T> Info<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    static void Measure(TextWriter output, int orders, string step, Action act)
    {
        Repeat(act, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (times, microseconds) = Repeat(act, Measured);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{orders,11:N0}  {step,-24} {microseconds / times,11:N1} {bytes,7:N0}"));
    }

    static (long Times, double Microseconds) Repeat(Action act, TimeSpan time)
    {
        var (before, spent, times) = (Environment.CpuUsage.TotalTime, TimeSpan.Zero, 0L);
        for (; spent < time; spent = Environment.CpuUsage.TotalTime - before)
            for (var i = 0; i < 100; i++, times++) act();
        return (times, spent.TotalMicroseconds);
    }
}

/// <summary>An order's body and answer as the compiler would have them read and written, to tell what that brings (docs/decisions/0014).</summary>
[JsonSerializable(typeof(OrderBody)), JsonSerializable(typeof(OrderAnswer))]
sealed partial class GeneratedJson : JsonSerializerContext
{
    /// <summary>In the same dialect.</summary>
    public static JsonTypeInfo<T> Info<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)new JsonSerializerOptions(options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, new DefaultJsonTypeInfoResolver()),
    }.GetTypeInfo(typeof(T));
}

using System.Diagnostics;
using System.Globalization;
using Aval.Checks;
using Aval.Import;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Bench;

/// <summary>Orders a second through the whole Desk in this process: full preset, group limit, claim, chained journal, durable before the answer.</summary>
static class DeskBench
{
    const int Spread = 2_000;
    static readonly DateOnly Today = new(2026, 3, 2);
    static readonly Actor By = Actor.Key("bench", Permission.AllRights);

    /// <param name="database">A connection string without its database, for PostgreSQL; null for the embedded store in a folder of its own.</param>
    public static async Task RunAsync(TextWriter output, string? database, TimeSpan measured)
    {
        output.WriteLine("payers  callers  orders a second  mean ms  orders a commit");
        foreach (var payers in new[] { 1, Spread })
            foreach (var callers in new[] { 1, 8, 64, 512 })
                await MeasureAsync(output, database, payers, callers, measured);
    }

    static async Task MeasureAsync(TextWriter output, string? database, int payers, int callers, TimeSpan measured)
    {
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            var place = database is null ? null : $"{database};Database=aval_bench_{Guid.CreateVersion7():N}";
            await using var store = await OpenStore.OpenAsync(folder.FullName, place);
            await store.StartAsync(Today, Currency.EUR, CancellationToken.None);
            await EnterPayersAsync(store.Desk, payers);
            await LoadAsync(store.Desk, "W", payers, callers, TimeSpan.FromSeconds(1));
            var before = await CommitsAsync(store);
            var watch = Stopwatch.StartNew();
            var done = await LoadAsync(store.Desk, "O", payers, callers, measured);
            var seconds = watch.Elapsed.TotalSeconds;
            var commits = await CommitsAsync(store) - before;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{payers,6}  {callers,7}  {done / seconds,15:N0}  {seconds * 1000 * callers / done,7:N2}  {(double)done / commits,15:N1}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task EnterPayersAsync(Desk desk, int payers)
    {
        var address = new PostalAddress("1 rue du Port", "Lyon", "69002", "FR");
        foreach (var chunk in Enumerable.Range(0, payers).Chunk(200))
            await Task.WhenAll(chunk.Select(async payer =>
            {
                var (top, number) = ($"G{payer}", $"C{payer}");
                await DoneAsync(desk, new PutCustomer(top, new CustomerBody("Group " + top, "FR", Currency.EUR, "NET30", BillingAddress: address, RiskClass: "B")));
                await DoneAsync(desk, new PutCustomer(
                    number, new CustomerBody("Customer " + number, "FR", Currency.EUR, "NET30", Group: top, BillingAddress: address, RiskClass: "B")));
                await DoneAsync(desk, new RecordLimit(
                    new LimitBody(top, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, Today, "bench", 9_000_000_000_000m, Level: LimitLevel.Group)));
                await DoneAsync(desk, new RecordLimit(new LimitBody(number, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, Today, "bench", 8_000_000_000_000m)));
            }));
    }

    static async Task<int> LoadAsync(Desk desk, string series, int payers, int callers, TimeSpan measured)
    {
        var until = Stopwatch.GetTimestamp() + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var count = 0;
            for (; Stopwatch.GetTimestamp() < until; count++)
                await DoneAsync(desk, new EnterOrder(Order($"{series}-{caller}-{count}", $"C{((caller * 31) + count) % payers}")));
            return count;
        }));
        return done.Sum();
    }

    static OrderBody Order(string number, string customer) => new(
        number, customer, Currency.EUR, Today,
        [.. Enumerable.Range(1, 3).Select(line => new OrderLineBody(line, "A-100", Quantity.Of(2), UnitPrice.Of(49.99m), 20))], Today, PurchaseOrder: number);

    static async Task DoneAsync(Desk desk, Command command)
    {
        var answer = await desk.SubmitAsync(command, By);
        if (answer.Problem is { } problem) throw new InvalidOperationException(problem.ToString());
    }

    static async Task<long> CommitsAsync(OpenStore store)
    {
        await using var connection = await store.Store.ConnectAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM batch";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

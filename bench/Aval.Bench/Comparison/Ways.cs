using System.Diagnostics;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Aval.Bench.Comparison;

/// <summary>One way to put orders through.</summary>
/// <param name="Name">As goals and <c>--only</c> name it.</param>
sealed record Way(string Name, string Meaning, Func<TimeSpan, Task<Sample>> MeasureAsync);

/// <summary>All that is compared, on one PostgreSQL: set up once, measured by turns.</summary>
sealed class Ways : IAsyncDisposable
{
    const string Key = "bench-key-of-this-run";
    const int Members = 100;
    const int LinesOfBatch = 2_000;
    const int ClientsOfBatch = 4;

    /// <summary>Two batches of the Desk for each of its two connections: one is committed while the next one is waiting.</summary>
    const int Callers = 1_024;

    readonly UsualWay usual;
    readonly WebApplication usualService;
    readonly WebApplication aval;
    readonly OpenStore embedded;
    readonly DirectoryInfo folder;
    readonly string database;
    readonly int payers;
    int series;

    Ways(UsualWay usual, WebApplication usualService, WebApplication aval, OpenStore embedded, DirectoryInfo folder, string database, int payers) =>
        (this.usual, this.usualService, this.aval, this.embedded, this.folder, this.database, this.payers) = (usual, usualService, aval, embedded, folder, database, payers);

    /// <param name="connection">To PostgreSQL, without a database: two are made.</param>
    public static async Task<Ways> MakeAsync(string connection, int payers)
    {
        var work = Directory.CreateTempSubdirectory("aval-bench-");
        var run = Guid.CreateVersion7().ToString("N")[..12];
        var ownDatabase = new NpgsqlConnectionStringBuilder(connection) { Database = $"usual_{run}" };
        await using (var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ToString()))
        {
            await admin.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {ownDatabase.Database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", admin);
            await create.ExecuteNonQueryAsync();
        }

        var byHand = new UsualWay(ownDatabase, work);
        await byHand.MakeAsync();
        var place = new NpgsqlConnectionStringBuilder(connection) { Database = $"aval_{run}" }.ToString();
        var served = await AvalServer.BuildAsync(new ServerOptions(work.FullName, place, ["http://127.0.0.1:0"], BenchOrders.Today, Key, Currency.EUR));
        await served.StartAsync();
        var desk = served.Services.GetRequiredService<Desk>();
        await BenchOrders.EnterPayersAsync(desk, payers);
        await BenchOrders.EnterMembersAsync(desk, Members);
        var local = await OpenStore.OpenAsync(work.FullName, null);
        await local.StartAsync(BenchOrders.Today, Currency.EUR, CancellationToken.None);
        await BenchOrders.EnterPayersAsync(local.Desk, payers);
        return new Ways(byHand, await UsualOverHttp.StartAsync(byHand.Connection), served, local, work, place, payers);
    }

    public IReadOnlyList<Way> All =>
    [
        new("usual-1", "the usual way, pgbench, 1 client", time => usual.RunAsync("spread", 1, time)),
        new("usual-32", "the usual way, pgbench, 32 clients", time => usual.RunAsync("spread", 32, time)),
        new("usual-hot", "the usual way, pgbench, 32 clients on one account", time => usual.RunAsync("hot", 32, time)),
        new("desk", $"Desk in process, {Callers} callers", time => InProcessAsync(Desk, database, payers, time)),
        new("desk-hot", $"Desk in process, {Callers} callers on one payer", time => InProcessAsync(Desk, database, 1, time)),
        new("sqlite", $"Desk in process on SQLite, {Callers} callers", time => InProcessAsync(embedded.Desk, null, payers, time)),
        new("sqlite-hot", $"Desk in process on SQLite, {Callers} callers on one payer", time => InProcessAsync(embedded.Desk, null, 1, time)),
        new("http-1", "HTTP, 1 client", time => HttpAsync(aval, database, 1, 0, "C", payers, time)),
        new("http-32", "HTTP, 32 clients", time => HttpAsync(aval, database, 32, 0, "C", payers, time)),
        new("http-256", "HTTP, 256 clients", time => HttpAsync(aval, database, 256, 0, "C", payers, time)),
        new("http-payer", "HTTP, 256 clients on one payer", time => HttpAsync(aval, database, 256, 0, "C", 1, time)),
        new("http-group", $"HTTP, 256 clients on one group of {Members} payers", time => HttpAsync(aval, database, 256, 0, "M", Members, time)),
        new("batch", $"HTTP, {ClientsOfBatch} clients, {LinesOfBatch:N0} orders a call", time => HttpAsync(aval, database, ClientsOfBatch, LinesOfBatch, "C", payers, time)),
        new("service-32", "a service that calls the usual way, 32 clients", time => HttpAsync(usualService, usual.Connection, 32, 0, "C", UsualWay.Accounts, time)),
        new("service-256", "a service that calls the usual way, 256 clients", time => HttpAsync(usualService, usual.Connection, 256, 0, "C", UsualWay.Accounts, time)),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { usualService, aval })
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        await embedded.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    Desk Desk => aval.Services.GetRequiredService<Desk>();

    Task<Sample> InProcessAsync(Desk desk, string? place, int spread, TimeSpan time) => Sample.TakeAsync(place, async () =>
    {
        var begun = Stopwatch.GetTimestamp();
        var random = new Random(++series);
        var took = await BenchOrders.EnterAsync(desk, $"D{series}", Callers, (_, _) => BenchOrders.Payer(Next(random, spread)), time);
        return new(took, Stopwatch.GetElapsedTime(begun).TotalSeconds);

        static int Next(Random random, int most)
        {
            lock (random) return random.Next(most);
        }
    });

    Task<Sample> HttpAsync(WebApplication server, string place, int clients, int lines, string customers, int count, TimeSpan time) => Sample.TakeAsync(
        place, () => new HttpLoad(new Uri(server.Urls.First()).Port, Key, clients, lines, customers, count, ++series, (int)time.TotalSeconds).AskAsync());
}

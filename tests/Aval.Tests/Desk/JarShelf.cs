using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Aval.Tests.Jars;

/// <summary>The third writes as for a database that is distributed: a statement for each lane.</summary>
public enum Database { Sqlite, Postgres, PostgresByLane }

/// <summary>A new database with a Desk on it, or several: on PostgreSQL each node has its own store.</summary>
public sealed class JarShelf : IAsyncDisposable
{
    public static readonly DateOnly FirstDay = new(2026, 3, 2);

    readonly Database database;
    readonly string place;
    readonly bool owned;
    readonly List<(Desk Desk, Store Store)> nodes = [];

    JarShelf(Database database, string place, bool owned) => (this.database, this.place, this.owned) = (database, place, owned);

    public string Place => place;
    public Desk Desk => nodes[0].Desk;
    public Store Store => nodes[0].Store;
    public LogOfErrors Log { get; } = new();

    /// <summary>A fresh database with one node and a business date.</summary>
    public static async Task<JarShelf> OpenAsync(Database database, PostgresCluster cluster, DeskSettings? settings = null)
    {
        var shelf = new JarShelf(database, NewPlace(database, cluster), owned: true);
        await shelf.NodeAsync(settings);
        Accepted(await shelf.Desk.SubmitAsync(new SetDate(FirstDay), Maria));
        return shelf;
    }

    /// <summary>The same database again, as after a restart. The folder stays its first opener's.</summary>
    public static async Task<JarShelf> ReopenAsync(Database database, string place)
    {
        var shelf = new JarShelf(database, place, owned: false);
        await shelf.NodeAsync();
        return shelf;
    }

    /// <summary>One more node, at this place or at another end of it.</summary>
    public async Task<Desk> NodeAsync(DeskSettings? settings = null, string? at = null, TimeProvider? clock = null)
    {
        var store = NewStore(database, at ?? place);
        await store.MigrateAsync(CancellationToken.None);
        var desk = new Desk(store, clock ?? TimeProvider.System, Log, settings);
        nodes.Add((desk, store));
        return desk;
    }

    public static string NewPlace(Database database, PostgresCluster cluster) =>
        database == Database.Sqlite ? Directory.CreateTempSubdirectory("aval-jars-").FullName : cluster.UnusedDatabase();

    public static Store NewStore(Database database, string place) =>
        database == Database.Sqlite
            ? new SqliteStore(JarsCapability.Composition, place)
            : new PostgresStore(JarsCapability.Composition, place, byLane: database == Database.PostgresByLane);

    public static readonly Actor Maria = Actor.Key("maria", "test");

    /// <summary>Stops all nodes, and keeps the database.</summary>
    public async Task StopAsync()
    {
        foreach (var (desk, store) in nodes)
        {
            await desk.DisposeAsync();
            await store.DisposeAsync();
        }

        nodes.Clear();
    }

    public Task<Answer> DoAsync(Command command) => Desk.DoAsync(command);

    public async Task OpenJarsAsync(long capacity, params IEnumerable<string> numbers)
    {
        foreach (var answer in await Task.WhenAll(numbers.Select(number => DoAsync(new OpenJar(number, capacity))))) Accepted(answer);
    }

    /// <summary>The facts of a jar's root as a reader sees them, on the first node or another one.</summary>
    public async Task<Facts> ViewAsync(string jar, Desk? node = null) => (await (node ?? Desk).ViewAsync(jar, CancellationToken.None))!.Value.Root;

    public async Task<Entry> EntryAsync(string root, long sequence)
    {
        await using var reader = await Store.SnapshotAsync(CancellationToken.None);
        return (await reader.EntryAsync(root, sequence, CancellationToken.None))!;
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await Store.ConnectAsync(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string sql)
    {
        await using var connection = await Store.ConnectAsync(CancellationToken.None);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    public async Task TamperAsync(string sql)
    {
        await using var connection = await Store.ConnectAsync(CancellationToken.None);
        Assert.NotEqual(0, await connection.ExecuteAsync(sql));
    }

    /// <summary>Current coins inside, by jar's root: what no answer may make larger than the capacity.</summary>
    public Task<long> OverrunsAsync() => AskAsync<long>("""
        SELECT count(*) FROM (SELECT root, sum(amount) AS inside FROM coin WHERE to_sequence IS NULL AND status = 'inside' GROUP BY root) c
        WHERE inside > (SELECT sum(capacity) FROM jar WHERE jar.root = c.root AND jar.to_sequence IS NULL)
        """);

    public static Outcome Accepted(Answer answer)
    {
        Assert.True(answer.Problem is null, answer.Problem?.ToString());
        return answer.Outcome!;
    }

    public static void Refused(ProblemKind kind, Answer answer)
    {
        Assert.True(answer.Problem is not null, "was not refused");
        Assert.Equal(kind.Code, answer.Problem.Code);
    }

    public static string Name(int n) => n.ToString("000", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (owned && database == Database.Sqlite) Directory.Delete(place, recursive: true);
    }
}

/// <summary>Maria at a node.</summary>
public static class Callers
{
    public static Task<Answer> DoAsync(this Desk node, Command command) => node.SubmitAsync(command, JarShelf.Maria);
}

/// <summary>What the Desk complained of; a test that expects none asserts so.</summary>
public sealed class LogOfErrors : ILogger<Desk>
{
    readonly List<string> complaints = [];

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints) return [.. complaints];
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (complaints) complaints.Add($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}

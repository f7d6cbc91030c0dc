using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Receivables;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;

namespace Aval.Tests.Histories;

/// <summary>The whole product on a new store, asked through its Desk. Its clock stands still unless it is moved, so that two shops write the same bytes.</summary>
sealed class Shop : IAsyncDisposable
{
    public static readonly DateOnly FirstDay = new(2026, 3, 2);

    /// <summary>Who does most: with the rights that commands ask for themselves.</summary>
    static readonly Actor Maria = Actor.Key("maria", "masterData", "creditManager");

    static readonly Actor Max = Actor.Key("max", "creditManager"), Fay = Actor.Key("fay", "finance");

    readonly string folder = Directory.CreateTempSubdirectory("aval-shop-").FullName;
    readonly List<OpenStore> nodes = [];
    readonly string? database;

    Shop(string? database) => this.database = database;

    public StandingClock Clock { get; } = new();
    public Desk Desk => nodes[0].Desk;
    public Store Store => nodes[0].Store;
    public Composition Composition => Store.Composition;
    public IReadOnlyList<OpenStore> Nodes => nodes;

    /// <summary>A new store with a company and the standard policy.</summary>
    public static async Task<Shop> OpenAsync(Database database, PostgresCluster cluster)
    {
        var shop = new Shop(database == Database.Sqlite ? null : cluster.UnusedDatabase());
        await shop.NodeAsync();
        await shop.nodes[0].StartAsync(FirstDay, Currency.EUR, CancellationToken.None);
        return shop;
    }

    /// <summary>One more node on the same database.</summary>
    public async Task<Desk> NodeAsync()
    {
        nodes.Add(await OpenStore.OpenAsync(Path.Combine(folder, "store"), database, Clock));
        return nodes[^1].Desk;
    }

    /// <summary>Whoever enters a customer does not set its limit, and whoever takes in money does not give up the rest.</summary>
    public static Actor Of(Command command) => command switch { RecordLimit => Max, WriteOff => Fay, _ => Maria };

    public Task<Answer> DoAsync(Command command)
    {
        Clock.Tick();
        return AgainAsync(command);
    }

    /// <summary>At the same instant as what was done last.</summary>
    public Task<Answer> AgainAsync(Command command) => Desk.SubmitAsync(command, Of(command));

    /// <summary>Everything as a reader sees it at this moment.</summary>
    public async Task<Picture> PictureAsync(Desk? node = null)
    {
        IReadOnlyList<string> roots;
        await using (var reader = await Store.SnapshotAsync(CancellationToken.None)) roots = await reader.RootsAsync(CancellationToken.None);
        var facts = new List<Facts>();
        var company = await (node ?? Desk).CompanyAsync(CancellationToken.None);
        foreach (var root in roots.Order(StringComparer.Ordinal))
            if (root != Facts.Company) facts.Add((await (node ?? Desk).ViewRootAsync(root, CancellationToken.None)).Root);
        return new Picture(company, facts);
    }

    /// <summary>All entries of all roots, by root and number.</summary>
    public async Task<IReadOnlyList<Entry>> JournalAsync()
    {
        await using var reader = await Store.SnapshotAsync(CancellationToken.None);
        var entries = new List<Entry>();
        foreach (var root in (await reader.RootsAsync(CancellationToken.None)).Order(StringComparer.Ordinal))
            entries.AddRange(await reader.EntriesAsync(root, 0, int.MaxValue, CancellationToken.None));
        return entries;
    }

    /// <summary>Every chain is whole, and the tables are what it tells.</summary>
    public async Task ProveAsync() => Assert.Equal([], (await new Verification(Store).RunAsync(null, CancellationToken.None)).Failures);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>An instant that moves only when it is told to.</summary>
sealed class StandingClock : TimeProvider
{
    long ticks = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).Ticks;

    public void Tick() => Interlocked.Add(ref ticks, TimeSpan.TicksPerSecond);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
}

/// <summary>All live rows of all roots at one moment, brought to the business date.</summary>
sealed record Picture(Facts Company, IReadOnlyList<Facts> Roots)
{
    public DateOnly Today => Company.Through;

    public T? Find<T>(string key) where T : class => Roots.Select(root => root.Find<T>(key)).FirstOrDefault(row => row is not null);

    public IEnumerable<T> All<T>() => Roots.SelectMany(root => Cast.Everybody.SelectMany(root.RowsOf)).OfType<T>();

    /// <summary>Every row as JSON: two pictures are the same when their texts are.</summary>
    public IReadOnlyList<string> Lines(Composition composition) => [.. Roots.SelectMany(root =>
        Cast.Everybody.SelectMany(root.RowsOf).Select(row => $"{root.Root} {composition.TableOf(row.GetType()).Name} {Rows.Text(composition, row)}"))
        .Order(StringComparer.Ordinal)];
}

static class Rows
{
    public static string Text(Composition composition, object row)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream, EntryFormat.Writing)) RowFormat.Write(json, composition.TableOf(row.GetType()), row);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}

using System.Collections.Concurrent;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>Two nodes on one PostgreSQL never decide on what the other has made old: facts, the company's rule, the business date, whose root is whose.</summary>
public sealed class NodesTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Nodes_that_take_turns_see_each_others_facts_rule_and_date()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        Desk[] nodes = [shelf.Desk, await shelf.NodeAsync()];
        await shelf.OpenJarsAsync(1, "A");
        for (var n = 1; n <= 40; n++)
        {
            var (here, there) = (nodes[n % 2], nodes[(n + 1) % 2]);
            Accepted(await here.DoAsync(new SetRule(n)));
            Accepted(await here.DoAsync(new SetDate(FirstDay.AddDays(n))));
            var coin = Accepted(await there.DoAsync(new PutCoin(Name(n), "A", 1))).Row<Coin>()!;
            Assert.Equal((n, FirstDay.AddDays(n)), (coin.Rule, coin.Entered));
            Refused(JarProblems.JarFull, await here.DoAsync(new PutCoin("x" + Name(n), "A", 1)));
            Accepted(await here.DoAsync(new TakeCoin(Name(n))));
        }

        Assert.Empty(shelf.Log.Complaints);
    }

    [Fact]
    public async Task Nodes_at_the_same_time_never_use_a_rule_or_date_older_than_one_that_was_answered()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        Desk[] nodes = [shelf.Desk, await shelf.NodeAsync()];
        await shelf.OpenJarsAsync(1_000_000, Enumerable.Range(0, 8).Select(Name));
        var (rule, day) = (0, 0);
        using var stop = new CancellationTokenSource();
        var putting = Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var (leastRule, leastDay) = (Volatile.Read(ref rule), FirstDay.AddDays(Volatile.Read(ref day)));
                var coin = Accepted(await nodes[caller % 2].DoAsync(new PutCoin($"{caller}-{n}", Name((caller + n) % 8), 1))).Row<Coin>()!;
                Assert.True(coin.Rule >= leastRule, $"rule {coin.Rule} after {leastRule}");
                Assert.True(coin.Entered >= leastDay, $"{coin.Entered} after {leastDay}");
            }
        }).ToList();
        for (var n = 1; n <= 30; n++)
        {
            Accepted(await nodes[n % 2].DoAsync(new SetRule(n)));
            Volatile.Write(ref rule, n);
            Accepted(await nodes[n / 2 % 2].DoAsync(new SetDate(FirstDay.AddDays(n))));
            Volatile.Write(ref day, n);
        }

        await stop.CancelAsync();
        await Task.WhenAll(putting);
        Assert.Empty(shelf.Log.Complaints);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public async Task A_jar_that_moves_while_both_nodes_use_it_loses_and_doubles_nothing(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        Desk[] nodes = [shelf.Desk, database == Database.Sqlite ? shelf.Desk : await shelf.NodeAsync()];
        await shelf.OpenJarsAsync(100, "A", "B", "C");
        var inside = new ConcurrentDictionary<string, bool>();
        using var stop = new CancellationTokenSource();
        var using8 = Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var (number, jar) = ($"{caller}-{n}", "ABC"[(caller + n) % 3].ToString());
                var put = await nodes[caller % 2].DoAsync(new PutCoin(number, jar, 1));
                if (put.Problem is { } full)
                {
                    Assert.Equal(JarProblems.JarFull, full.Kind);
                    continue;
                }

                inside[number] = true;
                if (n % 4 == 0) continue;
                Accepted(await nodes[(caller + n) % 2].DoAsync(new TakeCoin(number)));
                inside.TryRemove(number, out _);
            }
        }).ToList();
        for (var n = 0; n < 40; n++)
        {
            var (jar, above) = ((n % 4) switch { 0 or 2 => "A", _ => "B" }, (n % 4) switch { 0 or 1 => "C", _ => (string?)null });
            var moved = await nodes[n % 2].DoAsync(new MoveJar(jar, above));
            Assert.True(moved.Problem is null || moved.Problem.Kind == JarProblems.JarFull, moved.Problem?.ToString());
        }

        await stop.CancelAsync();
        await Task.WhenAll(using8);
        Assert.Equal(
            inside.Keys.Order(StringComparer.Ordinal),
            (await shelf.ListAsync("SELECT number FROM coin WHERE to_sequence IS NULL AND status = 'inside'")).Order(StringComparer.Ordinal));
        Assert.Equal(0, await shelf.OverrunsAsync());
        // Every coin stands at the root where its jar is.
        Assert.Equal(0, await shelf.AskAsync<long>("""
            SELECT count(*) FROM coin c JOIN jar j ON j.number = c.jar AND j.to_sequence IS NULL WHERE c.to_sequence IS NULL AND c.root <> j.root
            """));
        Assert.Empty(shelf.Log.Complaints);
    }

    [Fact]
    public async Task A_node_that_has_cached_a_root_follows_a_move_made_on_the_other()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        var other = await shelf.NodeAsync();
        await shelf.OpenJarsAsync(10, "A", "B");
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(n % 2 == 0 ? "A" : "B", Accepted(await other.DoAsync(new PutCoin(Name(n), "A", 1))).Root);
            Accepted(await shelf.DoAsync(new TakeCoin(Name(n))));
            Accepted(await shelf.DoAsync(new MoveJar("A", n % 2 == 0 ? "B" : null)));
            Assert.Contains("A", (await shelf.ViewAsync("A", other)).Get<JarFacts>().Jars.Keys);
        }
    }

    [Fact]
    public async Task Whoever_wants_the_company_alone_is_not_passed_by_for_ever_by_those_who_share_it()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        using var stop = new CancellationTokenSource();
        // At any moment one of them holds it.
        var sharing = Enumerable.Range(0, 3).Select(async sharer =>
        {
            await Task.Delay(sharer * 60, CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                await using var shared = await shelf.Store.BeginAsync(companyAlone: false, CancellationToken.None);
                await Task.Delay(180, CancellationToken.None);
            }
        }).ToList();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var alone = shelf.Store.BeginAsync(companyAlone: true, CancellationToken.None);
        var first = await Task.WhenAny(alone, Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await (await alone).DisposeAsync();
        await Task.WhenAll(sharing);
        Assert.Same(alone, first);
    }
}

using System.Collections.Concurrent;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>No jar ever holds more than its capacity, whoever asks at the same time.</summary>
public sealed class CapacityTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Five_hundred_at_once_on_one_root_fill_it_and_no_more(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(300, "A");
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => shelf.DoAsync(new PutCoin(Name(n), "A", 1))));
        Assert.Equal(300, answers.Count(answer => answer.Problem is null));
        Assert.All(answers.Where(answer => answer.Problem is not null), answer => Refused(JarProblems.JarFull, answer));
        Assert.Equal(300, await shelf.AskAsync<long>("SELECT sum(amount) FROM coin WHERE to_sequence IS NULL"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Five_hundred_at_once_on_fifty_roots_fill_each_and_no_more(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(6, Enumerable.Range(0, 50).Select(Name));
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => shelf.DoAsync(new PutCoin("c" + Name(n), Name(n % 50), 1))));
        Assert.Equal(300, answers.Count(answer => answer.Problem is null));
        Assert.Equal(0, await shelf.OverrunsAsync());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Documents_that_cross_roots_both_ways_at_once_fill_neither(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(40, "A", "B", "C");
        for (var n = 0; n < 90; n++) Accepted(await shelf.DoAsync(new PutCoin(Name(n), Jar(n), 1)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => shelf.DoAsync(new PassCoin(Name(n), "p" + Name(n), Jar(n + 1)))));
        Assert.All(answers, answer => Assert.True(answer.Problem is null || answer.Problem.Kind == JarProblems.JarFull));
        Assert.Equal(90, await shelf.AskAsync<long>("SELECT count(*) FROM coin WHERE to_sequence IS NULL AND status = 'inside'"));
        Assert.Equal(0, await shelf.OverrunsAsync());
        // A deadlock would have been logged as a failed transaction.
        Assert.Empty(shelf.Log.Complaints);

        static string Jar(int n) => "ABC"[n % 3].ToString();
    }

    [Fact]
    public async Task Two_nodes_on_one_database_fill_one_root_and_no_more()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        var other = await shelf.NodeAsync();
        await shelf.OpenJarsAsync(300, "A");
        var answers = new ConcurrentBag<Answer>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            for (var n = 0; n < 25; n++) answers.Add(await (caller % 2 == 0 ? shelf.Desk : other).DoAsync(new PutCoin($"{caller}-{n}", "A", 1)));
        }));
        Assert.Equal(300, answers.Count(answer => answer.Problem is null));
        Assert.All(answers.Where(answer => answer.Problem is not null), answer => Refused(JarProblems.JarFull, answer));
        Assert.Equal(300, await shelf.AskAsync<long>("SELECT sum(amount) FROM coin WHERE to_sequence IS NULL"));
        // Nobody came to this by a failed transaction.
        Assert.Empty(shelf.Log.Complaints);
    }

    [Fact]
    public async Task Two_nodes_on_one_database_fill_fifty_roots_and_no_more()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        var other = await shelf.NodeAsync();
        await shelf.OpenJarsAsync(6, Enumerable.Range(0, 50).Select(Name));
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(n =>
            (n % 2 == 0 ? shelf.Desk : other).DoAsync(new PutCoin("c" + Name(n), Name(n / 2 % 50), 1))));
        Assert.Equal(300, answers.Count(answer => answer.Problem is null));
        Assert.Equal(0, await shelf.OverrunsAsync());
    }
}
